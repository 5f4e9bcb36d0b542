import { LONGEST_ROW, parseRows } from '../ingest/csv-row';
import { fieldOf } from '../ingest/fields';
import type { Sample, Table } from './format';

export const DELIMITERS = [',', ';', '\t'] as const;
const LOOKED_AT = 500;

/** The beginning of a CSV text whose first row names the columns. */
export interface CsvSample {
  delimiter: string;
  header: string[];
  rows: string[][];
  /** The header is made up: the first row is a record. */
  headless?: true;
}

const parsed = new WeakMap<Sample, Map<string, string[][]>>();

/** The first rows of a text; several formats ask about the same one. */
export function sampleRows(sample: Sample, delimiter: string): string[][] {
  const byDelimiter = parsed.get(sample) ?? new Map<string, string[][]>();
  const rows = byDelimiter.get(delimiter) ?? parseRows(sample.text, delimiter, LOOKED_AT);
  parsed.set(sample, byDelimiter.set(delimiter, rows));
  return rows;
}

/** Cuts a text at the delimiter that gives its header the most names that `isKnown`. */
export function csvSampleOf(sample: Sample, isKnown: (name: string) => boolean): CsvSample | undefined {
  let best: { sample: CsvSample; known: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const [names, ...rows] = sampleRows(sample, delimiter);
    const header = names && columnNames(names);
    const known = header?.filter(isKnown).length ?? 0;
    if (header && known > (best?.known ?? 0)) best = { sample: { delimiter, header, rows }, known };
  }
  return best?.sample;
}

/** What the columns are called; one without a name by its place. */
export function columnNames(names: readonly string[]): string[] {
  return names.map((name, index) => (name.trim() === '' ? placeName(index) : name));
}

/** The name of a column that has none: `column 1` for the first. */
export function placeName(index: number): string {
  return `column ${index + 1}`;
}

/** The columns of a CSV, of which `isMappable` says whether an analyst can choose what they stand for. */
export function csvTable({ header, rows, headless }: CsvSample, isMappable: boolean): Table {
  return { columns: header, rows, header: !headless, isMappable };
}

/** Names of a header that Doppel needs. */
export function knownColumns({ header }: CsvSample): string[] {
  return header.filter((name) => fieldOf(name) !== undefined);
}

/** The column of that name; of two equal ones the first. Undefined when there is none. */
export function columnOf(header: readonly string[], name: string): string | undefined {
  const index = header.indexOf(name);
  return index === -1 ? undefined : `c${index}`;
}

/**
 * Every cell as text, in columns c0, c1, ... of our naming. Strict: a row that is not whole makes DuckDB stop, and the
 * input is then read row by row (engine/ingest/csv-rows.ts). Of a text as it is DuckDB finds out how its rows end, by the
 * first line end, which may be one inside quotes; the rows of a repaired copy end in a line feed.
 */
export function readCsv({ delimiter, header, headless }: CsvSample, isRepaired = false): string {
  const columns = header.map((_, index) => `c${index}: 'VARCHAR'`).join(', ');
  const delim = delimiter === '\t' ? String.raw`e'\t'` : `'${delimiter}'`; // one of DELIMITERS
  return `read_csv($path, columns = {${columns}}, auto_detect = false, header = ${!headless}, delim = ${delim}, quote = '"',
    escape = '"', strict_mode = true, null_padding = false, ${isRepaired ? String.raw`new_line = '\n', ` : ''}max_line_size = ${LONGEST_ROW}, hive_partitioning = false)`;
}
