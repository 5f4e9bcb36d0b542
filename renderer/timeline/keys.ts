import type { TimelineView } from './view';

const ZOOM_STEP = 0.6;
const PAN_STEP = 0.15;
const CURSOR_STEP = 0.01;

/** One step, around the middle; for the button. The keys zoom around the cursor. */
export function zoomIn(view: TimelineView): void {
  view.zoom(ZOOM_STEP);
}

/** One step back. */
export function zoomOut(view: TimelineView): void {
  view.zoom(1 / ZOOM_STEP);
}

/** The cursor is what one looks at; where it is out of sight, the middle stays. */
function zoomAtCursor(view: TimelineView, factor: number): void {
  const { time } = view.tools.cursor.state;
  const { from, to } = view.window;
  view.zoom(factor, time !== undefined && from <= time && time <= to ? time : undefined);
}

/** What the keys do while the canvas has the focus. False: nothing, so that the key is left to what lies around it. */
export const KEYS: Record<string, ((view: TimelineView) => boolean | void) | undefined> = {
  '+': (view) => zoomAtCursor(view, ZOOM_STEP),
  '=': (view) => zoomAtCursor(view, ZOOM_STEP),
  '-': (view) => zoomAtCursor(view, 1 / ZOOM_STEP),
  _: (view) => zoomAtCursor(view, 1 / ZOOM_STEP),
  ArrowLeft: (view) => view.panBy(-PAN_STEP),
  ArrowRight: (view) => view.panBy(PAN_STEP),
  ArrowUp: (view) => view.nextLane(-1),
  ArrowDown: (view) => view.nextLane(1),
  Home: (view) => view.panTo(view.model.limits.from),
  End: (view) => view.panTo(view.model.limits.to),
  f: (view) => view.fit(),
  Enter: (view) => view.fitFocus(),
  o: (view) => view.nextOverlap(1),
  O: (view) => view.nextOverlap(-1),
  b: (view) => view.nextGap(1),
  B: (view) => view.nextGap(-1),
  n: (view) => view.nextBar(1),
  p: (view) => view.nextBar(-1),
  ',': (view) => view.tools.step(-CURSOR_STEP),
  '.': (view) => view.tools.step(CURSOR_STEP),
  '<': (view) => view.tools.step(-10 * CURSOR_STEP),
  '>': (view) => view.tools.step(10 * CURSOR_STEP),
  '[': (view) => view.tools.jump(-1),
  ']': (view) => view.tools.jump(1),
  m: (view) => view.tools.measure(),
  a: (view) => view.tools.select(),
  Escape: (view) => {
    if (view.tools.marks.clear()) return true;
    if (!view.state.focus) return false;
    view.mark(undefined);
    return true;
  },
};

/** For aria-keyshortcuts. */
export const KEY_NAMES =
  '+ - ArrowLeft ArrowRight ArrowUp ArrowDown Home End f Enter o Shift+O b Shift+B n p , . [ ] m a Escape';
