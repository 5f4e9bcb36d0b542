/** A stretch of time on screen, epoch ms (UTC). `from` is smaller than `to`. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Closer than this the timeline does not go: log times are seldom finer than a millisecond. */
export const MIN_SPAN_MS = 1000;

/** Its length in ms. */
export function spanOf(window: TimeWindow): number {
  return window.to - window.from;
}

/** Room on both sides, so that what begins at `from` or ends at `to` is seen to do so. `least` in ms. */
export function padded(from: number, to: number, share: number, least: number): TimeWindow {
  const room = Math.max((to - from) * share, least);
  return { from: from - room, to: to + room };
}

/** The window, widened about its middle where it is shorter than MIN_SPAN_MS. */
export function atLeast(window: TimeWindow): TimeWindow {
  return padded(window.from, window.to, 0, Math.max(0, (MIN_SPAN_MS - spanOf(window)) / 2));
}

/**
 * The window moved (and if need be shortened) to lie within the limits. A window that another part of the app has set
 * beyond the limits is left there: `current` widens them, so that panning never jumps.
 */
export function within(window: TimeWindow, limits: TimeWindow, current: TimeWindow = limits): TimeWindow {
  const from = Math.min(limits.from, current.from);
  const to = Math.max(limits.to, current.to);
  const span = Math.min(Math.max(spanOf(window), MIN_SPAN_MS), to - from);
  const start = Math.min(Math.max(window.from, from), to - span);
  return { from: start, to: start + span };
}

/** Zooms so that the time `at` stays where it is on screen. A factor below 1 zooms in. */
export function zoomed(window: TimeWindow, factor: number, at: number, limits: TimeWindow): TimeWindow {
  const widest = spanOf({ from: Math.min(limits.from, window.from), to: Math.max(limits.to, window.to) });
  const span = Math.min(Math.max(spanOf(window) * factor, MIN_SPAN_MS), widest);
  const share = (at - window.from) / spanOf(window);
  const from = at - share * span;
  return within({ from, to: from + span }, limits, window);
}

/** Moved by so many ms, as far as the limits let it. */
export function panned(window: TimeWindow, byMs: number, limits: TimeWindow): TimeWindow {
  return within({ from: window.from + byMs, to: window.to + byMs }, limits, window);
}

/** Windows are made anew all the time: this tells whether anything has changed. */
export function sameWindow(a: TimeWindow, b: TimeWindow): boolean {
  return a.from === b.from && a.to === b.to;
}
