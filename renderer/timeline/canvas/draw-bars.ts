import { spellDuration } from '../../../shared/time';
import { eachRun } from '../math/columns';
import { laneTop } from '../math/layout';
import type { Ending } from '../../../shared/domain';
import { ASSUMED } from '../math/lane-index';
import type { Frame } from './draw';

const PADDING = 5;
/** Narrower bars, in CSS pixels, show no ending: there is no room to tell one from another. */
const ENDING_ROOM = 7;
/** A part of a bar this far off screen, in CSS pixels, is not drawn. */
const BEYOND = 24;
const FILL = 0.5;
/** Bars are drawn one by one up to one for so many CSS pixels of width; beyond, columns of pixels are put together. */
const PIXELS_A_BAR = 5;

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

/**
 * The ending is told by form: closed, an outline all around; last seen, a right end that fades out; end of the log
 * assumed, hatched with a dashed right end.
 */
function drawBar(frame: Frame, index: number, x0: number, x1: number, y: number): void {
  const { context, model, palette, layout } = frame;
  const height = layout.laneHeight - 2 * PADDING;
  const width = x1 - x0;
  if (width < ENDING_ROOM) {
    context.fillStyle = palette.presenceEdge;
    context.fillRect(x0, y, width, height);
    return;
  }
  const { ending, start, end } = model.bar(index);
  const fade = drawForm(frame, ending, x0, x1, y);
  drawLength(frame, spellDuration(end - start), x0, x1 - fade, y, ending === 'log-end');
}

/** A bar of this ending, and nothing else. Returns over how many pixels its right end fades out. */
export function drawForm(frame: Frame, ending: Ending, x0: number, x1: number, y: number): number {
  const { context, palette, layout, hatch } = frame;
  const height = layout.laneHeight - 2 * PADDING;
  const width = x1 - x0;
  const fade = ending === 'last-seen' ? Math.min(18, width * 0.6) : 0;

  context.globalAlpha = FILL;
  context.fillStyle = palette.presence;
  if (ending === 'log-end') context.globalAlpha = FILL / 3;
  context.fillRect(x0, y, width - fade, height);
  context.globalAlpha = 1;
  if (ending === 'log-end') {
    context.fillStyle = hatch(palette.presence);
    context.fillRect(x0, y, width, height);
  }

  context.fillStyle = palette.presenceEdge;
  context.fillRect(x0, y, 1.5, height);
  context.fillRect(x0, y, width - fade, 1);
  context.fillRect(x0, y + height - 1, width - fade, 1);
  if (ending === 'closed') context.fillRect(x1 - 1.5, y, 1.5, height);
  if (ending === 'log-end') drawDashedEnd(frame, x1, y, height);
  if (ending === 'last-seen') drawFadingEnd(frame, x1 - fade, fade, y, height);
  return fade;
}

function drawFadingEnd({ context, palette }: Frame, x: number, width: number, y: number, height: number): void {
  const steps = 6;
  const step = width / steps;
  for (let at = 0; at < steps; at++) {
    const left = 1 - (at + 0.5) / steps;
    context.globalAlpha = FILL * left;
    context.fillStyle = palette.presence;
    context.fillRect(x + at * step, y, step, height);
    context.globalAlpha = left;
    context.fillStyle = palette.presenceEdge;
    // the outline breaks into dots as it fades
    context.fillRect(x + at * step, y, step * 0.55, 1);
    context.fillRect(x + at * step, y + height - 1, step * 0.55, 1);
  }
  context.globalAlpha = 1;
}

function drawDashedEnd({ context, palette }: Frame, x1: number, y: number, height: number): void {
  context.fillStyle = palette.presenceEdge;
  for (let dash = y; dash < y + height; dash += 5) context.fillRect(x1 - 2, dash, 2, Math.min(3, y + height - dash));
}

/** The length of a segment, inside its bar where there is room; on hatching it gets a plain ground to stand on. */
function drawLength(frame: Frame, text: string, x0: number, x1: number, y: number, hatched: boolean): void {
  const { context, palette, layout } = frame;
  const left = Math.max(x0, 0) + 6;
  const room = Math.min(x1, layout.width) - left - 5;
  if (room < 24) return;
  context.font = `11px ${palette.font}`;
  context.textAlign = 'left';
  const { width } = context.measureText(text);
  if (width > room) return;
  const height = layout.laneHeight - 2 * PADDING;
  if (hatched) {
    context.fillStyle = palette.background;
    context.fillRect(left - 2, y + 2, width + 4, height - 4);
  }
  context.fillStyle = palette.text;
  context.fillText(text, left, y + height / 2 + 0.5);
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
