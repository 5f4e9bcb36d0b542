/** What is measured and selected on the timeline, in words. */
import type { AreaTotals } from '../../shared/timeline';
import { spellDuration } from '../../shared/time';
import { countOf } from '../format-number';
import { formatSpan, formatTime } from '../format-time';
import { lanesWithin, stretchOf } from './marks';
import type { Area, Measure } from './marks';
import type { TimelineModel } from './model';
import { spanOf } from './time-window';

/** `42 min 10 s, 2 Mar 2026 10:11:00 to 10:53:10 UTC` */
export function lengthWords(mark: Measure): string {
  const stretch = stretchOf(mark);
  if (mark.isOpen && stretch.from === stretch.to) return `from ${formatTime(stretch.from)}`;
  return `${spellDuration(spanOf(stretch))}, ${formatSpan(stretch.from, stretch.to)}`;
}

/** What is in the area; the length alone until the engine has counted. */
export function areaWords(model: TimelineModel, area: Area, totals: AreaTotals | undefined): string {
  const { first, last } = lanesWithin(area);
  const lanes = `${last - first + 1} of ${countOf(model.lanes.length, 'lane')}`;
  const { from, to } = stretchOf(area);
  if (!totals) return `${lengthWords(area)}, ${lanes}`;
  const { records, segments, ips, overlaps } = totals;
  const what = [countOf(ips, 'source IP'), countOf(segments, 'segment'), countOf(records, 'record')];
  // what is counted comes first: the line may be cut at its end
  const counted = [...what, overlaps === 0 ? 'no overlap' : countOf(overlaps, 'overlap')].join(', ');
  return `${spellDuration(spanOf({ from, to }))}, ${counted}; ${lanes}, ${formatSpan(from, to)}`;
}
