import { TOP } from './math/layout';
import type { TimelineView } from './view';

/** Movement in CSS pixels from which a press is a drag and no longer a click. */
const DRAG_FROM = 4;
const LINE_PIXELS = 16;
const PAGE_PIXELS = 400;
const ZOOM_STEP = 0.6;
const PAN_STEP = 0.15;

/** Wheel, pointer and keys on the canvas become moves of the view. Returns the function that takes the hands off. */
export function attachInteraction(view: TimelineView): () => void {
  const { canvas } = view.elements;
  const ends = new AbortController();
  const { signal } = ends;
  let drag: { x: number; y: number; from: number; scroll: number; moved: boolean } | undefined;

  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === 1 ? LINE_PIXELS : event.deltaMode === 2 ? PAGE_PIXELS : 1;
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        view.panBy((sideways * unit) / Math.max(1, canvas.clientWidth));
      } else {
        // a pinch arrives as ctrl+wheel in small steps
        const strength = event.ctrlKey ? 0.01 : 0.0015;
        const turn = Math.min(400, Math.max(-400, event.deltaY * unit));
        view.zoom(Math.exp(turn * strength), view.scale.time(event.offsetX));
      }
      view.hoverAt(event.offsetX, event.offsetY);
    },
    { passive: false, signal },
  );

  canvas.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      const { scroll } = view.layout;
      drag = { x: event.offsetX, y: event.offsetY, from: view.window.from, scroll, moved: false };
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      if (!drag) return view.hoverAt(event.offsetX, event.offsetY);
      const [dx, dy] = [event.offsetX - drag.x, event.offsetY - drag.y];
      drag.moved ||= Math.abs(dx) > DRAG_FROM || Math.abs(dy) > DRAG_FROM;
      if (!drag.moved) return;
      canvas.dataset['dragging'] = 'true';
      view.leave();
      view.panTo(drag.from - view.scale.ms(dx));
      if (drag.y > TOP) view.scrollLanes(drag.scroll - dy);
    },
    { signal },
  );
  const release = (): void => {
    drag = undefined;
    delete canvas.dataset['dragging'];
  };
  canvas.addEventListener(
    'pointerup',
    (event) => {
      if (drag && !drag.moved) markAt(view, event.offsetX, event.offsetY);
      release();
    },
    { signal },
  );
  canvas.addEventListener('pointercancel', release, { signal });
  canvas.addEventListener('pointerleave', () => view.leave(), { signal });
  canvas.addEventListener(
    'dblclick',
    (event) => view.zoom(event.shiftKey ? 1 / ZOOM_STEP : ZOOM_STEP ** 2, view.scale.time(event.offsetX)),
    { signal },
  );
  canvas.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = KEYS[event.key];
      if (!act) return;
      event.preventDefault();
      act(view);
    },
    { signal },
  );
  return () => ends.abort();
}

/** A click marks the bar under it; on the strip, the overlap. The view stays where it is: a click must not jump. */
function markAt(view: TimelineView, x: number, y: number): void {
  view.hoverAt(x, y);
  const hit = view.state.hover;
  if (hit?.bar !== undefined) view.mark({ on: 'bar', bar: hit.bar });
  else if (hit?.overlap !== undefined) view.mark({ on: 'overlap', overlap: hit.overlap });
  else view.mark(undefined);
}

/** What the keys do while the canvas has the focus; the buttons do the same. */
const KEYS: Record<string, ((view: TimelineView) => void) | undefined> = {
  '+': zoomIn,
  '=': zoomIn,
  '-': zoomOut,
  _: zoomOut,
  ArrowLeft: (view) => view.panBy(-PAN_STEP),
  ArrowRight: (view) => view.panBy(PAN_STEP),
  ArrowUp: (view) => view.nextLane(-1),
  ArrowDown: (view) => view.nextLane(1),
  Home: (view) => view.panTo(view.model.limits.from),
  End: (view) => view.panTo(view.model.limits.to),
  f: (view) => view.fit(),
  o: (view) => view.nextOverlap(1),
  O: (view) => view.nextOverlap(-1),
  n: (view) => view.nextBar(1),
  p: (view) => view.nextBar(-1),
  Escape: (view) => view.mark(undefined),
};

export function zoomIn(view: TimelineView): void {
  view.zoom(ZOOM_STEP);
}

export function zoomOut(view: TimelineView): void {
  view.zoom(1 / ZOOM_STEP);
}
