import { scaleUtc } from 'd3-scale';
import { timeAtClock } from '../../../shared/zone-offset';
import { formatClock, formatDay } from '../../format-time';
import { clockOf, zoneStore } from '../../time-zone/zone';
import type { TimeWindow } from '../time-window';

export interface Tick {
  time: number;
  label: string;
}
/** A day, month or year that the window shows at least a part of. `from` may lie before the window. */
interface Period {
  from: number;
  label: string;
  /** The same where there is little room. */
  short: string;
}
export interface Axis {
  ticks: Tick[];
  /** What the ticks leave out: the day for clock times, the month and year for days. Written above them, always. */
  periods: Period[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAY_NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
/** CSS pixels that one tick label needs, the distance to the next included. */
const TICK_ROOM = 96;

/** Ticks at times that are round in the zone that is chosen, and the periods above them; `width` in CSS pixels. */
export function timeAxis(window: TimeWindow, width: number): Axis {
  const times = roundTimes(window, Math.max(2, Math.floor(width / TICK_ROOM)));
  const step = Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? time)), window.to - window.from);
  const unit = step < DAY ? 'day' : step < 28 * DAY ? 'month' : 'year';
  return { ticks: times.map((time) => ({ time, label: tickLabel(time, step) })), periods: periods(window, unit) };
}

/** About `count` times of the window at which a clock in the zone shows something round. */
export function roundTimes({ from, to }: TimeWindow, count: number): number[] {
  const { zone } = zoneStore.state;
  return (
    scaleUtc()
      .domain([clockOf(from), clockOf(to)])
      .ticks(count)
      .map((tick) => timeAtClock(zone, tick.getTime()))
      .filter((time) => time >= from && time <= to)
      // an hour that the clocks leave out would come again under the times before it
      .filter((time, at, all) => all.slice(0, at).every((before) => before < time))
  );
}

function tickLabel(time: number, step: number): string {
  const clock = formatClock(time);
  if (step < MINUTE) return clock;
  if (step < DAY) return clock.slice(0, 5);
  const [day = '', month = '', year = ''] = formatDay(time).split(' ');
  if (step < 28 * DAY) return `${DAY_NAMES[clockOf(time).getUTCDay()] ?? ''} ${day}`;
  return step < 360 * DAY ? month : year;
}

function periods(window: TimeWindow, unit: 'day' | 'month' | 'year'): Period[] {
  const found: Period[] = [];
  for (let from = floorTo(window.from, unit); from < window.to; from = next(from, unit)) {
    const label = periodLabel(from, unit);
    found.push({ from, label, short: unit === 'day' ? label.replace(/ \d+$/, '') : label });
  }
  return found;
}

function floorTo(time: number, unit: 'day' | 'month' | 'year'): number {
  const date = clockOf(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return atClock(
    unit === 'day' ? Date.UTC(year, month, date.getUTCDate()) : Date.UTC(year, unit === 'month' ? month : 0),
  );
}

function next(time: number, unit: 'day' | 'month' | 'year'): number {
  const date = clockOf(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === 'day') return atClock(Date.UTC(year, month, date.getUTCDate() + 1));
  return atClock(unit === 'month' ? Date.UTC(year, month + 1) : Date.UTC(year + 1, 0));
}

function atClock(clockMs: number): number {
  return timeAtClock(zoneStore.state.zone, clockMs);
}

function periodLabel(time: number, unit: 'day' | 'month' | 'year'): string {
  if (unit === 'day') return `${DAY_NAMES[clockOf(time).getUTCDay()] ?? ''} ${formatDay(time)}`;
  return unit === 'month' ? formatDay(time).replace(/^\d+ /, '') : String(clockOf(time).getUTCFullYear());
}
