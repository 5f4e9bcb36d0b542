import type { Params, Result } from '../../shared/contract';
import type { GoneReason } from '../../shared/decisions';
import type { Cell, Database } from '../db';
import { tablesOf } from '../detect/tables';
import { numberOf, textOf } from '../lists/cells';
import { observe } from '../lists/users';
import { sqlStep, sqlSteps } from '../sql';
import text from './decision.sql?raw';

const steps = sqlSteps(text);

/** `decisions.gone` of the contract. The database must have the table `decision`. */
export async function goneDecisions(
  database: Database,
  { offset, limit }: Params<'decisions.gone'>,
  signal?: AbortSignal,
): Promise<Result<'decisions.gone'>> {
  await observe(database);
  const rows = await tablesOf(database).read(() =>
    database.use(signal, (connection) => connection.rows(sqlStep(steps, 'gone'), { offset, limit })),
  );
  return {
    total: numberOf(rows[0]?.[0]),
    // a page beyond the end is one row without a finding
    rows: rows.flatMap(([, finding, isInLog]) =>
      finding === null ? [] : [{ finding: textOf(finding), why: reasonOf(isInLog) }],
    ),
  };
}

function reasonOf(isInLog: Cell | undefined): GoneReason {
  if (isInLog === null) return 'user-unknown';
  return isInLog === true ? 'not-flagged' : 'not-in-log';
}
