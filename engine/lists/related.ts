import type { Params, Result } from '../../shared/contract';
import { SHARED_LISTED } from '../../shared/related';
import type { Database } from '../db';
import { tablesOf } from '../detect/tables';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, textsOf } from './cells';
import { findingOf } from './findings';
import text from './related.sql?raw';

const RELATED = sqlStep(sqlSteps(text), 'related');

/** `related.page` of the contract. */
export async function relatedPage(
  database: Database,
  { user, offset, limit }: Params<'related.page'>,
  signal?: AbortSignal,
): Promise<Result<'related.page'>> {
  const values = { user, offset, limit, listed: SHARED_LISTED };
  return tablesOf(database).read(async () => {
    const rows = await database.use(signal, (connection) => connection.rows(RELATED, values));
    return {
      // beyond the end there is no row to tell how many there are
      total: rows[0] ? numberOf(rows[0][17]) : offset,
      rows: rows.map((row) => ({
        finding: findingOf(row),
        sessions: textsOf(row[10]),
        sessionCount: numberOf(row[11]),
        devices: textsOf(row[12]),
        deviceCount: numberOf(row[13]),
        ips: textsOf(row[14]),
        ipCount: numberOf(row[15]),
        usersAtIp: numberOf(row[16]),
      })),
    };
  });
}
