import { spellDuration } from '../../shared/time';
import type { Connection } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import observeText from './observe.sql?raw';

const STEPS = sqlSteps(observeText);

/** Clocks are compared over at least this many records, and warned about when they differ by more. */
const FEWEST_RECORDS = 5;
const OWN_CLOCK_S = 300;
const APART_S = 10;
/** LogTimestamp has whole seconds. */
const CLOSE_MS = 2000;
const NAMED = 3;
/** No place on Earth is further from UTC, and all zones are whole quarters of an hour. */
const FURTHEST_ZONE_S = 14 * 3600;
const QUARTER_S = 900;

export interface Clocks {
  /** By input: its own records say that its clock is wrong. */
  own: Map<number, string[]>;
  /** Of inputs whose clocks differ. */
  between: string[];
}

interface Skew {
  file: number;
  /** The input that it is compared with. */
  other: number;
  /** How much the clock of `file` is ahead, in s. */
  ahead: number;
  /** By which records that is known. */
  by: string;
}

/**
 * The times at which records were written, against the times of the connections that they tell of, and those of several
 * inputs against each other. `names` are those of the inputs.
 */
export async function clocksOf(connection: Connection, names: readonly string[]): Promise<Clocks> {
  await connection.run(sqlStep(STEPS, names.length > 1 ? 'shared-ends' : 'no-shared-ends'));
  const lags = await lagsOf(connection);
  const own = new Map(
    lags.filter(({ lag }) => Math.abs(lag) > OWN_CLOCK_S).map(({ file, lag }) => [file, [ownWarning(lag)]]),
  );
  const shared = names.length > 1 ? await sharedSkews(connection) : [];
  await connection.run('drop table shared_end');
  const lagOf = new Map(lags.map(({ file, lag }) => [file, lag]));
  const isTold = ({ file, other, ahead }: Skew): boolean =>
    Math.abs((lagOf.get(file) ?? NaN) - (lagOf.get(other) ?? NaN) - ahead) <= APART_S;
  const skews = [...skewsOf(lags), ...shared.filter((skew) => !isTold(skew))];
  const between = skews.slice(0, NAMED).map((skew) => skewWarning(skew, names));
  const more = skews.length - between.length;
  if (more > 0) between.push(`the clocks of ${more} more pair${more === 1 ? '' : 's'} of files differ`);
  return { own, between };
}

interface Lag {
  file: number;
  lag: number;
  records: number;
}

/** How much later each input writes its records than what they tell of happened, in s. */
async function lagsOf(connection: Connection): Promise<Lag[]> {
  const rows = await connection.rows(sqlStep(STEPS, 'lags'));
  return rows
    .map(([file, lag, records]) => ({ file: Number(file), lag: Number(lag), records: Number(records) }))
    .filter(({ records }) => records >= FEWEST_RECORDS);
}

/** The input whose records fit best to what they tell of is the one that the others are compared with. */
function skewsOf(lags: readonly Lag[]): Skew[] {
  const [best] = lags.toSorted((a, b) => Math.abs(a.lag) - Math.abs(b.lag));
  if (!best) return [];
  return lags
    .map(({ file, lag, records }) => ({
      file,
      other: best.file,
      ahead: lag - best.lag,
      by: `${records} of its records and the connections that they tell of`,
    }))
    .filter(({ ahead }) => Math.abs(ahead) > APART_S);
}

/** Inputs that hold the same records at other times. */
async function sharedSkews(connection: Connection): Promise<Skew[]> {
  const rows = await connection.rows(sqlStep(STEPS, 'skews'), {
    close: CLOSE_MS,
    apart: APART_S,
    fewest: FEWEST_RECORDS,
  });
  return rows.map(([one, other, lag, count]) => ({
    file: Number(one),
    other: Number(other),
    ahead: Number(lag),
    by: `${Number(count)} records that both hold`,
  }));
}

function ownWarning(lag: number): string {
  const what = `${spellDuration(Math.abs(lag) * 1000)} ${lag > 0 ? 'later' : 'earlier'}`;
  return `the times of its records are mostly ${what} than the connections that they tell of: another time zone? ${remedyFor(lag)}`;
}

function skewWarning({ file, other, ahead, by }: Skew, names: readonly string[]): string {
  const what = `${spellDuration(Math.abs(ahead) * 1000)} ${ahead > 0 ? 'ahead of' : 'behind'}`;
  return (
    `the clock of ${names[file] ?? ''} is ${what} that of ${names[other] ?? ''}, by ${by}: overlaps of their records may ` +
    `be false or missing. ${remedyFor(ahead)}`
  );
}

/** What to do about a clock that is ahead by so many seconds. */
function remedyFor(ahead: number): string {
  const size = Math.round(Math.abs(ahead) / QUARTER_S) * QUARTER_S;
  const isZone = size > 0 && size <= FURTHEST_ZONE_S && Math.abs(Math.abs(ahead) - size) <= APART_S;
  if (!isZone) return 'A zone cannot explain that: look at the clock of the computer that wrote it';
  const clock = [size / 3600, (size % 3600) / 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
  return `If its times are local, set its time zone (How the file is read, or --time-zone), such as ${ahead > 0 ? '+' : '-'}${clock} where it is read as UTC now`;
}
