import { spellDuration } from '../../../shared/time';
import { formatClock } from '../../format-time';
import { lanesWithin, stretchOf } from '../marks';
import type { MarksState, Measure } from '../marks';
import { AXIS_HEIGHT, TOP, laneTop } from '../math/layout';
import { spanOf } from '../time-window';
import type { Frame } from './draw';

/** What the analyst points at, measures and selects; a picture has none of it. */
export interface SceneMarks extends MarksState {
  cursor: number | undefined;
}

/** Behind axis and strip: the area over its lanes, the two ends of a measurement, the cursor. */
export function drawMarks(frame: Frame): void {
  const { context, layout, palette, marks, scale } = frame;
  if (!marks) return;
  if (marks.area) {
    const { from, to } = stretchOf(marks.area);
    const { first, last } = lanesWithin(marks.area);
    const [x0, x1] = [Math.max(-8, scale.x(from)), Math.min(layout.width + 8, scale.x(to))];
    const [top, bottom] = [laneTop(layout, first), laneTop(layout, last) + layout.laneHeight];
    context.globalAlpha = 0.16;
    context.fillStyle = palette.accent;
    context.fillRect(x0, top, x1 - x0, bottom - top);
    context.globalAlpha = 1;
    context.strokeStyle = palette.accent;
    context.lineWidth = 2;
    context.strokeRect(x0, top + 1, Math.max(1, x1 - x0), bottom - top - 2);
  }
  if (marks.measure) {
    const { from, to } = stretchOf(marks.measure);
    context.fillStyle = palette.accent;
    for (const time of [from, to]) context.fillRect(Math.round(scale.x(time)) - 0.5, TOP, 2, layout.height - TOP);
  }
  if (marks.cursor !== undefined) drawCursorLine(frame, marks.cursor);
}

function drawCursorLine({ context, layout, palette, scale }: Frame, cursor: number): void {
  const x = Math.round(scale.x(cursor));
  context.fillStyle = palette.accent;
  for (let y = TOP; y < layout.height; y += 6) context.fillRect(x, y, 1, 4);
}

/** On the axis: the length of what is measured or selected, between its ends, and the time of the cursor. */
export function drawMarkLabels(frame: Frame): void {
  const { marks } = frame;
  if (!marks) return;
  for (const mark of [marks.area, marks.measure]) if (mark) drawLength(frame, mark);
  if (marks.cursor !== undefined) drawCursorLabel(frame, marks.cursor);
}

function drawLength(frame: Frame, mark: Measure): void {
  const { context, palette, scale, layout } = frame;
  const stretch = stretchOf(mark);
  const [x0, x1] = [scale.x(stretch.from), scale.x(stretch.to)];
  context.fillStyle = palette.accent;
  context.fillRect(x0, AXIS_HEIGHT - 3, x1 - x0, 2);
  for (const x of [x0, x1]) context.fillRect(Math.round(x) - 1, AXIS_HEIGHT - 8, 2, 8);
  const text = spellDuration(spanOf(stretch));
  context.font = `600 11px ${palette.font}`;
  const { width } = context.measureText(text);
  const middle = (Math.max(0, x0) + Math.min(layout.width, x1)) / 2;
  chip(frame, text, Math.min(layout.width - width - 8, Math.max(0, middle - width / 2 - 4)), 3, width);
}

/** Where the cursor is out of sight, its time stands at the edge that it is behind. */
function drawCursorLabel(frame: Frame, cursor: number): void {
  const { context, palette, scale, layout } = frame;
  const x = scale.x(cursor);
  const text = `${x < 0 ? '◂ ' : ''}${formatClock(cursor)}${x > layout.width ? ' ▸' : ''}`;
  context.font = `11px ${palette.font}`;
  const { width } = context.measureText(text);
  chip(frame, text, Math.min(layout.width - width - 8, Math.max(0, x - width / 2 - 4)), 20, width);
}

function chip({ context, palette }: Frame, text: string, x: number, y: number, width: number): void {
  context.textAlign = 'left';
  context.fillStyle = palette.accent;
  context.fillRect(x, y, width + 8, 16);
  context.fillStyle = palette.overlapText;
  context.fillText(text, x + 4, y + 8.5);
}
