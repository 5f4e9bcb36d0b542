/** Where things stand on the canvas, in CSS pixels. The axis and the overlap strip stay; the lanes scroll under them. */
export const AXIS_HEIGHT = 38;
export const STRIP_HEIGHT = 24;
export const TOP = AXIS_HEIGHT + STRIP_HEIGHT;
const LANE_LEAST = 28;
const LANE_MOST = 34;

export interface Layout {
  width: number;
  height: number;
  lanes: number;
  laneHeight: number;
  /** How far the lanes are scrolled up. */
  scroll: number;
}

/** The height at which all lanes have all the room they can use. */
export function fullHeight(lanes: number): number {
  return TOP + lanes * LANE_MOST;
}

/** Lanes share the height there is; when that makes them too low to read, they keep their least height and scroll. */
export function layOut(width: number, height: number, lanes: number, scroll: number): Layout {
  const share = Math.floor((height - TOP) / Math.max(1, lanes));
  const laneHeight = Math.min(LANE_MOST, Math.max(LANE_LEAST, share));
  const layout = { width, height, lanes, laneHeight, scroll: 0 };
  return { ...layout, scroll: Math.min(Math.max(0, scroll), scrollRoom(layout)) };
}

/** How far the lanes can be scrolled. */
export function scrollRoom({ height, lanes, laneHeight }: Layout): number {
  return Math.max(0, TOP + lanes * laneHeight - height);
}

/** The upper edge of a lane in CSS pixels, less than `TOP` for one that is scrolled away. */
export function laneTop(layout: Layout, lane: number): number {
  return TOP + lane * layout.laneHeight - layout.scroll;
}

/** The lane at this height; undefined on the axis, the strip, and below the last lane. */
export function laneAt(layout: Layout, y: number): number | undefined {
  if (y < TOP || y > layout.height) return undefined;
  const lane = Math.floor((y - TOP + layout.scroll) / layout.laneHeight);
  return lane < layout.lanes ? lane : undefined;
}

/** Lanes of which at least a part is in sight: `first` to `last`, the latter included. */
export function lanesInSight(layout: Layout): { first: number; last: number } {
  const first = Math.floor(layout.scroll / layout.laneHeight);
  const last = Math.ceil((layout.scroll + layout.height - TOP) / layout.laneHeight) - 1;
  return { first, last: Math.min(layout.lanes - 1, last) };
}

/** The scroll that brings the lanes into sight with the least movement; when they do not fit together, the upper one. */
export function scrollTo(layout: Layout, upper: number, lower: number): number {
  const room = layout.height - TOP;
  const top = upper * layout.laneHeight;
  const bottom = (lower + 1) * layout.laneHeight;
  const lowered = Math.max(layout.scroll, bottom - room);
  return Math.min(Math.max(0, Math.min(lowered, top)), scrollRoom(layout));
}
