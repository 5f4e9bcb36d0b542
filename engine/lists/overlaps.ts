import type { Params, Result } from '../../shared/contract';
import type { Overlap } from '../../shared/domain';
import type { Cell, Database } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, textOf, textsOf } from './cells';
import { shownFindings } from './findings';
import type { FindingsQuery } from '../../shared/manifest';
import { pageOf } from './ordered';
import type { Order } from './ordered';
import text from './overlaps.sql?raw';

type OverlapsParams = Params<'overlaps.page'>;

const steps = sqlSteps(text);

/** Session ids named for each side of an overlap: the first so many, in the order of their texts. */
export const SESSION_IDS_LISTED = 50;

const SORTS: Record<NonNullable<OverlapsParams['sort']>['by'], string> = {
  overlapStart: 'lo',
  overlapEnd: 'hi',
  overlapSeconds: 'hi - lo',
  SrcIpAddr: 'ip',
  PreviousSrcIpAddr: 'previous_ip',
};

/** A query over `listed` for `overlapOf`; it names $ids. */
export const OVERLAP_ROWS = sqlStep(steps, 'rows');

/** `overlaps.page` of the contract. */
export async function overlapsPage(
  database: Database,
  params: OverlapsParams,
  signal?: AbortSignal,
): Promise<Result<'overlaps.page'>> {
  const { sort, user = null, text: wanted = '' } = params;
  const by = sort ? `${SORTS[sort.by]} ${sort.descending ? 'desc' : 'asc'}` : 'lo';
  const own = { matching: sqlStep(steps, 'matching'), values: { text: wanted, user }, by: `${by}, row_id` };
  const order = params.findings ? overlapsOfFindings(params.findings) : own;
  const page = await pageOf(database, order, OVERLAP_ROWS, { ...params, values: { ids: SESSION_IDS_LISTED } }, signal);
  return { total: page.total, rows: page.rows.map(overlapOf) };
}

/** The overlaps of the findings of a list, in the list's order. */
export function overlapsOfFindings(query: FindingsQuery): Order {
  const { shown, values } = shownFindings(query);
  return { matching: `with ${shown}\n${sqlStep(steps, 'of-findings')}`, values, by: 'place, row_id' };
}

/** A row of OVERLAP_ROWS. */
export function overlapOf(row: readonly Cell[]): Overlap {
  return {
    id: textOf(row[0]),
    user: textOf(row[1]),
    DstUserName: textOf(row[2]),
    SrcIpAddr: textOf(row[3]),
    PreviousSrcIpAddr: textOf(row[4]),
    overlapStart: numberOf(row[5]),
    overlapEnd: numberOf(row[6]),
    overlapSeconds: numberOf(row[7]),
    sessionIds: textsOf(row[8]),
    previousSessionIds: textsOf(row[9]),
    sessionIdCount: numberOf(row[10]),
    previousSessionIdCount: numberOf(row[11]),
  };
}

/** The id of the finding that the overlap in a row of OVERLAP_ROWS belongs to. */
export function findingIdOf(row: readonly Cell[]): string {
  return textOf(row[12]);
}
