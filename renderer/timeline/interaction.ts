import { KEYS } from './keys';
import { TOP } from './math/layout';
import type { TimelineView } from './view';

/** Movement in CSS pixels from which a press is a drag and no longer a click. */
const DRAG_FROM = 4;
const LINE_PIXELS = 16;
const PAGE_PIXELS = 400;
const ZOOM_STEP = 0.6;

interface Drag {
  x: number;
  y: number;
  from: number;
  scroll: number;
  moved: boolean;
  /** Shift selects an area, Alt measures, and nothing moves the view. */
  does: 'pan' | 'area' | 'measure';
}

/** Wheel, pointer and keys on the canvas become moves of the view. Returns the function that takes the hands off. */
export function attachInteraction(view: TimelineView): () => void {
  const { canvas } = view.elements;
  const ends = new AbortController();
  const { signal } = ends;
  let drag: Drag | undefined;

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
      const does = event.shiftKey ? 'area' : event.altKey ? 'measure' : 'pan';
      drag = { x: event.offsetX, y: event.offsetY, from: view.window.from, scroll, moved: false, does };
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      if (!drag) {
        view.tools.point(event.offsetX, event.offsetY);
        return view.hoverAt(event.offsetX, event.offsetY);
      }
      const [dx, dy] = [event.offsetX - drag.x, event.offsetY - drag.y];
      const began = !drag.moved && (Math.abs(dx) > DRAG_FROM || Math.abs(dy) > DRAG_FROM);
      drag.moved ||= began;
      if (!drag.moved) return;
      if (drag.does !== 'pan') {
        if (began) view.tools.press(drag.does, drag.x, drag.y);
        view.leave();
        view.tools.point(event.offsetX, event.offsetY);
        return;
      }
      canvas.dataset['dragging'] = 'true';
      view.leave();
      view.panTo(drag.from - view.scale.ms(dx));
      if (drag.y > TOP) view.scrollLanes(drag.scroll - dy);
    },
    { signal },
  );
  const release = (): void => {
    if (drag?.moved && drag.does !== 'pan') view.tools.release();
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
    (event) => {
      // its first click has marked what lies there
      if (!event.shiftKey && view.fitFocus()) return;
      view.zoom(event.shiftKey ? 1 / ZOOM_STEP : ZOOM_STEP ** 2, view.scale.time(event.offsetX));
    },
    { signal },
  );
  canvas.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
      if (!act) return;
      if (act(view) !== false) event.preventDefault();
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
