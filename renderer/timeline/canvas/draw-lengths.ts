/** How long each overlap lasts, written into its band: where the eye is when it follows a lane. */
import { spellDuration } from '../../../shared/time';
import { laneTop } from '../math/layout';
import { spanOf } from '../time-window';
import type { Frame } from './draw';

const HEIGHT = 14;
const PADDING = 4;
/** The end of a bar, which tells how it is known, stays in sight. */
const END = 11;
/** So far from the left end of a bar, in CSS pixels, begins its own length. */
const BAR_TEXT = 6;

/** `x0` and `x1`: the band on screen. In the lane that was there first, else in the other one; where neither has room, nowhere. */
export class BandLengths {
  /** How far each lane is written on. */
  readonly #written = new Map<number, number>();

  constructor(readonly frame: Frame) {
    frame.context.font = `600 11px ${frame.palette.font}`;
    frame.context.textAlign = 'left';
  }

  write(index: number, x0: number, x1: number): void {
    const { context, model, layout } = this.frame;
    const { lane, previousLane, start, end } = model.overlap(index);
    const text = spellDuration(end - start);
    const width = context.measureText(text).width + 2 * PADDING;
    const right = Math.min(x1 - END, layout.width - PADDING);
    const left = right - width;
    for (const involved of [previousLane, lane]) {
      const from = Math.max(x0, 0, this.#barText(involved, start, end), this.#written.get(involved) ?? 0) + PADDING;
      if (left < from) continue;
      this.#written.set(involved, right);
      this.#chip(text, left, laneTop(layout, involved) + (layout.laneHeight - HEIGHT) / 2, width);
      return;
    }
  }

  /** Where the length of the bar that is seen there may end. */
  #barText(lane: number, start: number, end: number): number {
    const { model, scale, context } = this.frame;
    const index = model.bars.topmost(lane, start, end);
    if (index === undefined) return 0;
    const bar = { from: model.bars.start[index] ?? 0, to: model.bars.end[index] ?? 0 };
    return Math.max(0, scale.x(bar.from)) + BAR_TEXT + context.measureText(spellDuration(spanOf(bar))).width;
  }

  #chip(text: string, x: number, y: number, width: number): void {
    const { context, palette } = this.frame;
    context.fillStyle = palette.overlap;
    context.fillRect(x, y, width, HEIGHT);
    context.fillStyle = palette.overlapText;
    context.fillText(text, x + PADDING, y + HEIGHT / 2 + 0.5);
  }
}
