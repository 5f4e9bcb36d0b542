import type { Timeline } from '../../shared/timeline';

/** A source IP, or the block that several are merged into; where users are compared, of whom, and a head for each of them. */
export interface Lane {
  SrcIpAddr: string;
  countries: string[];
  network: Timeline['lanes'][number]['network'];
  /** The source IPs that the lane stands for, where it is a block. */
  ips?: readonly string[];
  owner?: Owner;
  /** The lane is the head of its owner's lanes: what it says of them, in words. It holds nothing. */
  head?: string;
}

interface Owner {
  user: string;
  /** As the log spells it. */
  name: string;
}

/** A timeline whose lanes stand as the analyst wants them. */
export type ArrangedTimeline = Omit<Timeline, 'lanes' | 'segments'> & {
  lanes: Lane[];
  /** `source`: the place of each in the engine's columns; left out where they stand as they came. */
  segments: Timeline['segments'] & { source?: Uint32Array<ArrayBuffer> };
};
