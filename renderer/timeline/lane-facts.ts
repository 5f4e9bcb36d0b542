import { ipBlockOf } from '../../shared/ip-block';
import type { Lane } from './lane';
import type { TimelineModel } from './model';

/** What a lane shows, as a row of a table. */
export interface LaneFacts {
  /** Its place on the timeline. */
  index: number;
  lane: Lane;
  /** The /24 or /64 that it lies in, or is. */
  block: string;
  segments: number;
  overlaps: number;
  /** When the user was there first, and last. */
  first: number;
  last: number;
}

/**
 * Every source IP with what its lane shows, for the table beside the timeline. Heads of users in a comparison are none.
 */
export function laneFacts(model: TimelineModel): LaneFacts[] {
  const facts: LaneFacts[] = [];
  model.lanes.forEach((lane, index) => {
    if (lane.head !== undefined) return;
    const [from, to] = [model.bars.first(index), model.bars.first(index + 1)];
    let last = -Infinity;
    for (let bar = from; bar < to; bar++) last = Math.max(last, model.bars.end[bar] ?? last);
    facts.push({
      index,
      lane,
      block: ipBlockOf(lane.SrcIpAddr),
      segments: to - from,
      overlaps: model.bands.first(index + 1) - model.bands.first(index),
      first: model.bars.start[from] ?? 0,
      last: Math.max(last, model.bars.start[from] ?? 0),
    });
  });
  return facts;
}
