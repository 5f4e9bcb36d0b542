import type { Result } from '../../shared/contract';
import { MOST_SUBJECT_IPS } from '../../shared/decisions';
import type { Database } from '../db';
import { tablesOf } from '../detect/tables';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, textOf, textsOf } from './cells';
import text from './subjects.sql?raw';

const steps = sqlSteps(text);

/** `findings.subjects` of the contract. */
export async function subjectsOf(
  database: Database,
  ids: string[],
  signal?: AbortSignal,
): Promise<Result<'findings.subjects'>> {
  const rows = await tablesOf(database).read(() =>
    database.use(signal, (connection) => connection.rows(sqlStep(steps, 'subjects'), { ids, most: MOST_SUBJECT_IPS })),
  );
  return Object.fromEntries(
    rows.map(([id, user, name, distinctIps, ips]) => [
      textOf(id),
      { user: textOf(user), DstUserName: textOf(name), ips: textsOf(ips), distinctIps: numberOf(distinctIps) },
    ]),
  );
}
