import type { Timeline } from '../../shared/timeline';
import type { FindingState } from '../../shared/decisions';
import type { Finding, Overlap, Segment } from '../../shared/domain';
import { hideDecision, hideFinding, hideOverlap, hideSegment, hideTimeline } from '../../shared/pseudonymise';
import type { Pseudonyms } from '../../shared/pseudonyms';
import type { Client } from '../../shared/rpc';

/** As many rows as a printed table is read through; the report says how many there are. */
const MOST_ROWS = 2000;
const PAGE = 1000;

export interface ReportFinding {
  finding: Finding;
  decided: FindingState | undefined;
  timeline: Timeline;
  overlaps: { total: number; rows: Overlap[] };
  segments: { total: number; rows: Segment[] };
  /** Names are pseudonyms, and free text is left out. */
  isHidden?: boolean;
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

/** The same with pseudonyms; what is free text is left out. */
export async function hideContent(names: Pseudonyms, content: ReportFinding): Promise<ReportFinding> {
  const { finding, decided, timeline, overlaps, segments } = content;
  const overlapRows = overlaps.rows.map((row) => hideOverlap(names, row));
  const segmentRows = segments.rows.map((row) => hideSegment(names, row));
  return {
    isHidden: true,
    finding: await hideFinding(names, finding),
    decided: decided && (await hideDecision(names, decided)),
    timeline: await hideTimeline(names, timeline),
    overlaps: { total: overlaps.total, rows: await Promise.all(overlapRows) },
    segments: { total: segments.total, rows: await Promise.all(segmentRows) },
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
