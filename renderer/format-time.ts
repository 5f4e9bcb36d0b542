import { formatOffset, offsetAt } from '../shared/zone-offset';
import { clockOf, isUtc, offsetWords, zoneStore } from './time-zone/zone';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (value: number): string => String(value).padStart(2, '0');

/** `2 Mar 2026` in the zone that is chosen, as all times here. */
export function formatDay(epochMs: number): string {
  return dayOf(clockOf(epochMs));
}

/** `09:10:03`; milliseconds only where there are any: `09:10:03.120`. */
export function formatClock(epochMs: number): string {
  const date = clockOf(epochMs);
  const ms = date.getUTCMilliseconds();
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return ms === 0 ? clock : `${clock}.${String(ms).padStart(3, '0')}`;
}

function dayOf(date: Date): string {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** For places whose heading names the zone: `2 Mar 2026 09:10:03` in UTC, elsewhere `2 Mar 2026 10:10:03 +01:00`. */
export function formatShort(epochMs: number): string {
  const plain = plainOf(epochMs);
  return isUtc() ? plain : `${plain} ${formatOffset(offsetAt(zoneStore.state.zone, epochMs))}`;
}

/** `2 Mar 2026 09:10:03 UTC`, `2 Mar 2026 10:10:03 UTC+01:00` */
export function formatTime(epochMs: number): string {
  return `${plainOf(epochMs)} ${offsetWords(epochMs)}`;
}

/** The time without what a person does not read at a glance; the exact one is in the timeline's tables. */
export function wholeSecond(epochMs: number): number {
  return Math.floor(epochMs / 1000) * 1000;
}

/**
 * From one time to another, the day and the distance from UTC written once when they are the same:
 * `2 Mar 2026 09:10:03 to 09:52:13 UTC`.
 */
export function formatSpan(from: number, to: number): string {
  const end = formatDay(from) === formatDay(to) ? formatClock(to) : plainOf(to);
  const [before, after] = [offsetWords(from), offsetWords(to)];
  return `${plainOf(from)}${before === after ? '' : ` ${before}`} to ${end} ${after}`;
}

function plainOf(epochMs: number): string {
  return `${formatDay(epochMs)} ${formatClock(epochMs)}`;
}
