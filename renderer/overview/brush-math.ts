import type { TimeWindow } from '../timeline/time-window';

/** Closer together than this, two ends of a drag are a click. */
const CLICK_PX = 3;

/** The time at a place of a strip that is `width` wide and shows `span`; places outside are brought in. */
export function timeAt(x: number, width: number, span: TimeWindow): number {
  const share = width <= 0 ? 0 : Math.min(1, Math.max(0, x / width));
  return Math.round(span.from + share * (span.to - span.from));
}

/** Where a time lies, as a share of the strip from 0 to 1; times outside lie at its ends. */
export function shareAt(time: number, span: TimeWindow): number {
  if (span.to <= span.from) return 0;
  return Math.min(1, Math.max(0, (time - span.from) / (span.to - span.from)));
}

/** Whether a press and its release, in CSS pixels, are so close that nobody meant to drag. */
export function isClick(fromX: number, toX: number): boolean {
  return Math.abs(toX - fromX) < CLICK_PX;
}

/** The window between two places; undefined for what is a click and no drag. */
export function dragged(fromX: number, toX: number, width: number, span: TimeWindow): TimeWindow | undefined {
  if (isClick(fromX, toX)) return undefined;
  const [from, to] = [timeAt(Math.min(fromX, toX), width, span), timeAt(Math.max(fromX, toX), width, span)];
  return from < to ? { from, to } : undefined;
}

/** The window moved by so many ms, its length kept, inside the span. */
export function moved(window: TimeWindow, byMs: number, span: TimeWindow): TimeWindow {
  const length = Math.min(window.to - window.from, span.to - span.from);
  const from = Math.min(Math.max(window.from + byMs, span.from), span.to - length);
  return { from, to: from + length };
}

export type Edge = 'from' | 'to';

/** One end moved to `time`, inside the span; the ends stay a step apart and never change places. */
export function withEdge(window: TimeWindow, edge: Edge, time: number, span: TimeWindow): TimeWindow {
  const gap = Math.min(stepOf(span), span.to - span.from);
  return edge === 'from'
    ? { from: Math.max(span.from, Math.min(time, window.to - gap)), to: window.to }
    : { from: window.from, to: Math.min(span.to, Math.max(time, window.from + gap)) };
}

/** How far one press of an arrow key moves an end: a hundredth of the span. */
export function stepOf(span: TimeWindow): number {
  return Math.max(1, Math.round((span.to - span.from) / 100));
}

/** The bin of `count` equal ones that a place falls into. */
export function binAt(x: number, width: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((x / Math.max(1, width)) * count)));
}

/** True for a window that hides nothing of the span. */
export function coversAll(window: TimeWindow, span: TimeWindow): boolean {
  return window.from <= span.from && window.to >= span.to;
}
