import { COVERAGE_GAPS_LISTED } from '../../shared/domain';
import { spellDuration, utcWords } from '../../shared/time';
import type { Connection } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import type { OddAddresses } from './account';
import { clocksOf } from './clocks';
import observeText from './observe.sql?raw';

const STEPS = sqlSteps(observeText);

/** Records of what goes on come at least every 15 minutes while a session lasts (LSS sends `active` records so). */
const CADENCE_MS = 15 * 60_000;
/** A gap is this many times what 95 of 100 minutes with records wait for the next one, in a log of so many such minutes. */
const GAP_TIMES = 10;
const GAP_MINUTES = 60;
const GAPS_NAMED = 3;
const SHARED_NAMED = 3;
const SHARED_USERS = 3;
/** LogTimestamp has whole seconds, and records are written a little after what they tell. */
const SLACK_MS = 60_000;

/** What was noticed about the log as a whole. Maps are by input. */
export interface Observed {
  duplicates: ReadonlyMap<number, number>;
  orphanCloses: ReadonlyMap<number, number>;
  warningsOf: ReadonlyMap<number, string[]>;
  warnings: string[];
  gaps: { from: number; to: number }[];
}

/** Looks at all records together. `names` are those of the inputs. */
export async function observe(connection: Connection, names: readonly string[], odd: OddAddresses): Promise<Observed> {
  const duplicates = await duplicatesOf(connection);
  const orphanCloses = await byFile(connection, 'orphan-closes');
  const { gaps, total } = await gapsOf(connection);
  const clocks = await clocksOf(connection, names);
  const warnings = [
    ...gapWarning(gaps, total),
    ...(await edgeWarnings(connection)),
    ...clocks.between,
    ...(await identityWarnings(connection, odd)),
  ];
  const ordered = gaps.toSorted((a, b) => a.from - b.from);
  return { duplicates, orphanCloses, warningsOf: clocks.own, warnings, gaps: ordered };
}

async function byFile(connection: Connection, step: string): Promise<Map<number, number>> {
  const rows = await connection.rows(sqlStep(STEPS, step));
  return new Map(rows.map(([file, count]) => [Number(file), Number(count)]));
}

async function duplicatesOf(connection: Connection): Promise<Map<number, number>> {
  await connection.run(sqlStep(STEPS, 'maybe-repeated'));
  const [maybe] = await connection.row('select count(*) from maybe_repeated');
  const found = maybe === 0 ? new Map<number, number>() : await repeatedOf(connection);
  await connection.run('drop table maybe_repeated');
  return found;
}

async function repeatedOf(connection: Connection): Promise<Map<number, number>> {
  for (const step of ['contents', 'twins']) await connection.run(sqlStep(STEPS, step));
  const found = await byFile(connection, 'duplicates');
  await connection.run('drop view event_content');
  await connection.run('drop table twin');
  return found;
}

/** The longest gaps first, and how many there are in all. */
async function gapsOf(connection: Connection): Promise<{ gaps: { from: number; to: number }[]; total: number }> {
  const rows = await connection.rows(sqlStep(STEPS, 'gaps'), {
    shortest: CADENCE_MS,
    times: GAP_TIMES,
    minutes: GAP_MINUTES,
    most: COVERAGE_GAPS_LISTED,
  });
  const gaps = rows.map(([from, to]) => ({ from: Number(from), to: Number(to) }));
  return { gaps, total: Number(rows[0]?.[2] ?? 0) };
}

function gapWarning(gaps: readonly { from: number; to: number }[], total: number): string[] {
  if (total === 0) return [];
  const named = gaps.slice(0, GAPS_NAMED).map(({ from, to }) => {
    return `${utcWords(from)} to ${utcWords(to)} (${spellDuration(to - from)})`;
  });
  const more = total > named.length ? `, and ${total - named.length} more` : '';
  return [`no record of anybody, much longer than is usual in this log: ${named.join(', ')}${more}`];
}

async function edgeWarnings(connection: Connection): Promise<string[]> {
  const row = await connection.row(sqlStep(STEPS, 'edges'), { slack: SLACK_MS, cadence: CADENCE_MS });
  const [before = 0, after = 0] = row.map(Number);
  const all: string[] = [];
  if (before > 0) {
    all.push(`${sessions(before)} already open when the log begins: what happened before is not in it`);
  }
  if (after > 0) all.push(`${sessions(after)} still open when the log ends: the true end is not in it`);
  return all;
}

function sessions(count: number): string {
  return count === 1 ? '1 session was' : `${count} sessions were`;
}

async function identityWarnings(connection: Connection, odd: OddAddresses): Promise<string[]> {
  const [users = 0, hashedUsers = 0] = (await connection.row(sqlStep(STEPS, 'hashed'))).map(Number);
  const all: string[] = [];
  if (hashedUsers > 0)
    all.push(`${hashedUsers} of ${users} user names look like hashes: they tell users apart, not who they are`);
  if (odd.hashed > 0) all.push(`${many(odd.hashed)} like a hash: nothing can be told about networks or places`);
  if (odd.noAddress > 0)
    all.push(`${many(odd.noAddress)} like no IP address and ${odd.noAddress === 1 ? 'is' : 'are'} compared as text`);
  if (odd.withPort > 0) {
    all.push(
      `${odd.withPort} source IP${odd.withPort === 1 ? ' is' : 's are'} written with a port, which was left out`,
    );
  }
  return [...all, ...(await sharedWarning(connection))];
}

async function sharedWarning(connection: Connection): Promise<string[]> {
  const rows = await connection.rows(sqlStep(STEPS, 'shared-sessions'), { users: SHARED_USERS, most: SHARED_NAMED });
  const total = Number(rows[0]?.[3] ?? 0);
  if (total === 0) return [];
  const named = rows.map(([session, users, count]) => {
    const more = Number(count) > SHARED_USERS ? ` and ${Number(count) - SHARED_USERS} more` : '';
    return `${String(session)} (${String(users)}${more})`;
  });
  const more = total > named.length ? `, and ${total - named.length} more` : '';
  const ids = total === 1 ? '1 session id is' : `${total} session ids are`;
  return [`${ids} used by more than one user, which ZPA does not do by itself: ${named.join('; ')}${more}`];
}

function many(count: number): string {
  return count === 1 ? '1 source IP looks' : `${count} source IPs look`;
}
