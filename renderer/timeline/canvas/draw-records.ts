import { eachRun } from '../math/columns';
import { laneTop } from '../math/layout';
import { PADDING } from './bar-form';
import type { Frame } from './draw';

/** More than one record for so many CSS pixels are put together by columns of pixels. */
const PIXELS_A_RECORD = 3;

/** A tick under its bar for each record: where there is proof, and how thin it is. */
export function drawLaneRecords(frame: Frame, lane: number): void {
  const { context, records, window, layout, palette, scale, columns, ratio } = frame;
  if (!records) return;
  const y = laneTop(layout, lane) + layout.laneHeight - PADDING + 0.5;
  const height = PADDING - 1;
  context.fillStyle = palette.text;
  const { lo, hi } = records.index.range(lane, window.from, window.to);
  if (hi - lo <= layout.width / PIXELS_A_RECORD) {
    for (let at = lo; at < hi; at++) context.fillRect(scale.x(records.index.start[at] ?? 0), y, 1, height);
    return;
  }
  records.columns.fill(lane, window, columns);
  context.globalAlpha = 0.7;
  eachRun(columns, (first, width) => context.fillRect(first / ratio, y, width / ratio, height - 1));
  context.globalAlpha = 1;
}
