import { gapLabels } from '../describe-gaps';
import { AXIS_HEIGHT, STRIP_HEIGHT, TOP, laneTop } from '../math/layout';
import type { TimeWindow } from '../time-window';
import type { Frame } from './draw';

/** No words are as short, in CSS pixels. */
const LEAST_ROOM = 50;

/** Where the log itself is silent, through all lanes and behind the bars: an empty lane is no proof of absence there. */
export function drawGaps(frame: Frame): void {
  for (const gap of frame.model.gaps) drawBand(frame, gap, TOP, frame.layout.height - TOP);
}

/** The same in the row above the lanes. */
export function drawStripGaps(frame: Frame): void {
  for (const gap of frame.model.gaps) drawBand(frame, gap, AXIS_HEIGHT, STRIP_HEIGHT);
}

/** Stripes with a dotted line at both ends; the legend shows the same. */
export function drawGapForm({ context, palette, hatch }: Frame, x: number, y: number, width: number, height: number) {
  context.globalAlpha = 0.6;
  context.fillStyle = hatch(palette.muted, 'down');
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  // a column of stripes is a dotted line, and one rectangle: a log may have 200 gaps
  for (const edge of [x, x + width - 1.5]) context.fillRect(edge, y, 1.5, height);
}

function extent({ scale, layout }: Frame, { from, to }: TimeWindow): { x0: number; x1: number } {
  return { x0: Math.max(scale.x(from), -8), x1: Math.min(scale.x(to), layout.width + 8) };
}

function drawBand(frame: Frame, gap: TimeWindow, y: number, height: number): void {
  const { x0, x1 } = extent(frame, gap);
  if (x1 <= 0 || x0 >= frame.layout.width) return;
  drawGapForm(frame, x0, y, Math.max(2, x1 - x0), height);
}

/** A line around one gap: what the keyboard is on. */
export function drawGapOutline(frame: Frame, index: number, colour: string): void {
  const { context, model, layout } = frame;
  const { x0, x1 } = extent(frame, model.gaps[index] ?? model.limits);
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.strokeRect(x0, TOP + 1, Math.max(2, x1 - x0), layout.height - TOP - 2);
}

/** The words of each gap, as many as it has room for, in the uppermost lane in sight that has no bar across it. */
export function drawGapWords(frame: Frame, firstLane: number, lastLane: number): void {
  const { context, model, layout, palette } = frame;
  context.font = `11px ${palette.font}`;
  context.textAlign = 'left';
  for (const gap of model.gaps) {
    const { x0, x1 } = extent(frame, gap);
    const left = Math.max(x0, 0) + 6;
    const room = Math.min(x1, layout.width) - left - 6;
    if (room < LEAST_ROOM) continue;
    const label = gapLabels(gap).find((text) => context.measureText(text).width <= room);
    if (label === undefined) continue;
    for (let lane = firstLane; lane <= lastLane; lane++) {
      const y = laneTop(layout, lane);
      if (y < TOP || model.bars.topmost(lane, gap.from + 1, gap.to - 1) !== undefined) continue;
      const { width } = context.measureText(label);
      context.fillStyle = palette.background;
      context.fillRect(left - 3, y + 4, width + 6, layout.laneHeight - 8);
      context.fillStyle = palette.text;
      context.fillText(label, left, y + layout.laneHeight / 2 + 0.5);
      break;
    }
  }
}
