import type { Params, Result } from '../../shared/contract';
import type { Finding } from '../../shared/domain';
import { asksForDecisions } from '../../shared/findings-filter';
import type { FindingsQuery } from '../../shared/manifest';
import type { Cell, Database, Values } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, textOf, textsOf } from './cells';
import text from './findings.sql?raw';
import { filteredFindings } from './findings-filter';
import { pageOf } from './ordered';
import type { Order } from './ordered';

type FindingsParams = Params<'findings.page'>;
type FindingSortColumn = NonNullable<FindingsParams['sort']>['by'];

const steps = sqlSteps(text);

const SORTS: Record<FindingSortColumn, string> = {
  DstUserName: 'user_key',
  distinctIps: 'distinct_ips',
  maxConcurrentIps: 'max_concurrent_ips',
  overlapCount: 'overlap_count',
  overlapSeconds: 'overlap_ms',
  firstOverlap: 'first_overlap',
  lastOverlap: 'last_overlap',
  countries: 'countries',
  status: "case status when 'new' then 0 when 'in progress' then 1 else 2 end",
  verdict: 'verdict',
  assignee: 'assignee',
  // by their names one after another, which are sorted; a list would compare as its entries do, and none as least
  tags: 'array_to_string(tags, chr(10))',
  notes: 'notes',
};

/**
 * The findings that the filter lets through, in the order of `sort`: those that overlapped longest first where none is
 * given. A list that depends on decisions is worked out once for each `edition`.
 */
function findingsOrder({ sort, filter, edition = 0 }: FindingsQuery): Order {
  const { from, values, decided } = filteredFindings(filter, asksForDecisions({ sort, filter }));
  const by = sort ? `${SORTS[sort.by]} ${sort.descending ? 'desc' : 'asc'}` : 'overlap_ms desc';
  const matching = `select rowid as row_id, * ${from}`;
  return { matching, values: decided ? { ...values, edition } : values, by: `${by}, user_key` };
}

/** The findings of a list with their places in it, as a common table expression `shown` (user_key, place). */
export function shownFindings(query: FindingsQuery): { shown: string; values: Values } {
  const { matching, by, values } = findingsOrder(query);
  return {
    shown: `shown as (select user_key, row_number() over (order by ${by}) as place from (${matching}))`,
    values,
  };
}

/** `findings.page` of the contract, and which run of the detection the rows are of. */
export async function findingsPage(
  database: Database,
  params: FindingsParams,
  signal?: AbortSignal,
): Promise<Result<'findings.page'> & { generation: number }> {
  const page = await pageOf(database, findingsOrder(params), sqlStep(steps, 'rows'), params, signal);
  return {
    total: page.total,
    generation: page.generation,
    rows: page.rows.map(findingOf),
  };
}

/** A row that begins with the columns of step rows. */
export function findingOf(row: readonly Cell[]): Finding {
  return {
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
  };
}

/** `findings.ids` of the contract. */
export async function findingIds(
  database: Database,
  params: Params<'findings.ids'>,
  signal?: AbortSignal,
): Promise<Result<'findings.ids'>> {
  const page = await pageOf(database, findingsOrder(params), sqlStep(steps, 'ids'), params, signal);
  return { total: page.total, ids: page.rows.map((row) => textOf(row[0])) };
}
