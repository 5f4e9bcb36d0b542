import type { Parameters } from '../../shared/domain';
import { DoppelError } from '../../shared/errors';
import type { WhyNot } from '../../shared/why-not';
import type { Connection, Database } from '../db';
import { numberOf, textOf } from '../lists/cells';
import { sqlStep, sqlSteps } from '../sql';
import { tablesOf } from './tables';
import text from './why-not.sql?raw';

const steps = sqlSteps(text);

/**
 * Which condition of the intended rule, run with `parameters`, kept a user from being flagged; `flagged` where none did.
 * Throws `bad-params` for a user that has no event in the log.
 */
export function whyNot(
  database: Database,
  parameters: Parameters,
  user: string,
  signal?: AbortSignal,
): Promise<WhyNot> {
  return tablesOf(database).read(() => database.use(signal, (connection) => explain(connection, parameters, user)));
}

async function explain(connection: Connection, parameters: Parameters, user: string): Promise<WhyNot> {
  const rowOf = (step: string) => connection.rows(sqlStep(steps, step), { user });
  const [records] = await rowOf('records');
  if (!records) throw new DoppelError('bad-params', 'The log that is open has no event of this user.');
  const [sessions] = await rowOf('sessions');
  const [places] = await rowOf('places');
  const [met] = await rowOf('nearest');
  const [segmentIps, distinctIps] = [numberOf(places?.[0]), numberOf(places?.[1])];
  const nearest = met
    ? {
        PreviousSrcIpAddr: textOf(met[0]),
        previousEnd: numberOf(met[1]),
        SrcIpAddr: textOf(met[2]),
        start: numberOf(met[3]),
        sharedMs: Math.max(0, numberOf(met[4]) - numberOf(met[3])),
      }
    : null;
  const reason = (): WhyNot['reason'] => {
    if (places?.[2] === true) return 'flagged';
    if (segmentIps === 0) return 'no-presence';
    if (segmentIps > 1 && distinctIps < 2 && (parameters.fromMs !== null || parameters.toMs !== null)) {
      return 'outside-period';
    }
    if (!nearest) return 'one-ip';
    if (nearest.start > nearest.previousEnd) return 'apart';
    return nearest.start === nearest.previousEnd ? 'touching' : 'too-short';
  };
  return {
    user,
    DstUserName: textOf(records[0]),
    reason: reason(),
    records: numberOf(records[1]),
    orphanCloses: numberOf(records[2]),
    sessions: numberOf(sessions?.[0]),
    openSessions: numberOf(sessions?.[1]),
    segmentIps,
    distinctIps,
    nearest,
  };
}
