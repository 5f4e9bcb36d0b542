import type { Params, Result } from '../../shared/contract';
import type { Database } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, textOf, textsOf } from './cells';
import text from './findings.sql?raw';
import { pageOf } from './ordered';
import type { Order } from './ordered';

type FindingsParams = Params<'findings.page'>;

const steps = sqlSteps(text);

const SORTS: Record<NonNullable<FindingsParams['sort']>['by'], string> = {
  DstUserName: 'user_key',
  distinctIps: 'distinct_ips',
  maxConcurrentIps: 'max_concurrent_ips',
  overlapCount: 'overlap_count',
  overlapSeconds: 'overlap_ms',
  firstOverlap: 'first_overlap',
  lastOverlap: 'last_overlap',
};

/** The findings that `text` lets through, in the order of `sort`: those that overlapped longest first where none is given. */
export function findingsOrder({ sort, text: wanted = '' }: Pick<FindingsParams, 'sort' | 'text'>): Order {
  const by = sort ? `${SORTS[sort.by]} ${sort.descending ? 'desc' : 'asc'}` : 'overlap_ms desc';
  return { matching: sqlStep(steps, 'matching'), values: { text: wanted }, by: `${by}, user_key` };
}

/** `findings.page` of the contract. */
export async function findingsPage(
  database: Database,
  params: FindingsParams,
  signal?: AbortSignal,
): Promise<Result<'findings.page'>> {
  const page = await pageOf(database, findingsOrder(params), sqlStep(steps, 'rows'), params, signal);
  return {
    total: page.total,
    rows: page.rows.map((row) => ({
      id: textOf(row[0]),
      user: textOf(row[1]),
      DstUserName: textOf(row[2]),
      distinctIps: numberOf(row[3]),
      maxConcurrentIps: numberOf(row[4]),
      overlapCount: numberOf(row[5]),
      overlapSeconds: numberOf(row[6]),
      firstOverlap: numberOf(row[7]),
      lastOverlap: numberOf(row[8]),
      countries: textsOf(row[9]),
    })),
  };
}
