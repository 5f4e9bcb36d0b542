import { escapeGlob } from '../db';
import type { Connection } from '../db';
import type { Choices } from '../../shared/choices';
import type { Extraction, Recognised } from '../formats/format';
import { timesOf } from '../formats/times';
import type { Times } from '../formats/times';

/** As many as of a table whose columns are known (engine/formats/csv.ts). */
const LOOKED_AT = 500;
const COLLECTED = 'the time of collection';
/** The columns of an extraction that hold times, with words for them. */
const TIMES = [
  ['time', 'the time of its records'],
  ['connection_start', 'the start of its connections'],
  ['connection_end', 'the end of its connections'],
  ['time_generated', COLLECTED],
] as const;

/**
 * How the times of the first records are written, for records that lie in something else: columns of a table are looked at
 * before anything is read (engine/formats/read-as.ts). Undefined where that is so.
 */
export async function seenTimes(
  connection: Connection,
  { sql, values }: Extraction,
  path: string,
  { table }: Recognised,
  choices: Choices,
): Promise<Times | undefined> {
  if (table?.isMappable) return undefined;
  const rows = await connection.rows(
    `select ${TIMES.map(([column]) => column).join(', ')} from (${sql}) limit $looked_at`,
    { ...values, path: escapeGlob(path), looked_at: LOOKED_AT },
  );
  const texts = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : '')));
  const columns = TIMES.map(([, words]) => words);
  // a time of collection beside a table's columns was looked at with these
  const all = new Set<string>(columns.filter((words) => words !== COLLECTED || !table));
  const seen = timesOf(
    { columns, rows: texts, header: null, isMappable: false },
    { all, ofCollection: new Set([COLLECTED]) },
    choices,
  );
  // a zone that was chosen is said of the file as a whole
  return { ...seen, notes: seen.notes.filter(({ about, sure }) => about !== 'time-zone' || sure !== 'chosen') };
}

/** The format with the order of dates that its records show, where it is another one than was taken and nobody chose it. */
export function inSeenOrder(format: Recognised, seen: Times | undefined, choices: Choices): Recognised | undefined {
  const { adjustment } = format;
  if (!seen || seen.dateOrder === null || choices.dateOrder !== undefined) return undefined;
  if (seen.dayFirst === (adjustment?.dayFirst ?? false)) return undefined;
  const taken = adjustment ?? { timeZone: choices.timeZone, allActive: false };
  return { ...format, adjustment: { ...taken, dayFirst: seen.dayFirst } };
}
