import { isIP } from 'node:net';
import { columnNames, DELIMITERS, placeName, sampleRows } from './csv';
import type { CsvSample } from './csv';
import { csvRecords } from './csv-header';
import type { Recognised, Sample } from './format';
import { jsonSampleOf } from './json';
import { jsonObjects } from './json-table';

/** A user, a source IP and a time. */
const FEWEST_COLUMNS = 3;
const BECAUSE = 'the columns that were chosen';

/** A text as a table of whatever columns, for somebody to say what they are. Undefined: there are none in it. */
export function anyTable(sample: Sample, header: boolean | undefined): Recognised | undefined {
  const json = jsonSampleOf(sample);
  if (json) {
    const objects = jsonObjects(json, `JSON, ${json.how}`, BECAUSE, true);
    return (objects.table?.columns.length ?? 0) >= FEWEST_COLUMNS ? objects : undefined;
  }
  const csv = csvOf(sample, header);
  return csv && csvRecords(csv, BECAUSE);
}

function csvOf(sample: Sample, header: boolean | undefined): CsvSample | undefined {
  let best: { delimiter: string; rows: string[][]; whole: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const rows = sampleRows(sample, delimiter);
    const cells = rows[0]?.length ?? 0;
    const whole = rows.filter((row) => row.length === cells).length;
    if (cells < FEWEST_COLUMNS || whole * 2 < rows.length) continue;
    if (!best || whole * cells > best.whole * (best.rows[0]?.length ?? 0)) best = { delimiter, rows, whole };
  }
  const [first, ...others] = best?.rows ?? [];
  if (!best || !first) return undefined;
  const { delimiter } = best;
  const hasHeader = header ?? namesColumns(first);
  if (hasHeader) return { delimiter, header: columnNames(first), rows: others };
  return { delimiter, header: first.map((_, index) => placeName(index)), rows: [first, ...others], headless: true };
}

/** Values of a log are numbers, times and addresses here and there; names of columns are not, and differ. */
function namesColumns(row: readonly string[]): boolean {
  const names = row.map((text) => text.trim()).filter((text) => text !== '');
  return new Set(names).size === names.length && !names.some((text) => /^[\d.:+-]/u.test(text) || isIP(text) !== 0);
}
