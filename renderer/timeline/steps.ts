import { ipBlockOf } from '../../shared/ip-block';
import { endsOf } from './gap';
import type { TimelineModel } from './model';
import type { TimeWindow } from './time-window';

/** What the keyboard is on: a lane, a bar in its lane, an overlap, or a gap of the log. */
export type Focus =
  | { on: 'lane'; lane: number }
  | { on: 'bar'; bar: number }
  | { on: 'overlap'; overlap: number }
  | { on: 'gap'; gap: number };

/** The lane that the focus is in; an overlap counts to the lane that joined, a gap is in none. */
export function laneOf(model: TimelineModel, focus: Focus | undefined): number | undefined {
  if (!focus || focus.on === 'gap') return undefined;
  if (focus.on === 'lane') return focus.lane;
  return focus.on === 'bar' ? model.bar(focus.bar).lane : model.overlap(focus.overlap).lane;
}

/** When what is in focus begins; undefined for a lane. Before the log's first record it is the end. */
export function startOf(model: TimelineModel, focus: Focus): number | undefined {
  if (focus.on === 'lane') return undefined;
  if (focus.on === 'gap') return endsOf(model.gaps[focus.gap] ?? model.limits)[0];
  return focus.on === 'bar' ? model.bar(focus.bar).start : model.overlap(focus.overlap).start;
}

/** All lanes that the focus is about. */
export function lanesOf(model: TimelineModel, focus: Focus): number[] {
  if (focus.on === 'overlap') return [model.overlap(focus.overlap).lane, model.overlap(focus.overlap).previousLane];
  const lane = laneOf(model, focus);
  return lane === undefined ? [] : [lane];
}

/**
 * The next (1) or previous (-1) overlap. The first step takes the first one that the window does not leave behind.
 * At the end it stays: starting over unasked would make an analyst read an overlap twice.
 */
export function stepOverlap(
  model: TimelineModel,
  focus: Focus | undefined,
  window: TimeWindow,
  by: 1 | -1,
): Focus | undefined {
  const last = model.overlapCount - 1;
  if (last < 0) return undefined;
  if (focus?.on === 'overlap') return { on: 'overlap', overlap: Math.min(last, Math.max(0, focus.overlap + by)) };
  const { lo, hi } = model.overlaps.range(0, window.from, window.to);
  return { on: 'overlap', overlap: Math.min(last, Math.max(0, by === 1 ? lo : hi - 1)) };
}

/** The next or previous gap of the log; the first step takes the first one that the window does not leave behind. */
export function stepGap(
  model: TimelineModel,
  focus: Focus | undefined,
  window: TimeWindow,
  by: 1 | -1,
): Focus | undefined {
  const last = model.gaps.length - 1;
  if (last < 0) return undefined;
  const inSight =
    by === 1
      ? model.gaps.findIndex(({ to }) => to > window.from)
      : model.gaps.findLastIndex(({ from }) => from < window.to);
  const next = focus?.on === 'gap' ? focus.gap + by : inSight === -1 ? (by === 1 ? last : 0) : inSight;
  return { on: 'gap', gap: Math.min(last, Math.max(0, next)) };
}

/** The next or previous bar of the lane in focus; of the first lane that has any in the window when none is. */
export function stepBar(
  model: TimelineModel,
  focus: Focus | undefined,
  window: TimeWindow,
  by: 1 | -1,
): Focus | undefined {
  const lane = laneOf(model, focus) ?? firstLaneWithin(model, window);
  const [first, end] = [model.bars.first(lane), model.bars.first(lane + 1)];
  if (first === end) return undefined;
  const { lo, hi } = model.bars.range(lane, window.from, window.to);
  const next = focus?.on === 'bar' ? focus.bar + by : by === 1 ? lo : hi - 1;
  return { on: 'bar', bar: Math.min(end - 1, Math.max(first, next)) };
}

/** One lane down (1) or up (-1). */
export function stepLane(model: TimelineModel, focus: Focus | undefined, by: 1 | -1): Focus | undefined {
  if (model.lanes.length === 0) return undefined;
  const before = laneOf(model, focus);
  const lane = before === undefined ? (by === 1 ? 0 : model.lanes.length - 1) : before + by;
  return { on: 'lane', lane: Math.min(model.lanes.length - 1, Math.max(0, lane)) };
}

function firstLaneWithin(model: TimelineModel, window: TimeWindow): number {
  const lane = model.lanes.findIndex((_, index) => model.bars.topmost(index, window.from, window.to) !== undefined);
  return Math.max(0, lane);
}

/** The same thing in a timeline whose lanes stand otherwise; undefined when that shows it no longer. */
export function focusIn(next: TimelineModel, model: TimelineModel, focus: Focus): Focus | undefined {
  if (focus.on === 'overlap') {
    const { start, end } = model.overlap(focus.overlap);
    const same = focus.overlap < next.overlapCount ? next.overlap(focus.overlap) : undefined;
    return same?.start === start && same.end === end ? focus : undefined;
  }
  if (focus.on === 'bar') {
    const source = model.source(focus.bar);
    for (let bar = 0; bar < next.barCount; bar++) {
      if (next.source(bar) === source) return { on: 'bar', bar };
    }
    return undefined;
  }
  if (focus.on === 'gap') return focus.gap < next.gaps.length ? focus : undefined;
  const ip = model.ip(focus.lane);
  const { owner, head } = model.lanes[focus.lane] ?? {};
  if (head !== undefined) return undefined;
  const lane = next.laneOfIp(ip, owner?.user) ?? next.lanes.findIndex(({ SrcIpAddr }) => ipBlockOf(SrcIpAddr) === ip);
  return lane === -1 ? undefined : { on: 'lane', lane };
}
