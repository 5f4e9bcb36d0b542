import { STRIP_HEIGHT, TOP, laneAt } from './math/layout';
import type { Layout } from './math/layout';
import type { TimeScale } from './math/time-scale';
import type { TimelineModel } from './model';

/** What lies under the pointer: a bar, an overlap, both where an overlap crosses a bar, and the log's own silence. */
export interface Hit {
  bar: number | undefined;
  overlap: number | undefined;
  /** An index into the model's gaps. */
  gap: number | undefined;
}

/** How far beside a thing, in CSS pixels, one may point: bars of a second are a pixel wide and must be reachable. */
const REACH = 3;

/** What lies at a place of the canvas, in CSS pixels; what covers it exactly goes before what is merely within reach. */
export function hitTest(model: TimelineModel, layout: Layout, scale: TimeScale, x: number, y: number): Hit | undefined {
  const at = scale.time(x);
  const reach = scale.ms(REACH);
  if (y < TOP - STRIP_HEIGHT || y > layout.height) return undefined;
  const gap = model.gapAt(at);
  const onStrip = y < TOP;
  const lane = laneAt(layout, y);
  if (onStrip || lane === undefined) {
    const overlap = onStrip
      ? (model.overlaps.topmost(0, at, at) ?? model.overlaps.topmost(0, at - reach, at + reach))
      : undefined;
    return overlap === undefined && gap === undefined ? undefined : { bar: undefined, overlap, gap };
  }
  const bar = model.bars.topmost(lane, at, at) ?? model.bars.topmost(lane, at - reach, at + reach);
  const band = model.bands.topmost(lane, at, at) ?? model.bands.topmost(lane, at - reach, at + reach);
  const overlap = band === undefined ? undefined : model.bandOverlap[band];
  return bar === undefined && overlap === undefined && gap === undefined ? undefined : { bar, overlap, gap };
}

/** Whether the pointer is still on the same things, so that nothing need be drawn again. */
export function sameHit(a: Hit | undefined, b: Hit | undefined): boolean {
  return a?.bar === b?.bar && a?.overlap === b?.overlap && a?.gap === b?.gap;
}
