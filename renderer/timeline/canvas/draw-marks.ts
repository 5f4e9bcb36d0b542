import { spellDuration } from '../../../shared/time';
import { formatClock } from '../../format-time';
import { lanesWithin, stretchOf } from '../marks';
import type { MarksState } from '../marks';
import { AXIS_HEIGHT, TOP, laneTop } from '../math/layout';
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

/** A text on the axis that stands before its labels: the length of what is measured or selected, the time of the cursor. */
export interface Chip {
  row: 'period' | 'tick';
  text: string;
  x: number;
  width: number;
}
const CHIP_Y = { period: 3, tick: 20 };
const CHIP_FONT = { period: '600 11px', tick: '11px' };
const CHIP_PADDING = 4;

/** The lengths and the time that stand on the axis, placed so that each is whole on screen. */
export function chipsOf(frame: Frame): Chip[] {
  const { marks, scale, layout } = frame;
  if (!marks) return [];
  const lengths = [marks.area, marks.measure].flatMap((mark) => {
    if (!mark) return [];
    const { from, to } = stretchOf(mark);
    const middle = (Math.max(0, scale.x(from)) + Math.min(layout.width, scale.x(to))) / 2;
    return chipAt(frame, 'period', spellDuration(to - from), middle);
  });
  return [...lengths, ...(marks.cursor === undefined ? [] : [cursorChip(frame, marks.cursor)])];
}

/** Where the cursor is out of sight, its time stands at the edge that it is behind. */
function cursorChip(frame: Frame, cursor: number): Chip {
  const x = frame.scale.x(cursor);
  const text = `${x < 0 ? '◂ ' : ''}${formatClock(cursor)}${x > frame.layout.width ? ' ▸' : ''}`;
  return chipAt(frame, 'tick', text, x);
}

/** About this place, as far as the picture goes. */
function chipAt({ context, palette, layout }: Frame, row: Chip['row'], text: string, middle: number): Chip {
  context.font = `${CHIP_FONT[row]} ${palette.font}`;
  const width = context.measureText(text).width + 2 * CHIP_PADDING;
  return { row, text, width, x: Math.min(layout.width - width, Math.max(0, middle - width / 2)) };
}

/** On the axis: the ends of what is measured or selected, and the chips. */
export function drawMarkLabels(frame: Frame, chips: readonly Chip[]): void {
  const { marks, context, palette, scale } = frame;
  context.fillStyle = palette.accent;
  for (const mark of [marks?.area, marks?.measure]) {
    if (!mark) continue;
    const { from, to } = stretchOf(mark);
    const [x0, x1] = [scale.x(from), scale.x(to)];
    context.fillRect(x0, AXIS_HEIGHT - 3, x1 - x0, 2);
    for (const x of [x0, x1]) context.fillRect(Math.round(x) - 1, AXIS_HEIGHT - 8, 2, 8);
  }
  context.textAlign = 'left';
  for (const { row, text, x, width } of chips) {
    context.font = `${CHIP_FONT[row]} ${palette.font}`;
    context.fillStyle = palette.accent;
    context.fillRect(x, CHIP_Y[row], width, 16);
    context.fillStyle = palette.overlapText;
    context.fillText(text, x + CHIP_PADDING, CHIP_Y[row] + 8.5);
  }
}
