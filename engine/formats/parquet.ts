import { join } from 'node:path';
import { Database, escapeGlob } from '../db';
import { DoppelError } from '../../shared/errors';

/**
 * Parquet (https://parquet.apache.org/docs/file-format/): DuckDB turns every row into one line of JSON, and from there on
 * the row is recognised and read like any other JSON record: columns by the alias table, nested ones, and records that lie
 * as text in a column. The number of the line is the number of the row.
 */
const MAGIC = 'PAR1';
const MEMORY = '512MB';

/** By its first four bytes. */
export function isParquet(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === MAGIC;
}

export interface ParquetCopy {
  /** A real path. */
  path: string;
  /** What the file is called on screen. */
  name: string;
  /** The last four bytes of the file. */
  tail: Uint8Array;
  /** A path that does not exist yet, in a private folder. */
  copyTo: string;
  signal: AbortSignal | undefined;
}

/** Writes one line of JSON a row. Throws `damaged-archive`, naming the file, when its rows cannot be read. */
export async function parquetToLines({ path, name, tail, copyTo, signal }: ParquetCopy): Promise<void> {
  if (!isParquet(tail))
    throw damaged(name, 'is cut off: its index at the end is missing, so no row of it can be found');
  const database = await Database.open({
    readable: [path, copyTo],
    spillFolder: join(copyTo, '..', 'spill'),
    memoryLimit: MEMORY,
  });
  try {
    await database.use(signal, async (connection) => {
      const rows = 'read_parquet($path, hive_partitioning = false, binary_as_string = true)';
      const bound = { path: escapeGlob(path) };
      const types = await connection.rows(
        `select column_name, column_type from (describe select * from ${rows})`,
        bound,
      );
      const floats = types
        .filter(([, type]) => type === 'DOUBLE' || type === 'FLOAT')
        .map(([column]) => String(column));
      await connection.run(
        // no quote: JSON text has no line ends of its own, and each row must stay one line
        `copy (select to_json(row)::varchar from (select * ${finite(floats)} from ${rows}) as row)
         to $copyTo (format csv, header false, quote '', escape '', delimiter e'\\x01', use_tmp_file false)`,
        { ...bound, copyTo },
      );
    });
  } catch (error) {
    if (error instanceof DoppelError && error.code !== 'internal') throw error;
    throw damaged(name, 'is damaged: its rows cannot be read');
  } finally {
    database.close();
  }
}

/** NaN and infinities are no JSON; where a number is not one, there is none. */
function finite(columns: readonly string[]): string {
  if (columns.length === 0) return '';
  const quoted = columns.map((column) => `"${column.replaceAll('"', '""')}"`);
  return `replace (${quoted.map((column) => `case when isfinite(${column}) then ${column} end as ${column}`).join(', ')})`;
}

function damaged(name: string, what: string): DoppelError {
  return new DoppelError('damaged-archive', `The Parquet file ${name} ${what}. Get the file again.`);
}
