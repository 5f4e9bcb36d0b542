import { LONGEST_ROW } from '../ingest/csv-row';
import { fieldOf } from '../ingest/fields';
import type { Extraction, Sample } from './format';

const LOOKED_AT = 200;

/**
 * One row a line that is not blank, as the column `line`. No text has the delimiter; if one did, its line would be cut
 * short there and still be one row. What this cannot read (text that is not UTF-8) has been cleaned in a copy:
 * engine/ingest/clean-lines.ts.
 */
export function readTextLines(): string {
  return String.raw`(
    select line
    from read_csv($path, columns = {line: 'VARCHAR'}, auto_detect = false, header = false, delim = e'\x01\x02\x03\x04',
      quote = '', escape = '', strict_mode = false, max_line_size = ${LONGEST_ROW}, hive_partitioning = false)
    where not coalesce(regexp_full_match(line, '[\x09-\x0d ]*'), true)
  )`;
}

/** For texts of which each line is what LSS sent for a record. */
export const LINES_AS_SENT: Extraction = { sql: `select line as message from ${readTextLines()}`, values: {} };

/** The first lines that are not blank. */
export function firstFilled(lines: readonly string[], most: number): string[] {
  const filled: string[] = [];
  for (const line of lines) {
    if (filled.length === most) break;
    if (line.trim() !== '') filled.push(line);
  }
  return filled;
}

/** The lines of a sample that a reader makes something of, when they are at least a third: damaged ones may stand between. */
export function readableLines<T>({ lines }: Sample, read: (line: string) => T | undefined): T[] {
  const filled = firstFilled(lines, LOOKED_AT);
  const readable = filled.flatMap((line) => {
    const value = read(line);
    return value === undefined ? [] : [value];
  });
  return readable.length * 3 >= filled.length ? readable : [];
}

/** Those of these keys that Doppel needs. */
export function knownKeys(keys: Iterable<string>): string[] {
  return [...new Set(keys)].filter((key) => fieldOf(key) !== undefined);
}
