import { countOf } from '../format-number';
import { formatClock, formatDay, formatSpan, wholeSecond } from '../format-time';
import type { TimeWindow } from '../timeline/time-window';
import type { Histogram } from './use-histogram';

const GAPS_NAMED = 3;

function binSpan({ from, to, overlaps }: Histogram, bin: number): string {
  const width = (to - from) / overlaps.length;
  const start = from + bin * width;
  // whole seconds: the ends of a bin are nobody's event
  return formatSpan(wholeSecond(start), wholeSecond(start + width));
}

/** The label of a round time below the chart: the day where it begins, else the clock. */
export function tickInWords(time: number): string {
  const clock = formatClock(time);
  if (clock === '00:00:00') return formatDay(time);
  return clock.endsWith(':00') ? clock.slice(0, 5) : clock;
}

/** What goes on in one bin: `2 Mar 2026 09:10:00 to 09:16:00 UTC: 4 overlaps of 3 users`. */
export function binInWords(histogram: Histogram, bin: number, gaps: readonly TimeWindow[] = []): string {
  const overlaps = histogram.overlaps[bin] ?? 0;
  const users = histogram.users[bin] ?? 0;
  const what = overlaps === 0 ? 'no overlap' : `${countOf(overlaps, 'overlap')} of ${countOf(users, 'user')}`;
  const width = (histogram.to - histogram.from) / histogram.overlaps.length;
  const middle = histogram.from + (bin + 0.5) * width;
  const isSilent = gaps.some(({ from, to }) => from <= middle && middle <= to);
  return `${binSpan(histogram, bin)}: ${what}${isSilent ? '; the log has no records here' : ''}`;
}

/** The chart in one sentence, for whoever does not see it: when there is anything, and when there is most. */
export function histogramInWords(histogram: Histogram): string {
  let peak = 0;
  let busy = 0;
  for (const [bin, overlaps] of histogram.overlaps.entries()) {
    if (overlaps > 0) busy++;
    if (overlaps > (histogram.overlaps[peak] ?? 0)) peak = bin;
  }
  const span = formatSpan(wholeSecond(histogram.from), wholeSecond(histogram.to));
  if (busy === 0) return `No overlaps from ${span}.`;
  const share = Math.max(1, Math.round((100 * busy) / histogram.overlaps.length));
  return `Overlaps from ${span}: something in ${share} % of the time; most at ${binInWords(histogram, peak)}.`;
}

/** Where the log itself is silent, the longest first: `The log has no records 2 Mar 2026 01:10:00 to 02:40:00 UTC.` */
export function gapsInWords(gaps: readonly TimeWindow[]): string {
  const named = gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, GAPS_NAMED);
  const spans = named.map(({ from, to }) => formatSpan(wholeSecond(from), wholeSecond(to)));
  const more = gaps.length > named.length ? `, and ${countOf(gaps.length - named.length, 'shorter time')}` : '';
  return `The log has no records ${spans.join(', ')}${more}.`;
}
