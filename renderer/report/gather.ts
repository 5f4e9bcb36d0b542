import type { Timeline } from '../../shared/timeline';
import type { FindingState } from '../../shared/decisions';
import type { DetectionSummary, Finding, LogSummary, Overlap, Segment } from '../../shared/domain';
import { DoppelError } from '../../shared/errors';
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

export interface ReportContent {
  version: string;
  engine: string;
  log: LogSummary;
  detection: DetectionSummary;
  findings: ReportFinding[];
  /** When the report was made, epoch ms. */
  madeAt: number;
}

/** All that a report on these findings says, read from the engine. Throws `nothing-open` when the log was closed meanwhile. */
export async function gatherReport(
  client: Client,
  findings: readonly Finding[],
  decisions: ReadonlyMap<string, FindingState>,
  signal: AbortSignal,
): Promise<ReportContent> {
  const { version, engine } = await client.call('app.info', {}, { signal });
  const { log, detection } = await client.call('log.state', {}, { signal });
  if (!log || !detection) throw new DoppelError('nothing-open', 'No log is open. Open it again and repeat the report.');
  const gathered: ReportFinding[] = [];
  for (const finding of findings) {
    const { user } = finding;
    gathered.push({
      finding,
      decided: decisions.get(finding.id),
      timeline: await client.call('timeline.get', { user }, { signal }),
      overlaps: await allPages((page) => client.call('overlaps.page', { user, ...page }, { signal })),
      segments: await allPages((page) => client.call('segments.page', { user, ...page }, { signal })),
    });
  }
  return { version, engine, log, detection, findings: gathered, madeAt: Date.now() };
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
