import type { Progress, Step } from '../../shared/contract';
import { STEPS } from '../../shared/contract';
import { OVERLAPS_LISTED_PER_USER, RULE } from '../../shared/domain';
import type { DetectionSummary, Parameters } from '../../shared/domain';
import { throwIfCancelled } from '../../shared/errors';
import type { Connection, Database } from '../db';
import { sqlSteps } from '../sql';
import overlapsText from './overlaps.sql?raw';
import presenceText from './presence.sql?raw';
import { summarise } from './summary';
import { tablesOf } from './tables';

const steps = [...sqlSteps(presenceText), ...sqlSteps(overlapsText)];

interface DetectOptions {
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  /** Overlaps of one user beyond this many are counted, not listed; tests make it small. */
  listedPerUser?: number;
}

/**
 * Runs the intended rule (docs/detection.md) over the table `event` of a log. Its tables segment, presence, overlap and
 * finding replace the earlier ones at once, at the end; cancelled or failed, the earlier ones stay.
 */
export async function detect(
  database: Database,
  parameters: Parameters,
  { signal, progress, listedPerUser = OVERLAPS_LISTED_PER_USER }: DetectOptions = {},
): Promise<DetectionSummary> {
  const tables = tablesOf(database);
  return tables.inTurn(() =>
    database.use(signal, async (connection) => {
      await connection.run('begin transaction'); // a connection that is closed before the commit rolls back
      await makeTables(connection, parameters, { progress, listedPerUser });
      const summary = await summarise(connection, parameters, listedPerUser);
      throwIfCancelled(signal);
      await tables.replace(summary, () => connection.run('commit'));
      return summary;
    }),
  );
}

/** A user whom the rule would flag. */
export interface Flagged {
  /** The finding's. */
  id: string;
  user: string;
  DstUserName: string;
  overlapCount: number;
  overlapSeconds: number;
}

/** Whom the rule would flag with other parameters, the longest overlaps first. What the last detection found stays. */
export async function tryOut(database: Database, parameters: Parameters, signal?: AbortSignal): Promise<Flagged[]> {
  return tablesOf(database).inTurn(() =>
    database.use(signal, async (connection) => {
      await connection.run('begin transaction');
      await makeTables(connection, parameters, {});
      const found = await flagged(connection);
      await connection.run('rollback');
      return found;
    }),
  );
}

/** Whom the last detection has flagged, in the same order. */
export async function flagged(connection: Connection): Promise<Flagged[]> {
  const rows = await connection.rows(`
    select id, user_key, user_name, overlap_count, overlap_ms / 1000 from finding order by overlap_ms desc, user_key`);
  return rows.map(([id, user, name, count, seconds]) => ({
    id: String(id),
    user: String(user),
    DstUserName: String(name),
    overlapCount: Number(count),
    overlapSeconds: Number(seconds),
  }));
}

async function makeTables(
  connection: Connection,
  parameters: Parameters,
  { progress, listedPerUser = OVERLAPS_LISTED_PER_USER }: Omit<DetectOptions, 'signal'>,
): Promise<void> {
  const [records] = await connection.row('select count(*) from event');
  const values = {
    idle_gap: parameters.idleGapMs,
    min_overlap: parameters.minOverlapMs,
    open_sessions: parameters.openSessions,
    from_time: parameters.fromMs,
    to_time: parameters.toMs,
    listed: listedPerUser,
    rule: RULE.id,
  };
  await connection.steps(steps, values, (name) => {
    if (isStep(name)) progress?.({ step: name, file: '', bytesDone: 0, bytesTotal: 0, records: Number(records) });
  });
}

function isStep(name: string): name is Step {
  return (STEPS as readonly string[]).includes(name);
}
