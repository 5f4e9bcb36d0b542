/* oxlint-disable jsx-a11y/prefer-tag-over-role -- two ends on one strip: no <input> does that */
import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { formatTime, wholeSecond } from '../format-time';
import type { TimeWindow } from '../timeline/time-window';
import css from './Brush.module.css';
import { binAt, coversAll, dragged, isClick, moved, shareAt, stepOf, timeAt, withEdge } from './brush-math';
import type { Edge } from './brush-math';
import { PLOT } from './plot-area';

interface Props {
  span: TimeWindow;
  bins: number;
  window: TimeWindow | undefined;
  onWindow: (window: TimeWindow | undefined) => void;
  /** A bin was clicked. */
  onPick: (bin: number) => void;
  /** The bin under the pointer; undefined when it has left. */
  onBin: (bin: number | undefined) => void;
}
type Drag = { startX: number } & ({ kind: 'new' } | { kind: 'move' | Edge; window: TimeWindow });

/** The stretch of time that the timeline shows: drag a new one, drag it along, drag or key its ends, double-click for all. A click picks a bin. */
export function Brush({ span, bins, window, onWindow, onPick, onBin }: Props) {
  const strip = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag>();
  const shown = window ?? span;
  const set = (next: TimeWindow | undefined): void => onWindow(next && coversAll(next, span) ? undefined : next);

  const place = (event: PointerEvent): { x: number; width: number } => {
    const box = strip.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), width: box?.width ?? 1 };
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const { x } = place(event);
    const grip = event.target instanceof HTMLElement ? event.target.dataset['grip'] : undefined;
    strip.current?.setPointerCapture(event.pointerId);
    if (grip === 'from' || grip === 'to') setDrag({ kind: grip, startX: x, window: shown });
    else if (grip === 'window' && window) setDrag({ kind: 'move', startX: x, window });
    else setDrag({ kind: 'new', startX: x });
  };
  const onPointerMove = (event: PointerEvent): void => {
    const { x, width } = place(event);
    onBin(binAt(x, width, bins));
    if (!drag) return;
    if (drag.kind === 'new') {
      const next = dragged(drag.startX, x, width, span);
      if (next) set(next);
    } else if (drag.kind === 'move') {
      set(moved(drag.window, timeAt(x, width, span) - timeAt(drag.startX, width, span), span));
    } else {
      // an end goes as far as the hand does: it may have been taken beside its line
      const by = Math.round(((x - drag.startX) / Math.max(1, width)) * (span.to - span.from));
      set(withEdge(drag.window, drag.kind, drag.window[drag.kind] + by, span));
    }
  };
  const onPointerUp = (event: PointerEvent): void => {
    const { x, width } = place(event);
    setDrag(undefined);
    if (drag && drag.kind !== 'from' && drag.kind !== 'to' && isClick(drag.startX, x)) onPick(binAt(x, width, bins));
  };
  const onKeyDown = (event: KeyboardEvent, edge: Edge): void => {
    const step = stepOf(span) * (event.shiftKey ? 10 : 1);
    const target: Partial<Record<string, number>> = {
      ArrowLeft: shown[edge] - step,
      ArrowRight: shown[edge] + step,
      Home: span.from,
      End: span.to,
    };
    const time = target[event.key];
    if (event.key === 'Escape') set(undefined);
    else if (time !== undefined) set(withEdge(shown, edge, time, span));
    else return;
    event.preventDefault();
  };

  const left = 100 * shareAt(shown.from, span);
  const right = 100 * shareAt(shown.to, span);
  const handle = (edge: Edge, label: string, at: number) => (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={span.from}
      aria-valuemax={span.to}
      aria-valuenow={Math.round(Math.min(span.to, Math.max(span.from, shown[edge])))}
      aria-valuetext={formatTime(wholeSecond(shown[edge]))}
      data-grip={edge}
      className={css.handle}
      style={{ left: `${at}%` }}
      onKeyDown={(event) => onKeyDown(event, edge)}
    />
  );
  return (
    // the pointer's part of it; the keys' part are the two sliders inside
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={strip}
      role="group"
      aria-label="Time window"
      className={css.strip}
      style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(undefined)}
      onPointerLeave={() => onBin(undefined)}
      onDoubleClick={() => set(undefined)}
    >
      {window && (
        <>
          <div className={css.outside} style={{ left: 0, width: `${left}%` }} />
          <div className={css.outside} style={{ left: `${right}%`, right: 0 }} />
          <div data-grip="window" className={css.window} style={{ left: `${left}%`, width: `${right - left}%` }} />
        </>
      )}
      {handle('from', 'Start of the time window', left)}
      {handle('to', 'End of the time window', right)}
    </div>
  );
}
