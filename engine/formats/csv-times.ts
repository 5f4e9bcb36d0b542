import { fieldOf } from '../ingest/fields';
import type { Field } from '../ingest/fields';
import type { CsvSample } from './csv';

const TIME_FIELDS: ReadonlySet<Field | undefined> = new Set<Field>([
  'time',
  'timeGenerated',
  'connectionStart',
  'connectionEnd',
]);
const DATE = /^\s*(\d{1,2})\/(\d{1,2})\/\d{4}/u;

/** How the times of a CSV file are written, as far as its first rows tell. */
export interface CsvTimes {
  /** The day stands before the month: 25/2/2026. */
  isDayFirst: boolean;
  /** What was taken for granted, for people. */
  warnings: string[];
}

/**
 * Portals write times as the browser of the analyst does. M/D/YYYY is taken unless the rows show a day beyond 12 in front;
 * a time that does not name its zone is taken as UTC.
 */
export function csvTimesOf({ header, rows }: CsvSample): CsvTimes {
  const columns = header.flatMap((name, index) => (TIME_FIELDS.has(fieldOf(name)) ? [index] : []));
  const texts = rows.flatMap((row) => columns.map((column) => row[column] ?? ''));
  const dates = texts.map((text) => DATE.exec(text)).filter((date) => date !== null);
  const isDayFirst =
    dates.some(([, first]) => Number(first) > 12) && dates.every(([, , second]) => Number(second) <= 12);
  const isClear = isDayFirst || dates.length === 0 || dates.some(([, , second]) => Number(second) > 12);
  const local = columns.map((column) => header[column] ?? '').filter((name) => /\[local time\]\s*$/iu.test(name));
  const isKibana = texts.some((text) => text.includes(' @ '));
  return {
    isDayFirst,
    warnings: [
      ...(isClear ? [] : ['dates such as 3/2/2026 are read as month/day/year: the first rows do not show which it is']),
      ...local.map((name) => `${name} is read as UTC: the file does not name its time zone`),
      ...(isKibana ? ['times are read as UTC: Kibana writes them in the time zone of whoever exports'] : []),
    ],
  };
}

/** The SQL expression for a cell, with its day and month in the order in which engine/ingest/record.sql reads them. */
export function timeCell({ isDayFirst }: CsvTimes, field: Field, cell: string): string {
  if (!isDayFirst || !TIME_FIELDS.has(field)) return cell;
  return String.raw`regexp_replace(${cell}, '^\s*([0-9]{1,2})/([0-9]{1,2})/', '\2/\1/')`;
}
