import { timeAxis } from '../math/axis';
import { TOP, laneTop, lanesInSight } from '../math/layout';
import type { Layout } from '../math/layout';
import { TimeScale } from '../math/time-scale';
import type { Hit } from '../hit';
import type { TimelineModel } from '../model';
import type { RecordTicks } from '../record-ticks';
import type { Focus } from '../steps';
import type { TimeWindow } from '../time-window';
import { drawAxis, drawGrid } from './draw-axis';
import { drawBarOutline, drawLaneBars } from './draw-bars';
import type { BarLength } from './draw-bars';
import { drawGapOutline, drawGaps, drawGapWords } from './draw-gaps';
import { chipsOf, drawMarkLabels, drawMarks } from './draw-marks';
import type { SceneMarks } from './draw-marks';
import { drawLaneRecords } from './draw-records';
import { drawBands, drawOverlapOutline, drawStrip, drawUndrawnHead } from './draw-overlaps';
import type { Palette } from './palette';
import type { Hatch, Pen } from './pen';

/** All that one frame depends on. */
export interface Scene {
  model: TimelineModel;
  /** Undefined until they have come, and where they are not shown. */
  records: RecordTicks | undefined;
  window: TimeWindow;
  layout: Layout;
  hover: Hit | undefined;
  focus: Focus | undefined;
  /** What the focus of a table is on. */
  lit?: Focus | undefined;
  marks?: SceneMarks | undefined;
  palette: Palette;
  /** Canvas pixels a CSS pixel. */
  ratio: number;
  hatch: Hatch;
  /** Where the picture's corner lies, in CSS pixels; 0 and 0 on screen. */
  origin: { x: number; y: number };
}

/** A scene with what its parts share. */
export interface Frame extends Scene {
  context: Pen;
  scale: TimeScale;
  /** One byte a canvas pixel of width: where dense lanes are put together. */
  columns: Uint8Array;
  /** The lengths of the bars that have been drawn: written once all bands are there. */
  barLengths: BarLength[];
}

/** Draws one frame in CSS pixels, back to front: lanes, grid, gaps of the log, bars, overlaps, then axis and strip on top. */
export function drawTimeline(context: Pen, scene: Scene): void {
  const { layout, palette, ratio, focus } = scene;
  const { width, height } = layout;
  const scale = new TimeScale(scene.window, width);
  const columns = new Uint8Array(Math.max(1, Math.round(width * ratio)));
  const frame: Frame = { ...scene, context, scale, columns, barLengths: [] };
  const axis = timeAxis(scene.window, width);
  const { first, last } = lanesInSight(layout);

  context.setTransform(ratio, 0, 0, ratio, scene.origin.x * ratio, scene.origin.y * ratio);
  context.globalAlpha = 1;
  context.textBaseline = 'middle';
  context.fillStyle = palette.background;
  context.fillRect(0, 0, width, height);

  context.save();
  context.beginPath();
  context.rect(0, TOP, width, height - TOP);
  context.clip();
  for (let lane = first; lane <= last; lane++) {
    const isFocus = focus?.on === 'lane' && focus.lane === lane;
    const isHead = scene.model.lanes[lane]?.head !== undefined;
    if (lane % 2 === 0 && !isFocus && !isHead) continue;
    context.fillStyle = isFocus ? palette.selected : palette.raised;
    context.globalAlpha = isFocus || isHead ? 1 : 0.45;
    context.fillRect(0, laneTop(layout, lane), width, layout.laneHeight);
  }
  context.globalAlpha = 1;
  drawGrid(frame, axis);
  drawGaps(frame);
  for (let lane = first; lane <= last; lane++) {
    drawLaneBars(frame, lane);
    drawUndrawnHead(frame, lane);
  }
  drawGapWords(frame, first, last);
  for (let lane = first; lane <= last; lane++) drawLaneRecords(frame, lane);
  drawBands(frame, first, last);
  if (scene.hover?.bar !== undefined) drawBarOutline(frame, scene.hover.bar, palette.text, 1);
  if (focus?.on === 'bar') drawBarOutline(frame, focus.bar, palette.accent, 2);
  if (focus?.on === 'gap') drawGapOutline(frame, focus.gap, palette.accent);
  if (scene.lit?.on === 'bar') drawBarOutline(frame, scene.lit.bar, palette.text, 2);
  if (scene.lit?.on === 'overlap') drawOverlapOutline(frame, scene.lit.overlap, palette.text);
  if (focus?.on === 'overlap') drawOverlapOutline(frame, focus.overlap, palette.accent);
  drawMarks(frame);
  context.restore();

  drawStrip(frame);
  const chips = chipsOf(frame);
  drawAxis(frame, axis, chips);
  drawMarkLabels(frame, chips);
}
