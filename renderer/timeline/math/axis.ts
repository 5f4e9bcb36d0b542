import { scaleUtc } from 'd3-scale';
import { formatClock, formatDay } from '../../format-time';
import type { TimeWindow } from '../time-window';

export interface Tick {
  time: number;
  label: string;
}
/** A day, month or year that the window shows at least a part of. `from` may lie before the window. */
export interface Period {
  from: number;
  label: string;
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

/** Ticks at round UTC times, and the periods above them; `width` in CSS pixels. */
export function timeAxis(window: TimeWindow, width: number): Axis {
  const times = scaleUtc()
    .domain([window.from, window.to])
    .ticks(Math.max(2, Math.floor(width / TICK_ROOM)))
    .map((tick) => tick.getTime());
  const step = Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? time)), window.to - window.from);
  const unit = step < DAY ? 'day' : step < 28 * DAY ? 'month' : 'year';
  return { ticks: times.map((time) => ({ time, label: tickLabel(time, step) })), periods: periods(window, unit) };
}

function tickLabel(time: number, step: number): string {
  const clock = formatClock(time);
  if (step < MINUTE) return clock;
  if (step < DAY) return clock.slice(0, 5);
  const [day = '', month = '', year = ''] = formatDay(time).split(' ');
  if (step < 28 * DAY) return `${DAY_NAMES[new Date(time).getUTCDay()] ?? ''} ${day}`;
  return step < 360 * DAY ? month : year;
}

function periods(window: TimeWindow, unit: 'day' | 'month' | 'year'): Period[] {
  const found: Period[] = [];
  for (let from = floorTo(window.from, unit); from < window.to; from = next(from, unit)) {
    found.push({ from, label: periodLabel(from, unit) });
  }
  return found;
}

function floorTo(time: number, unit: 'day' | 'month' | 'year'): number {
  const date = new Date(time);
  if (unit === 'day') return Math.floor(time / DAY) * DAY;
  return Date.UTC(date.getUTCFullYear(), unit === 'month' ? date.getUTCMonth() : 0);
}

function next(time: number, unit: 'day' | 'month' | 'year'): number {
  const date = new Date(time);
  if (unit === 'day') return time + DAY;
  return unit === 'month'
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
    : Date.UTC(date.getUTCFullYear() + 1, 0);
}

function periodLabel(time: number, unit: 'day' | 'month' | 'year'): string {
  if (unit === 'day') return `${DAY_NAMES[new Date(time).getUTCDay()] ?? ''} ${formatDay(time)}`;
  return unit === 'month' ? formatDay(time).replace(/^\d+ /, '') : String(new Date(time).getUTCFullYear());
}
