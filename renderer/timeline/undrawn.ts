import type { ArrangedTimeline } from './lane';
import type { TimeWindow } from './time-window';

/** From when to when a user may have overlaps that are counted and, because there are too many, neither listed nor drawn. */
export interface Undrawn extends TimeWindow {
  user: string;
  listed: number;
  inAll: number;
}

/** Undefined where all overlaps are drawn: `inAll` is how many there are. The engine lists the earliest. */
export function undrawnOf({ user, overlaps, to }: ArrangedTimeline, inAll: number): Undrawn | undefined {
  const listed = overlaps.start.length;
  if (inAll <= listed) return undefined;
  const from = overlaps.start.reduce((latest, start) => Math.max(latest, start), -Infinity);
  return from < to ? { user, listed, inAll, from, to } : undefined;
}
