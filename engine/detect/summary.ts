import { isoTime, spellDuration } from '../../shared/time';
import type { DetectionSummary, Parameters } from '../../shared/domain';
import type { Connection } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import text from './summary.sql?raw';

const steps = sqlSteps(text);

/** What the detection whose tables this connection holds came to. Overlaps of one user beyond `listed` are not listed. */
export async function summarise(
  connection: Connection,
  parameters: Parameters,
  listed: number,
): Promise<DetectionSummary> {
  const row = await connection.row(sqlStep(steps, 'totals'), { listed });
  const [users = 0, segments = 0, findings = 0, overlaps = 0, orphanCloses = 0, cappedUsers = 0] = row.map(Number);
  const reasons = findings === 0 ? await whyNone(connection, parameters, orphanCloses) : [];
  return { parameters, users, segments, findings, overlaps, orphanCloses, cappedUsers, whyNone: reasons };
}

/** Why a detection found nothing, in plain words with numbers: the main reason first, then what may have hidden more. */
async function whyNone(connection: Connection, parameters: Parameters, orphanCloses: number): Promise<string[]> {
  const counts = async (step: string): Promise<(number | undefined)[]> => {
    const row = await connection.row(sqlStep(steps, step));
    return row.map((cell) => (cell === null ? undefined : Number(cell)));
  };
  const [events = 0, closes = 0, first, last] = await counts('records');
  if (events === 0) return ['There is no event in the log.'];
  const [sessions = 0, open = 0] = await counts('sessions');
  const [users = 0, movers = 0] = await counts('users');
  const [nearest, longest] = await counts('nearest');

  const reasons: string[] = [];
  const { fromMs, toMs, openSessions } = parameters;
  const isElsewhere = isBefore(last, fromMs) || isBefore(toMs, first);
  if (isElsewhere && first !== undefined && last !== undefined) {
    reasons.push(`The log has nothing in that time: its events are from ${isoTime(first)} to ${isoTime(last)}.`);
  } else if (users === 0) reasons.push('No session proves that a user was present.');
  else if (movers === 0) reasons.push(`${noneOf(users)} at more than one source IP.`);
  else if (longest !== undefined) {
    reasons.push(
      `The longest time that two source IPs of one user overlapped is ${spellDuration(longest)}, ` +
        `less than the minimum of ${spellDuration(parameters.minOverlapMs)}.`,
    );
  } else {
    reasons.push(`${someOf(movers, users)} at more than one source IP, but never at two at once.`);
    if (nearest === 0) reasons.push('The nearest that two came is that one began at the moment when the other ended.');
    else if (nearest !== undefined) {
      reasons.push(`The nearest that two source IPs of one user came is ${spellDuration(nearest)}.`);
    }
  }

  if (fromMs !== null || toMs !== null) {
    const from = fromMs === null ? '' : ` from ${isoTime(fromMs)}`;
    const to = toMs === null ? '' : ` to ${isoTime(toMs)}`;
    reasons.push(`Only presence${from}${to} was looked at.`);
  }
  if (openSessions !== 'log-end' && open !== 0) {
    const which =
      closes === 0
        ? 'There are no close records'
        : `${open} of the ${sessions} sessions ${open === 1 ? 'has' : 'have'} no close record`;
    reasons.push(`${which}: such sessions ${openSessions === 'ignore' ? 'are left out' : 'end when last seen'}.`);
  }
  if (orphanCloses > 0) {
    reasons.push(
      `Orphan close records, which do not say when their session began, prove no presence: ${orphanCloses}.`,
    );
  }
  return reasons;
}

function isBefore(a: number | null | undefined, b: number | null | undefined): boolean {
  return typeof a === 'number' && typeof b === 'number' && a < b;
}

function noneOf(users: number): string {
  return users === 1 ? 'The only user was never' : `None of the ${users} users was`;
}

function someOf(some: number, users: number): string {
  if (users === 1) return 'The only user was';
  return `Of the ${users} users, ${some} ${some === 1 ? 'was' : 'were'}`;
}
