import type { Hit } from './hit';
import { lanesInSight, scrollRoom } from './math/layout';
import type { Layout } from './math/layout';
import type { Focus } from './steps';

/** What React shows around the canvas. It changes when another thing is hovered or focused, not with every frame. */
export interface Shown {
  readonly hover: Hit | undefined;
  readonly focus: Focus | undefined;
  /** The focus in words. */
  readonly said: string;
  /** Lanes whose heads must exist, in steps of several so that scrolling seldom changes it. */
  readonly firstLane: number;
  readonly lastLane: number;
  readonly laneHeight: number;
  /** By how much the lanes are higher than their room: what the scroll bar has to cover. */
  readonly scrollRoom: number;
}

const HEAD_STEP = 8;

/**
 * The lanes whose heads are rendered: those in sight and some on both sides, in steps, so that scrolling renders seldom.
 */
export function lanesShown(layout: Layout): Pick<Shown, 'firstLane' | 'lastLane' | 'laneHeight' | 'scrollRoom'> {
  const { first, last } = lanesInSight(layout);
  return {
    firstLane: Math.max(0, (Math.floor(first / HEAD_STEP) - 1) * HEAD_STEP),
    lastLane: Math.min(layout.lanes - 1, (Math.floor(last / HEAD_STEP) + 2) * HEAD_STEP - 1),
    laneHeight: layout.laneHeight,
    scrollRoom: scrollRoom(layout),
  };
}

/** A Shown holds values, and objects that are replaced when they change. */
export function differs(next: Shown, before: Shown): boolean {
  return (Object.keys(next) as (keyof Shown)[]).some((key) => next[key] !== before[key]); // it has no other keys
}
