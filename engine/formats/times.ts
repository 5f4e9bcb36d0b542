import type { Choices, DateOrder, ReadingNote } from '../../shared/choices';
import { formatTimeZone, parseTimeZone } from '../../shared/time-zone';
import type { Field } from '../ingest/fields';
import type { Table } from './format';

export const TIME_FIELDS: ReadonlySet<string> = new Set<Field>([
  'time',
  'timeGenerated',
  'connectionStart',
  'connectionEnd',
]);
const DATE = /^\s*(\d{1,2})([/.-])(\d{1,2})\2\d{4}/u;
/** Ends in an offset or the name of a zone behind a time of day. */
const ZONED = /\d(?::\d{2}(?:[.,]\d+)?\s*(?:[+-]\d{2}(?::?\d{2})?|Z|[A-Z][A-Za-z_/]{2,}))\s*$/u;
/** The portal of Log Analytics says in the header that a column is in UTC; a custom log table writes no brackets. */
const UTC_COLUMN = /(?:\[utc\]|_utc__s)\s*$/iu;
const LOCAL_COLUMN = /(?:\[local time\]|_local_time__s)\s*$/iu;

/** How the times of a table are written, as far as its first rows tell, or as somebody chose. */
export interface Times {
  dayFirst: boolean;
  /** Null when no date leaves its order open. */
  dateOrder: DateOrder | null;
  notes: ReadingNote[];
}

/** The columns that hold times, and those of them with times of collection only. */
export interface TimeNames {
  all: ReadonlySet<string>;
  ofCollection: ReadonlySet<string>;
}

/** Portals and spreadsheets write times as the computer of the analyst does. */
export function timesOf({ columns, rows }: Table, { all, ofCollection }: TimeNames, choices: Choices): Times {
  const own = columns.flatMap((name, index) =>
    all.has(name) ? [{ name, texts: rows.map((row) => row[index] ?? '').filter((text) => text.trim() !== '') }] : [],
  );
  const dates = datesOf(
    own.flatMap(({ texts }) => texts),
    choices.dateOrder,
  );
  const isOfCollection = own.every(
    ({ name, texts }) => ofCollection.has(name) || !texts.some((text) => DATE.test(text)),
  );
  const notes = isOfCollection ? dates.notes.map(onlyOfCollection) : dates.notes;
  return { ...dates, notes: [...notes, ...zoneNotes(own, choices, ofCollection)] };
}

const onlyOfCollection = (note: ReadingNote): ReadingNote => ({ ...note, ofCollection: true });

function datesOf(texts: readonly string[], chosen: DateOrder | undefined): Times {
  const dates = texts.map((text) => DATE.exec(text)).filter((date) => date !== null);
  const day = dates.filter(([, first, , second]) => Number(first) > 12 && Number(second) <= 12).length;
  const month = dates.filter(([, first, , second]) => Number(second) > 12 && Number(first) <= 12).length;
  // a dot stands between the parts of a date where the day comes first
  const likely = dates.some(([, , separator]) => separator === '.') ? 'day-first' : 'month-first';
  const seen = day === month ? likely : day > month ? 'day-first' : 'month-first';
  const order = chosen ?? seen;
  const note = (text: string, sure: ReadingNote['sure']): Times => {
    const words = order === 'day-first' ? 'day/month/year' : 'month/day/year';
    return {
      dayFirst: order === 'day-first',
      dateOrder: dates.length === 0 ? null : order,
      notes: [{ about: 'dates', text: `dates such as ${sampleOf(dates)} are read as ${words}${text}`, sure }],
    };
  };
  const against = order === 'day-first' ? month : day;
  if (dates.length === 0) return { dayFirst: order === 'day-first', dateOrder: null, notes: [] };
  if (against > 0) {
    const told = chosen === undefined ? '' : ', as chosen';
    return note(`${told}; ${against} of the first ${dates.length} could only be the other way round`, 'open');
  }
  if (chosen !== undefined) return note(', as chosen', 'chosen');
  if (day + month > 0) return note(`: ${day + month} of the first ${dates.length} could only be that`, 'certain');
  return note(`: none of the first ${dates.length} shows which it is`, 'open');
}

function sampleOf(dates: readonly RegExpExecArray[]): string {
  return dates[0]?.[0].trim() ?? '';
}

/** What the chosen time zone means; undefined where none is chosen. */
export function chosenZoneNote(timeZone: string | undefined): ReadingNote | undefined {
  const zone = timeZone === undefined ? undefined : parseTimeZone(timeZone);
  if (!zone) return undefined;
  const text = `times that do not name a time zone are read as ${formatTimeZone(zone)}, as chosen`;
  return { about: 'time-zone', text, sure: 'chosen' };
}

function zoneNotes(
  own: readonly { name: string; texts: string[] }[],
  { timeZone }: Choices,
  ofCollection: ReadonlySet<string>,
): ReadingNote[] {
  const chosen = chosenZoneNote(timeZone);
  if (chosen) return [chosen];
  return own.flatMap(({ name, texts }): ReadingNote[] => {
    const note = (text: string): ReadingNote[] => {
      const own: ReadingNote = { about: 'time-zone', text, sure: 'open' };
      return [ofCollection.has(name) ? onlyOfCollection(own) : own];
    };
    if (texts.some((text) => text.includes(' @ ')))
      return note(`${name} is read as UTC: Kibana writes times in the time zone of whoever exports`);
    const isLocal = !UTC_COLUMN.test(name) && texts.some(namesNoZone);
    if (!LOCAL_COLUMN.test(name) && !isLocal) return [];
    return note(`${name} is read as UTC: the file does not name its time zone`);
  });
}

/** A time of day without a zone; the clock of LogTimestamp (`Mon Mar  2 08:15:03 2026`) is known to be UTC. */
function namesNoZone(text: string): boolean {
  return /^\s*\d.*\d:\d{2}/u.test(text) && !ZONED.test(text);
}

/** The SQL expression for a cell. Where a zone is chosen, a column that the header says is in UTC says so in each cell. */
export function timeCell(field: string, name: string, cell: string, hasZone: boolean): string {
  return hasZone && TIME_FIELDS.has(field) && UTC_COLUMN.test(name) ? `nullif(${cell}, '') || 'Z'` : cell;
}
