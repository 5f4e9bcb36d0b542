import type { Progress, Step } from '../../shared/contract';
import { STEPS } from '../../shared/contract';
import { OVERLAPS_LISTED_PER_USER, RULE } from '../../shared/domain';
import type { DetectionSummary, Parameters } from '../../shared/domain';
import { throwIfCancelled } from '../../shared/errors';
import type { Database } from '../db';
import { sqlSteps } from '../sql';
import overlapsText from './overlaps.sql?raw';
import presenceText from './presence.sql?raw';
import { summarise } from './summary';
import { tablesOf } from './tables';

const steps = [...sqlSteps(presenceText), ...sqlSteps(overlapsText)];

export interface DetectOptions {
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
      const summary = await summarise(connection, parameters, listedPerUser);
      throwIfCancelled(signal);
      await tables.replace(() => connection.run('commit'));
      return summary;
    }),
  );
}

function isStep(name: string): name is Step {
  return (STEPS as readonly string[]).includes(name);
}
