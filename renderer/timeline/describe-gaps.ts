/** In words, where the log itself is silent: no bar there says nothing about the user. */
import { spellDuration } from '../../shared/time';
import { countOf, formatCount } from '../format-number';
import { formatSpan, formatTime, wholeSecond } from '../format-time';
import { isBetween } from './gap';
import type { Gap } from './gap';
import { spanOf } from './time-window';

/** From the longest to the shortest: what there is room for gets written. */
export function gapLabels(gap: Gap): string[] {
  const { edge, from, to } = gap;
  if (edge !== undefined) {
    const first = edge === 'before';
    const at = formatTime(wholeSecond(first ? to : from));
    return first
      ? [`before the first record of the log, ${at}`, 'before the log begins', 'no records']
      : [`after the last record of the log, ${at}`, 'after the log ends', 'no records'];
  }
  return [
    `the log has no records here: ${formatSpan(wholeSecond(gap.from), wholeSecond(gap.to))}`,
    `the log has no records for ${spellDuration(spanOf(gap))}`,
    `no records for ${spellDuration(spanOf(gap))}`,
    'no records',
  ];
}

/** What a segment, or any other stretch, has of the log's silence; undefined when nothing. */
export function silenceWithin(gaps: readonly Gap[], from: number, to: number): string | undefined {
  const shared = gaps
    .map((gap) => ({ from: Math.max(gap.from, from), to: Math.min(gap.to, to) }))
    .filter((part) => part.from < part.to);
  if (shared.length === 0) return undefined;
  const silent = shared.reduce((sum, part) => sum + spanOf(part), 0);
  return `the log has no records for ${spellDuration(silent)} of it`;
}

/** `The log itself has 2 gaps in this time.` and whether it begins or ends in it; or nothing. */
export function gapsSummary(gaps: readonly Gap[]): string {
  const between = gaps.filter(isBetween).length;
  const edges = gaps.flatMap(({ edge }) => (edge === 'before' ? 'begins' : edge === 'after' ? 'ends' : []));
  const words = [
    ...(between === 0 ? [] : [`The log itself has ${countOf(between, 'gap')} in this time.`]),
    ...(edges.length === 0 ? [] : [`The log itself ${edges.join(' and ')} in this time.`]),
  ];
  return words.map((sentence) => ` ${sentence}`).join('');
}

/** What one gap means, with when it is. */
export function gapWords(gaps: readonly Gap[], index: number): string {
  const gap = gaps[index];
  if (!gap) return '';
  const [words = ''] = gapLabels(gap);
  const length = isBetween(gap) ? `, ${spellDuration(spanOf(gap))}` : '';
  const place = `Gap ${formatCount(index + 1)} of ${formatCount(gaps.length)}`;
  return `${place}: ${words}${length}. That a bar is missing there proves nothing.`;
}
