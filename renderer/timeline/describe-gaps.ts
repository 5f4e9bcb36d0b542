/** In words, where the log itself is silent: no bar there says nothing about the user. */
import { spellDuration } from '../../shared/time';
import { countOf } from '../format-number';
import { formatSpan, wholeSecond } from '../format-time';
import type { TimeWindow } from './time-window';
import { spanOf } from './time-window';

/** From the longest to the shortest: what there is room for gets written. */
export function gapLabels(gap: TimeWindow): string[] {
  return [
    `the log has no records here: ${formatSpan(wholeSecond(gap.from), wholeSecond(gap.to))}`,
    `the log has no records for ${spellDuration(spanOf(gap))}`,
    `no records for ${spellDuration(spanOf(gap))}`,
    'no records',
  ];
}

/** What a segment, or any other stretch, has of the log's silence; undefined when nothing. */
export function silenceWithin(gaps: readonly TimeWindow[], from: number, to: number): string | undefined {
  const shared = gaps
    .map((gap) => ({ from: Math.max(gap.from, from), to: Math.min(gap.to, to) }))
    .filter((part) => part.from < part.to);
  if (shared.length === 0) return undefined;
  const silent = shared.reduce((sum, part) => sum + spanOf(part), 0);
  return `the log has no records for ${spellDuration(silent)} of it`;
}

/** `The log has no records for 2 stretches of this time.`, or nothing. */
export function gapsSummary(gaps: readonly TimeWindow[]): string {
  return gaps.length === 0 ? '' : ` The log itself has ${countOf(gaps.length, 'gap')} in this time.`;
}
