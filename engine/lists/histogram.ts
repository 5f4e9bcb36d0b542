import type { Params, Result } from '../../shared/contract';
import type { Database } from '../db';
import { tablesOf } from '../detect/tables';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, orNull } from './cells';
import { filteredFindings } from './findings-filter';
import text from './histogram.sql?raw';

const steps = sqlSteps(text);

/**
 * `overlaps.histogram` of the contract, over the whole time in which the log shows anyone present. Without presence the
 * bins are empty and the times 0. Overlaps that are counted but not listed (OVERLAPS_LISTED_PER_USER) are not in it.
 */
export async function overlapsHistogram(
  database: Database,
  { bins, filter, user }: Params<'overlaps.histogram'>,
  signal?: AbortSignal,
): Promise<Result<'overlaps.histogram'>> {
  const shown = filteredFindings(filter);
  return tablesOf(database).read(() =>
    database.use(signal, async (connection) => {
      const [first, last] = await connection.row(sqlStep(steps, 'span'));
      const from = orNull(first, numberOf) ?? 0;
      const to = orNull(last, numberOf) ?? 0;
      const [overlaps = [], users = []] = await connection.columns(
        `with shown as (select user_key ${shown.from})\n${sqlStep(steps, 'bins')}`,
        { ...shown.values, user: user ?? null, bins, from_time: from, span: Math.max(1, to - from) },
      );
      return { from, to, overlaps: Uint32Array.from(overlaps, numberOf), users: Uint32Array.from(users, numberOf) };
    }),
  );
}
