/** Times in a zone: how far it is from UTC at a time, and times written with that. */
import { isoTime } from './time';
import { parseTimeZone } from './time-zone';
import type { TimeZone } from './time-zone';

const MINUTE = 60_000;
/** Zones change their distance at whole quarters of an hour. */
const QUARTER = 15 * MINUTE;
const MOST_KNOWN = 20_000;

interface Clock {
  format: Intl.DateTimeFormat;
  /** Distances by the quarter of an hour. */
  known: Map<number, number>;
}
const clocks = new Map<string, Clock>();

/** How far a zone is ahead of UTC at a time, in ms; negative west of Greenwich. */
export function offsetAt(zone: TimeZone, epochMs: number): number {
  if ('offsetMs' in zone) return zone.offsetMs;
  const clock = clockOf(zone.name);
  const quarter = Math.floor(epochMs / QUARTER);
  const known = clock.known.get(quarter);
  if (known !== undefined) return known;
  const at = quarter * QUARTER;
  const parts: Record<string, number> = {};
  for (const { type, value } of clock.format.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - at;
  if (clock.known.size >= MOST_KNOWN) clock.known.clear();
  clock.known.set(quarter, offset);
  return offset;
}

function clockOf(name: string): Clock {
  let clock = clocks.get(name);
  if (!clock) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(name, (clock = { format, known: new Map() }));
  }
  return clock;
}

/** The time that a clock in the zone shows as this date in UTC would be shown; an hour that comes twice is the first one. */
export function timeAtClock(zone: TimeZone, clockMs: number): number {
  const early = clockMs - offsetAt(zone, clockMs - 24 * 60 * MINUTE);
  if (early + offsetAt(zone, early) === clockMs) return early;
  return clockMs - offsetAt(zone, early);
}

/** `+01:00`, `-05:30`, `+00:00` */
export function formatOffset(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `2026-03-02T09:15:03.120+01:00`; in UTC `2026-03-02T08:15:03.120Z` */
export function isoTimeIn(zone: TimeZone, epochMs: number): string {
  if ('offsetMs' in zone && zone.offsetMs === 0) return isoTime(epochMs);
  const offset = Math.round(offsetAt(zone, epochMs) / MINUTE) * MINUTE;
  return isoTime(epochMs + offset).replace('Z', formatOffset(offset));
}

/** Writes times in the zone of that name; in UTC where none is named, or it is none. */
export function timesIn(zone: string | undefined): (epochMs: number) => string {
  const parsed = zone === undefined ? undefined : parseTimeZone(zone);
  return parsed ? (epochMs) => isoTimeIn(parsed, epochMs) : isoTime;
}

/** When the distance changes within a stretch, to the quarter of an hour: where each stretch begins, and its distance. */
export function offsetsIn(zone: TimeZone, from: number, to: number): { from: number; offsetMs: number }[] {
  const found = [{ from, offsetMs: offsetAt(zone, from) }];
  if ('offsetMs' in zone) return found;
  for (let at = from; at < to;) {
    // no zone changes twice in a week
    const next = Math.min(to, at + 7 * 24 * 60 * MINUTE);
    if (offsetAt(zone, next) !== offsetAt(zone, at)) {
      let [before, after] = [Math.floor(at / QUARTER), Math.ceil(next / QUARTER)];
      while (after - before > 1) {
        const middle = Math.floor((before + after) / 2);
        if (offsetAt(zone, middle * QUARTER) === offsetAt(zone, at)) before = middle;
        else after = middle;
      }
      found.push({ from: after * QUARTER, offsetMs: offsetAt(zone, after * QUARTER) });
    }
    at = next;
  }
  return found;
}
