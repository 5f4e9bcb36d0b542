import type { Params, Result } from '../../shared/contract';
import { ENDINGS, STARTINGS } from '../../shared/domain';
import type { Database } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, textOf, wordOf } from './cells';
import { pageOf } from './ordered';
import text from './segments.sql?raw';

type SegmentsParams = Params<'segments.page'>;

const steps = sqlSteps(text);

const SORTS: Record<NonNullable<SegmentsParams['sort']>['by'], string> = {
  start: 'lo',
  end: 'hi',
  SrcIpAddr: 'ip',
  sessionId: "coalesce(session_id, '')",
  ending: 'ending',
  records: 'records',
};

/** `segments.page` of the contract. */
export async function segmentsPage(
  database: Database,
  params: SegmentsParams,
  signal?: AbortSignal,
): Promise<Result<'segments.page'>> {
  const { sort, user, text: wanted = '' } = params;
  const by = sort ? `${SORTS[sort.by]} ${sort.descending ? 'desc' : 'asc'}, lo` : 'lo';
  const order = { matching: sqlStep(steps, 'matching'), values: { user, text: wanted }, by: `${by}, row_id` };
  const page = await pageOf(database, order, sqlStep(steps, 'rows'), params, signal);
  return {
    total: page.total,
    rows: page.rows.map((row) => ({
      user: textOf(row[0]),
      SrcIpAddr: textOf(row[1]),
      sessionId: textOf(row[2]),
      start: numberOf(row[3]),
      end: numberOf(row[4]),
      ending: wordOf(row[5], ENDINGS),
      records: numberOf(row[6]),
      starting: wordOf(row[7], STARTINGS),
      lastSeen: numberOf(row[8]),
    })),
  };
}
