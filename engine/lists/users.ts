import type { Params, Result } from '../../shared/contract';
import type { Database } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, orNull, textOf } from './cells';
import { pageOf } from './ordered';
import text from './users.sql?raw';

type UsersParams = Params<'users.page'>;

const steps = sqlSteps(text);

const SORTS: Record<NonNullable<UsersParams['sort']>['by'], string> = {
  DstUserName: 'user_key',
  records: 'records',
  distinctIps: 'distinct_ips',
};

const observed = new WeakMap<Database, Promise<void>>();

/** `users.page` of the contract. */
export async function usersPage(
  database: Database,
  params: UsersParams,
  signal?: AbortSignal,
): Promise<Result<'users.page'>> {
  await observe(database);
  const { sort, flagged = null, text: wanted = '' } = params;
  const by = sort ? `${SORTS[sort.by]} ${sort.descending ? 'desc' : 'asc'}, user_key` : 'user_key';
  const order = { matching: sqlStep(steps, 'matching'), values: { text: wanted, flagged }, by };
  const page = await pageOf(database, order, sqlStep(steps, 'rows'), params, signal);
  return {
    total: page.total,
    rows: page.rows.map((row) => ({
      user: textOf(row[0]),
      DstUserName: textOf(row[1]),
      records: numberOf(row[2]),
      distinctIps: numberOf(row[3]),
      finding: orNull(row[4], textOf),
    })),
  };
}

/** The table of all users, made once: callers share it, so one that goes away does not stop it. */
export function observe(database: Database): Promise<void> {
  const known = observed.get(database);
  if (known) return known;
  const made = database.use(undefined, (connection) => connection.run(sqlStep(steps, 'observed')));
  observed.set(database, made);
  made.catch(() => observed.delete(database));
  return made;
}
