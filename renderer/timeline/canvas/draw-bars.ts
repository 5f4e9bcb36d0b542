import { spellDuration } from '../../../shared/time';
import { eachRun } from '../math/columns';
import { laneTop } from '../math/layout';
import { ASSUMED } from '../math/lane-index';
import { ARROW, PADDING, drawForm } from './bar-form';
import type { Frame } from './draw';

/** Narrower bars, in CSS pixels, show no ends: there is no room to tell one from another. */
const ENDING_ROOM = 7;
/** A part of a bar this far off screen, in CSS pixels, is not drawn. */
const BEYOND = 24;
/** Bars are drawn one by one up to one for so many CSS pixels of width; beyond, columns of pixels are put together. */
const PIXELS_A_BAR = 5;

/** The segments of one lane; where there are too many to tell apart, columns of pixels say how much is there. */
export function drawLaneBars(frame: Frame, lane: number): void {
  const { model, window, layout, scale } = frame;
  const { lo, hi } = model.bars.range(lane, window.from, window.to);
  if (hi - lo > layout.width / PIXELS_A_BAR) return drawDense(frame, lane);
  const y = laneTop(layout, lane) + PADDING;
  for (let bar = lo; bar < hi; bar++) {
    const x0 = scale.x(model.bars.start[bar] ?? 0);
    const x1 = scale.x(model.bars.end[bar] ?? 0);
    if (x1 >= 0) drawBar(frame, bar, Math.max(x0, -BEYOND), Math.min(Math.max(x1, x0 + 2), layout.width + BEYOND), y);
  }
}

/** Many bars in few pixels: full colour for proven presence, hatching for assumed. Flat in the number of bars. */
function drawDense({ context, model, window, layout, palette, columns, ratio, hatch }: Frame, lane: number): void {
  const y = laneTop(layout, lane) + PADDING;
  const height = layout.laneHeight - 2 * PADDING;
  model.barColumns.fill(lane, window, columns);
  eachRun(columns, (first, width, kind) => {
    context.fillStyle = kind === ASSUMED ? hatch(palette.presence) : palette.presence;
    context.fillRect(first / ratio, y, width / ratio, height);
  });
}

function drawBar(frame: Frame, index: number, x0: number, x1: number, y: number): void {
  const { context, model, palette, layout, scale } = frame;
  const height = layout.laneHeight - 2 * PADDING;
  if (x1 - x0 < ENDING_ROOM) {
    context.fillStyle = palette.presenceEdge;
    context.fillRect(x0, y, x1 - x0, height);
    return;
  }
  const { starting, ending, start, end, lastSeen } = model.bar(index);
  const assumedFrom = ending === 'log-end' ? Math.max(x0, Math.min(scale.x(lastSeen), x1)) : x1;
  const room = drawForm(frame, { starting, ending, assumedFrom }, x0, x1, y);
  const notch = starting === 'handed-over' ? ARROW : 0;
  const text = spellDuration(end - start);
  frame.barLengths.push({ text, x0: x0 + notch, x1: x1 - room, y, hatched: ending === 'log-end' });
}

/** The length of a segment that is to be written into its bar, between these places. */
export interface BarLength {
  text: string;
  x0: number;
  x1: number;
  y: number;
  /** On hatching it gets a plain ground to stand on. */
  hatched: boolean;
}

/** Writes the lengths of the bars where there is room, above all that crosses them; where two meet in a lane, the first. */
export function drawBarLengths({ context, palette, layout, barLengths }: Frame): void {
  const height = layout.laneHeight - 2 * PADDING;
  const written = new Map<number, number>();
  context.font = `11px ${palette.font}`;
  context.textAlign = 'left';
  for (const { text, x0, x1, y, hatched } of barLengths) {
    const left = Math.max(x0, 0) + 6;
    const room = Math.min(x1, layout.width) - left - 5;
    if (room < 24 || left < (written.get(y) ?? 0)) continue;
    const { width } = context.measureText(text);
    if (width > room) continue;
    written.set(y, left + width + 6);
    if (hatched) {
      context.fillStyle = palette.background;
      context.fillRect(left - 2, y + 2, width + 4, height - 4);
    }
    context.fillStyle = palette.text;
    context.fillText(text, left, y + height / 2 + 0.5);
  }
}

/** A line around one bar: what the pointer or the keyboard is on. */
export function drawBarOutline(
  { context, model, scale, layout }: Frame,
  index: number,
  colour: string,
  line: number,
): void {
  const { lane, start, end } = model.bar(index);
  const x0 = Math.max(scale.x(start), -BEYOND);
  const x1 = Math.min(Math.max(scale.x(end), x0 + 2), layout.width + BEYOND);
  const room = line / 2 + 1;
  context.strokeStyle = colour;
  context.lineWidth = line;
  const y = laneTop(layout, lane) + PADDING;
  context.strokeRect(x0 - room, y - room, x1 - x0 + 2 * room, layout.laneHeight - 2 * PADDING + 2 * room);
}
