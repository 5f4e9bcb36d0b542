const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (value: number): string => String(value).padStart(2, '0');

/** `2 Mar 2026` in UTC. */
export function formatDay(epochMs: number): string {
  const date = new Date(epochMs);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** `09:10:03` in UTC; milliseconds only where there are any: `09:10:03.120`. */
export function formatClock(epochMs: number): string {
  const date = new Date(epochMs);
  const ms = date.getUTCMilliseconds();
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return ms === 0 ? clock : `${clock}.${String(ms).padStart(3, '0')}`;
}

/** `2 Mar 2026 09:10:03` in UTC, for places whose heading already says UTC. */
export function formatUtc(epochMs: number): string {
  return `${formatDay(epochMs)} ${formatClock(epochMs)}`;
}

/** `2 Mar 2026 09:10:03 UTC` */
export function formatTime(epochMs: number): string {
  return `${formatUtc(epochMs)} UTC`;
}

/** The time without what a person does not read at a glance; the exact one is in the timeline's tables. */
export function wholeSecond(epochMs: number): number {
  return Math.floor(epochMs / 1000) * 1000;
}

/** From one time to another, the day written once when it is the same: `2 Mar 2026 09:10:03 to 09:52:13 UTC`. */
export function formatSpan(from: number, to: number): string {
  const end = formatDay(from) === formatDay(to) ? formatClock(to) : formatUtc(to);
  return `${formatUtc(from)} to ${end} UTC`;
}
