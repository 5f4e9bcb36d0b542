import { spellDuration } from '../../../shared/time';
import { eachRun } from '../math/columns';
import { AXIS_HEIGHT, STRIP_HEIGHT, TOP, laneTop } from '../math/layout';
import type { Frame } from './draw';
import { drawBarLengths } from './draw-bars';
import { drawStripGaps } from './draw-gaps';
import { BandLengths } from './draw-lengths';
import type { TimeWindow } from '../time-window';

const STRIP_PADDING = 4;
/** More overlaps than this in sight are put together by columns of pixels and not tied across the lanes. */
const SINGLE = 250;
const EDGE = 1.5;

function inSight({ model, window }: Frame): { lo: number; hi: number } {
  return model.overlaps.range(0, window.from, window.to);
}

/** Overlap bands on the two lanes that each involves, tied together across the lanes between. */
export function drawBands(frame: Frame, firstLane: number, lastLane: number): void {
  const { lo, hi } = inSight(frame);
  if (hi - lo > SINGLE) {
    for (let lane = firstLane; lane <= lastLane; lane++) drawDenseBands(frame, lane);
    drawBarLengths(frame);
    return;
  }
  const grounds = new BandGrounds(frame);
  for (let index = lo; index < hi; index++) drawBand(frame, index, grounds);
  drawBarLengths(frame);
  const lengths = new BandLengths(frame);
  for (let index = lo; index < hi; index++) {
    const { x0, x1 } = extent(frame, index);
    if (x1 > 0) lengths.write(index, x0, x1);
  }
}

function drawDenseBands({ context, model, window, layout, palette, columns, ratio }: Frame, lane: number): void {
  model.bandColumns.fill(lane, window, columns);
  const y = laneTop(layout, lane);
  eachRun(columns, (first, width) => {
    context.fillStyle = palette.overlapBand;
    context.fillRect(first / ratio, y, width / ratio, layout.laneHeight);
    context.fillStyle = palette.overlap;
    context.fillRect(first / ratio, y + layout.laneHeight - 3, width / ratio, 2);
  });
}

/** Left and right edge on screen, at least a pixel and a half apart so that an overlap of 0 s is seen. */
function extent({ model, scale, layout }: Frame, index: number): { x0: number; x1: number } {
  const x0 = scale.x(model.overlaps.start[index] ?? 0);
  const x1 = Math.max(scale.x(model.overlaps.end[index] ?? 0), x0 + EDGE);
  return { x0: Math.max(x0, -8), x1: Math.min(x1, layout.width + 8) };
}

function drawBand(frame: Frame, index: number, grounds: BandGrounds): void {
  const { context, model, layout, palette } = frame;
  const { lane, previousLane } = model.overlap(index);
  const { x0, x1 } = extent(frame, index);
  if (x1 < 0) return;
  const [upper, lower] = [Math.min(lane, previousLane), Math.max(lane, previousLane)];
  const height = layout.laneHeight;

  for (const involved of new Set([upper, lower])) grounds.fill(involved, x0, x1);
  context.fillStyle = palette.overlap;
  for (const involved of new Set([upper, lower])) {
    context.fillRect(x0, laneTop(layout, involved), EDGE, height);
    context.fillRect(x1 - EDGE, laneTop(layout, involved), EDGE, height);
  }
  // dotted down from the strip (where users are compared, from the user) to the upper lane, and on to the lower one: the
  // lanes between have no part in it
  dots(frame, x0, headBottom(frame, upper), laneTop(layout, upper));
  dots(frame, x0, laneTop(layout, upper) + height, laneTop(layout, lower));
}

/** The lower edge of what stands above the lanes of the user: the strip, or where users are compared the user's head. */
function headBottom({ model, layout }: Frame, lane: number): number {
  if (model.lanes[lane]?.owner === undefined) return TOP;
  for (let at = lane; at >= 0; at--) if (model.lanes[at]?.head !== undefined) return laneTop(layout, at + 1);
  return TOP;
}

/**
 * The ground of the bands in a lane, in two depths: two source IPs at once, and more than two. Without an end to it the
 * ground would get so dark that nothing on it could be read. Bands come by start.
 */
class BandGrounds {
  readonly #reach = new Map<number, { once: number; twice: number }>();

  constructor(readonly frame: Frame) {}

  fill(lane: number, x0: number, x1: number): void {
    const { context, layout, palette } = this.frame;
    const { once, twice } = this.#reach.get(lane) ?? { once: -Infinity, twice: -Infinity };
    const y = laneTop(layout, lane);
    context.fillStyle = palette.overlapBand;
    for (const [from, to] of [
      [Math.max(x0, once), x1],
      [Math.max(x0, twice), Math.min(x1, once)],
    ] as const) {
      if (to > from) context.fillRect(from, y, to - from, layout.laneHeight);
    }
    this.#reach.set(lane, { once: Math.max(once, x1), twice: Math.max(twice, Math.min(x1, once)) });
  }
}

function dots({ context, layout }: Frame, x: number, from: number, to: number): void {
  for (let y = Math.max(TOP, from) + 1; y < Math.min(layout.height, to); y += 4) context.fillRect(x, y, 1, 2);
}

/** The row above the lanes: every overlap as a block with its length, whichever lanes are scrolled into sight. */
export function drawStrip(frame: Frame): void {
  const { context, model, layout, palette, window, columns, ratio, focus, hover } = frame;
  const y = AXIS_HEIGHT + STRIP_PADDING;
  const height = STRIP_HEIGHT - 2 * STRIP_PADDING;
  context.fillStyle = palette.background;
  context.fillRect(0, AXIS_HEIGHT, layout.width, STRIP_HEIGHT);
  drawStripGaps(frame);
  const { lo, hi } = inSight(frame);
  context.fillStyle = palette.overlap;
  if (hi - lo > SINGLE) {
    model.overlapColumns.fill(0, window, columns);
    eachRun(columns, (first, width) => context.fillRect(first / ratio, y, width / ratio, height));
  } else {
    for (let index = lo; index < hi; index++) drawBlock(frame, index, y, height);
    drawLengths(frame, lo, hi, y + height / 2);
  }
  drawUndrawn(frame, y, height);
  context.fillStyle = palette.line;
  context.fillRect(0, TOP - 1, layout.width, 1);
  if (hover?.overlap !== undefined) outlineBlock(frame, hover.overlap, palette.text, 1);
  if (focus?.on === 'overlap') outlineBlock(frame, focus.overlap, palette.accent, 2);
}

/** Where there are more overlaps than can be listed: that no band is seen there says nothing. */
function drawUndrawn(frame: Frame, y: number, height: number): void {
  const { undrawn } = frame.model;
  if (undrawn.length === 0) return;
  const from = Math.min(...undrawn.map((each) => each.from));
  const to = Math.max(...undrawn.map((each) => each.to));
  drawUndrawnMark(frame, { from, to }, y, height);
}

/** The same in the lane that is the head of a user, where users are compared: each has a time of its own. */
export function drawUndrawnHead(frame: Frame, lane: number): void {
  const { head, owner } = frame.model.lanes[lane] ?? {};
  const undrawn = head === undefined ? undefined : frame.model.undrawn.find(({ user }) => user === owner?.user);
  if (!undrawn) return;
  const height = STRIP_HEIGHT - 2 * STRIP_PADDING;
  drawUndrawnMark(frame, undrawn, laneTop(frame.layout, lane) + (frame.layout.laneHeight - height) / 2, height);
}

function drawUndrawnMark(frame: Frame, { from, to }: TimeWindow, y: number, height: number): void {
  const { context, scale, layout, palette, hatch } = frame;
  const x0 = Math.max(0, scale.x(from));
  const x1 = Math.min(layout.width, scale.x(to));
  if (x1 <= x0) return;
  context.fillStyle = hatch(palette.overlap);
  context.fillRect(x0, y, x1 - x0, height);
  context.font = `600 11px ${palette.font}`;
  context.textAlign = 'left';
  const text = 'more overlaps: counted, not drawn';
  const { width } = context.measureText(text);
  if (width + 20 > x1 - x0) return;
  context.fillStyle = palette.background;
  context.fillRect(x0 + 8, y, width + 8, height);
  context.fillStyle = palette.overlap;
  context.fillText(text, x0 + 12, y + height / 2 + 0.5);
}

function drawBlock(frame: Frame, index: number, y: number, height: number): void {
  const { context, palette } = frame;
  const { x0, x1 } = extent(frame, index);
  if (x1 < 0) return;
  // a line in the background's colour keeps blocks that meet apart
  context.fillStyle = palette.background;
  context.fillRect(x0 - 1, y, 1, height);
  context.fillStyle = palette.overlap;
  context.fillRect(x0, y, x1 - x0, height);
}

/**
 * The length of each overlap: at the left of its block, else beside its end or its start, else at its right; only where it is
 * read as that of no other one.
 */
function drawLengths(frame: Frame, lo: number, hi: number, y: number): void {
  const { context, model, layout, palette } = frame;
  context.font = `600 11px ${palette.font}`;
  context.textAlign = 'left';
  const blocks = Array.from({ length: hi - lo }, (_, at) => extent(frame, lo + at));
  /** Whether there is no other block from here to there. */
  const isFree = (at: number, from: number, to: number): boolean =>
    to < layout.width && blocks.every(({ x0, x1 }, other) => other === at || x1 < from || x0 > to);
  let written = 0;
  const write = (text: string, x: number, width: number, colour: string): void => {
    written = x + width;
    context.fillStyle = colour;
    context.fillText(text, x, y + 0.5);
  };
  /** On a plain ground: the log may have a gap there. */
  const writeBeside = (text: string, x: number, width: number): void => {
    context.fillStyle = palette.background;
    context.fillRect(x - 2, y - 7, width + 4, 14);
    write(text, x, width, palette.overlap);
  };
  let reach = -Infinity;
  for (const [at, { x0, x1 }] of blocks.entries()) {
    const covered = x0 < reach;
    reach = Math.max(reach, x1);
    if (x1 < 0) continue;
    const text = spellDuration((model.overlaps.end[lo + at] ?? 0) - (model.overlaps.start[lo + at] ?? 0));
    const { width } = context.measureText(text);
    const left = Math.max(x0, 0) + 5;
    const right = Math.min(x1, layout.width) - 5;
    const next = blocks[at + 1]?.x0 ?? layout.width;
    if (!covered && left + width + 4 < Math.min(x1, next, layout.width)) write(text, left, width, palette.overlapText);
    else if (isFree(at, x1 - 2, x1 + width + 6)) writeBeside(text, x1 + 4, width);
    else if (x0 - width - 8 > written && isFree(at, x0 - width - 8, x0 + 2)) writeBeside(text, x0 - width - 4, width);
    else if (right - width > left && isFree(at, right - width, right)) {
      write(text, right - width, width, palette.overlapText);
    }
  }
}

function outlineBlock(frame: Frame, index: number, colour: string, line: number): void {
  const { x0, x1 } = extent(frame, index);
  frame.context.strokeStyle = colour;
  frame.context.lineWidth = line;
  frame.context.strokeRect(x0 - 1, AXIS_HEIGHT + STRIP_PADDING - 1, x1 - x0 + 2, STRIP_HEIGHT - 2 * STRIP_PADDING + 2);
}

/** A line around both ends of one overlap. */
export function drawOverlapOutline(frame: Frame, index: number, colour: string): void {
  const { context, model, layout } = frame;
  const { lane, previousLane } = model.overlap(index);
  const { x0, x1 } = extent(frame, index);
  context.strokeStyle = colour;
  context.lineWidth = 2;
  for (const involved of [lane, previousLane]) {
    context.strokeRect(x0 - 2, laneTop(layout, involved) + 1, x1 - x0 + 4, layout.laneHeight - 2);
  }
}
