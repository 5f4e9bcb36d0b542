import type { Timeline } from '../../shared/timeline';

export interface Place {
  ip: string;
  countries: readonly string[];
}
/** The longest of a user's overlaps, and where it was: the one that explains best why the user is flagged. */
export interface Reason {
  previous: Place;
  place: Place;
  start: number;
  end: number;
  /** Of how many overlaps it is the longest: so many are listed, the earliest. */
  listed: number;
}

/** Undefined when the timeline lists no overlap. Of equally long ones the earliest. */
export function whyFlagged({ lanes, overlaps }: Timeline): Reason | undefined {
  let best = -1;
  let bestLength = -1;
  // no iterator: there may be 100,000 of them, and the picture waits
  for (let index = 0; index < overlaps.start.length; index++) {
    const start = overlaps.start[index] ?? 0;
    const length = (overlaps.end[index] ?? start) - start;
    const earlier = start < (overlaps.start[best] ?? Infinity);
    if (length > bestLength || (length === bestLength && earlier)) [best, bestLength] = [index, length];
  }
  const start = overlaps.start[best];
  const end = overlaps.end[best];
  const previous = lanes[overlaps.previousLane[best] ?? -1];
  const lane = lanes[overlaps.lane[best] ?? -1];
  if (start === undefined || end === undefined || !previous || !lane) return undefined;
  return {
    previous: { ip: previous.SrcIpAddr, countries: previous.countries },
    place: { ip: lane.SrcIpAddr, countries: lane.countries },
    start,
    end,
    listed: overlaps.start.length,
  };
}
