import type { TimelineRecords } from '../../shared/timeline';
import { Pyramid } from './math/columns';
import { LaneIndex, PROVEN, offsets } from './math/lane-index';
import type { TimelineModel } from './model';

/** The records of a user by the lanes of a model, by time within a lane. */
export interface RecordTicks {
  index: LaneIndex;
  columns: Pyramid;
  /** How many the user has; of more than are in the index only the earliest are there. */
  total: number;
}

/** Records of one user, or of several: then `users` has whose each of `ips` is. */
export type MarkedRecords = TimelineRecords & { users?: readonly string[] };

/** Records of an IP without a lane, whose presence is left out, have no tick. */
export function recordTicks(model: TimelineModel, { ips, lane, time, total, users }: MarkedRecords): RecordTicks {
  const laneOf = ips.map((ip, index) => model.laneOfIp(ip, users?.[index]) ?? -1);
  const known = lane.filter((ip) => (laneOf[ip] ?? -1) >= 0).length;
  const lanes = new Uint32Array(known);
  const times = new Float64Array(known);
  let next = 0;
  lane.forEach((ip, index) => {
    const place = laneOf[ip] ?? -1;
    if (place < 0) return;
    lanes[next] = place;
    times[next++] = time[index] ?? 0;
  });
  // they come by time: handing them out to their lanes in that order keeps each lane sorted
  const laneAt = offsets(lanes, model.lanes.length);
  const free = laneAt.slice();
  const sorted = new Float64Array(known);
  lanes.forEach((place, index) => {
    const at = free[place] ?? 0;
    sorted[at] = times[index] ?? 0;
    free[place] = at + 1;
  });
  const index = new LaneIndex(laneAt, sorted, sorted, new Uint8Array(known).fill(PROVEN));
  return { index, columns: new Pyramid(index, { from: model.from, to: Math.max(model.to, model.from + 1) }), total };
}
