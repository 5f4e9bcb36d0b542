import type { Timeline } from '../../shared/timeline';
import type { FindingState } from '../../shared/decisions';
import type { Finding, Overlap, Segment } from '../../shared/domain';
import type { Client } from '../../shared/rpc';

/** As many rows as a printed table is read through; the report says how many there are. */
export const MOST_ROWS = 2000;
const PAGE = 1000;

export interface ReportFinding {
  finding: Finding;
  decided: FindingState | undefined;
  timeline: Timeline;
  overlaps: { total: number; rows: Overlap[] };
  segments: { total: number; rows: Segment[] };
}

/** All that a report says of one finding, read from the engine. */
export async function gatherFinding(
  client: Client,
  finding: Finding,
  decided: FindingState | undefined,
  signal: AbortSignal,
): Promise<ReportFinding> {
  const { user } = finding;
  return {
    finding,
    decided,
    timeline: await client.call('timeline.get', { user }, { signal }),
    overlaps: await allPages((page) => client.call('overlaps.page', { user, ...page }, { signal })),
    segments: await allPages((page) => client.call('segments.page', { user, ...page }, { signal })),
  };
}

async function allPages<Row>(
  load: (page: { offset: number; limit: number }) => Promise<{ total: number; rows: Row[] }>,
): Promise<{ total: number; rows: Row[] }> {
  const first = await load({ offset: 0, limit: PAGE });
  const rows = [...first.rows];
  while (rows.length < Math.min(first.total, MOST_ROWS)) {
    const next = await load({ offset: rows.length, limit: PAGE });
    if (next.rows.length === 0) break;
    rows.push(...next.rows);
  }
  return { total: first.total, rows };
}
