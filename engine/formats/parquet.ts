import { join } from 'node:path';
import { Database, escapeGlob } from '../db';
import type { Connection } from '../db';
import { DoppelError, throwIfCancelled } from '../../shared/errors';
import { columnChunks, pagesAreWhole } from './parquet-pages';

/**
 * Parquet (https://parquet.apache.org/docs/file-format/): DuckDB turns every row into one line of JSON, and from there on
 * the row is recognised and read like any other JSON record: columns by the alias table, nested ones, and records that lie
 * as text in a column. The number of the line is the number of the row. Bytes are read as text where they are UTF-8, else
 * written as \xFF.
 */
const MAGIC = 'PAR1';
const MEMORY = '512MB';

/** By its first four bytes. */
export function isParquet(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === MAGIC;
}

interface ParquetCopy {
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
      const bound = { path: escapeGlob(path), copyTo };
      const chunks = await columnChunks(connection, bound.path);
      if (!(await pagesAreWhole(path, chunks, () => throwIfCancelled(signal))))
        throw damaged(name, 'is damaged: a page of it is not what its checksum says');
      try {
        await writeLines(connection, bound, true);
      } catch (error) {
        if (error instanceof DoppelError && error.code !== 'internal') throw error;
        await writeLines(connection, bound, false); // some of its bytes may be no text
      }
    });
  } catch (error) {
    if (error instanceof DoppelError && error.code !== 'internal') throw error;
    throw damaged(name, 'is damaged: its rows cannot be read');
  } finally {
    database.close();
  }
}

/** `isText`: bytes are texts, which fails where they are no UTF-8. */
async function writeLines(
  connection: Connection,
  { path, copyTo }: { path: string; copyTo: string },
  isText: boolean,
): Promise<void> {
  const rows = `read_parquet($path, hive_partitioning = false, binary_as_string = ${isText})`;
  const types = await connection.rows(`select column_name, column_type from (describe select * from ${rows})`, {
    path,
  });
  const cells = types.flatMap(([name, type]) => {
    const column = `"${String(name).replaceAll('"', '""')}"`;
    const cell = jsonCell(column, String(type));
    return cell === undefined ? [] : [`${cell} as ${column}`];
  });
  const replace = cells.length === 0 ? '' : `replace (${cells.join(', ')})`;
  await connection.run(
    // no quote: JSON text has no line ends of its own, and each row must stay one line
    `copy (select to_json(row)::varchar from (select * ${replace} from ${rows}) as row)
     to $copyTo (format csv, header false, quote '', escape '', delimiter e'\\x01', use_tmp_file false)`,
    { path, copyTo },
  );
}

/** What of a column is JSON; undefined: all of it. NaN and infinities are not: where a number is not one, there is none. */
function jsonCell(column: string, type: string): string | undefined {
  if (type === 'DOUBLE' || type === 'FLOAT') return `case when isfinite(${column}) then ${column} end`;
  return type === 'BLOB' ? `coalesce(try(decode(${column})), ${column}::varchar)` : undefined;
}

function damaged(name: string, what: string): DoppelError {
  return new DoppelError('damaged-archive', `The Parquet file ${name} ${what}. Get the file again.`);
}
