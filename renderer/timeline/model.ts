import { ENDINGS, STARTINGS } from '../../shared/domain';
import type { Ending, Starting } from '../../shared/domain';
import { inOrder } from '../../shared/in-order';
import { ipBlockOf } from '../../shared/ip-block';
import { Pyramid } from './math/columns';
import { ASSUMED, LaneIndex, PROVEN, offsets } from './math/lane-index';
import type { ArrangedTimeline, Lane } from './lane';
import type { Gap } from './gap';
import { undrawnOf } from './undrawn';
import type { Undrawn } from './undrawn';
import { padded } from './time-window';
import type { TimeWindow } from './time-window';

/** One segment, read out of its columns. */
export interface Bar {
  lane: number;
  start: number;
  end: number;
  /** When it was last seen: the end, unless that is assumed. */
  lastSeen: number;
  starting: Starting;
  ending: Ending;
  /** Undefined until the engine has named the sessions. */
  sessionId: string | undefined;
  records: number;
}

/** Two lanes present at once; `previousLane` was there first. */
export interface Overlap {
  lane: number;
  previousLane: number;
  start: number;
  end: number;
}

/** Room to pan and to see both ends by, beside the presence of the user: a share of it, at the least a second. */
const ROOM_SHARE = 0.03;
const ROOM_MS = 1000;

/**
 * One user's timeline as the canvas needs it: the columns of the engine, indexed once. Bars are numbered as they came;
 * overlaps are numbered by start, so that "the next overlap" is the next number.
 */
export class TimelineModel {
  readonly lanes: readonly Lane[];
  /** What "fit" shows, and as far as panning goes. */
  readonly limits: TimeWindow;
  readonly bars: LaneIndex;
  readonly barColumns: Pyramid;
  /** All overlaps as the bars of one lane: the strip above the lanes. */
  readonly overlaps: LaneIndex;
  readonly overlapColumns: Pyramid;
  /** The overlaps again in each of the two lanes that they involve. */
  readonly bands: LaneIndex;
  readonly bandColumns: Pyramid;
  /** The overlap that a band belongs to. */
  readonly bandOverlap: Uint32Array;
  /** Where the log itself is silent within the limits, by time. */
  readonly gaps: readonly Gap[];
  /** The session of each segment, as the engine numbers these; what is drawn does not wait for them. */
  sessions: readonly string[] | undefined;
  readonly #columns: ArrangedTimeline;
  readonly #overlapOrder: Uint32Array;

  /** The key of the user whose timeline it is. */
  get user(): string {
    return this.#columns.user;
  }

  /** The same with other names on its lanes. */
  withLanes(lanes: Lane[]): TimelineModel {
    const undrawn = this.undrawn.map((each) => {
      const lane = this.lanes.findIndex(({ owner }) => owner?.user === each.user);
      return { ...each, user: lanes[lane]?.owner?.user ?? each.user };
    });
    return new TimelineModel({ ...this.#columns, lanes }, this.gaps, undrawn);
  }

  /** `gaps` are those of the log, by time; `undrawn` says of which users there are more overlaps than are in the columns. */
  constructor(
    columns: ArrangedTimeline,
    gaps: readonly Gap[] = [],
    readonly undrawn: readonly Undrawn[] = [],
  ) {
    this.#columns = columns;
    this.lanes = columns.lanes;
    this.limits = padded(columns.from, columns.to, ROOM_SHARE, ROOM_MS);
    this.gaps = gaps.filter(({ from, to }) => from < this.limits.to && to > this.limits.from);
    const { segments, overlaps } = columns;
    const assumed = ENDINGS.indexOf('log-end');
    this.bars = new LaneIndex(
      offsets(segments.lane, this.lanes.length),
      segments.start,
      segments.end,
      segments.ending.map((ending) => (ending === assumed ? ASSUMED : PROVEN)),
    );
    this.#overlapOrder = inOrder(overlaps.start);
    const start = picked(overlaps.start, this.#overlapOrder);
    const end = picked(overlaps.end, this.#overlapOrder);
    const proven = new Uint8Array(2 * start.length).fill(PROVEN);
    this.overlaps = new LaneIndex(Uint32Array.of(0, start.length), start, end, proven);
    [this.bands, this.bandOverlap] = this.#bandsOf(start, end, proven);

    const span = { from: columns.from, to: Math.max(columns.to, columns.from + 1) };
    this.barColumns = new Pyramid(this.bars, span);
    this.overlapColumns = new Pyramid(this.overlaps, span);
    this.bandColumns = new Pyramid(this.bands, span);
  }

  /** The first and the last moment of the user's presence. */
  get from(): number {
    return this.#columns.from;
  }

  get to(): number {
    return this.#columns.to;
  }

  /** Whether any bar begins, or ends, so: what the legend has to explain. */
  hasStarting(starting: Starting): boolean {
    return this.#columns.segments.starting.includes(STARTINGS.indexOf(starting));
  }

  hasEnding(ending: Ending): boolean {
    return this.#columns.segments.ending.includes(ENDINGS.indexOf(ending));
  }

  get barCount(): number {
    return this.bars.start.length;
  }

  get overlapCount(): number {
    return this.overlaps.start.length;
  }

  bar(index: number): Bar {
    const { segments } = this.#columns;
    return {
      lane: segments.lane[index] ?? 0,
      start: segments.start[index] ?? 0,
      end: segments.end[index] ?? 0,
      lastSeen: segments.lastSeen[index] ?? 0,
      starting: STARTINGS[segments.starting[index] ?? 0] ?? 'first-seen',
      ending: ENDINGS[segments.ending[index] ?? 0] ?? 'closed',
      sessionId: this.sessions?.[this.source(index)],
      records: segments.records[index] ?? 0,
    };
  }

  /** The place of a bar in the engine's columns: it stays where lanes are put in another order. */
  source(bar: number): number {
    return this.#columns.segments.source?.[bar] ?? bar;
  }

  overlap(index: number): Overlap {
    const { overlaps } = this.#columns;
    const at = this.#overlapOrder[index] ?? 0;
    return {
      lane: overlaps.lane[at] ?? 0,
      previousLane: overlaps.previousLane[at] ?? 0,
      start: overlaps.start[at] ?? 0,
      end: overlaps.end[at] ?? 0,
    };
  }

  /** The gap of the log at this time, as an index into `gaps`. */
  gapAt(time: number): number | undefined {
    const gap = this.gaps.findIndex(({ from, to }) => from <= time && time <= to);
    return gap === -1 ? undefined : gap;
  }

  /** From when to when a gap is shown: as far as the timeline goes where it has no end of its own. */
  gapInSight(index: number): [from: number, to: number] {
    const { from, to } = this.gaps[index] ?? this.limits;
    return [Math.max(from, this.limits.from), Math.min(to, this.limits.to)];
  }

  /** Lanes that are source IPs or blocks, and not the head of a user. */
  get placeCount(): number {
    return this.lanes.filter(({ head }) => head === undefined).length;
  }

  /** Whether a lane stands for a block of addresses. */
  get isMerged(): boolean {
    return this.lanes.some(({ ips }) => ips !== undefined);
  }

  /** Segments that last through the whole of a stretch. */
  barsAcross({ from, to }: TimeWindow): number {
    let across = 0;
    for (let lane = 0; lane < this.lanes.length; lane++) {
      const { lo, hi } = this.bars.range(lane, to, from);
      for (let bar = lo; bar < hi; bar++) {
        if ((this.bars.start[bar] ?? to) <= from && (this.bars.end[bar] ?? from) >= to) across++;
      }
    }
    return across;
  }

  /** Whose lanes these are, and which source IPs they stand for. */
  subjectsOf(first: number, last: number): { user: string; ips: string[] }[] {
    const found = new Map<string, string[]>();
    for (const { SrcIpAddr, ips, owner, head } of this.lanes.slice(first, last + 1)) {
      if (head !== undefined) continue;
      const user = owner?.user ?? this.#columns.user;
      found.set(user, [...(found.get(user) ?? []), ...(ips ?? [SrcIpAddr])]);
    }
    return [...found].map(([user, ips]) => ({ user, ips }));
  }

  ip(lane: number): string {
    return this.lanes[lane]?.SrcIpAddr ?? '';
  }

  /** The lane of this IP, or of the block that it is merged into; where users are compared, of this user. */
  laneOfIp(ip: string, user?: string): number | undefined {
    const block = ipBlockOf(ip);
    const lane = this.lanes.findIndex(
      ({ SrcIpAddr, owner, head }) =>
        head === undefined && owner?.user === user && (SrcIpAddr === ip || SrcIpAddr === block),
    );
    return lane === -1 ? undefined : lane;
  }

  /** The overlap of these two IPs that begins at this time, if the timeline holds it. */
  findOverlap(previousIp: string, ip: string, start: number): number | undefined {
    const lanes = { lane: this.laneOfIp(ip), previousLane: this.laneOfIp(previousIp) };
    const { lo, hi } = this.overlaps.range(0, start, start);
    for (let index = lo; index < hi; index++) {
      const overlap = this.overlap(index);
      const same = overlap.lane === lanes.lane && overlap.previousLane === lanes.previousLane;
      if (same && overlap.start === start) return index;
    }
    return undefined;
  }

  /** The bar of this session at this IP that begins at this time. */
  findBar(ip: string, sessionId: string, start: number): number | undefined {
    const lane = this.laneOfIp(ip);
    if (lane === undefined) return undefined;
    const { lo, hi } = this.bars.range(lane, start, start);
    for (let index = lo; index < hi; index++) {
      const bar = this.bar(index);
      if (bar.start === start && (bar.sessionId ?? sessionId) === sessionId) return index;
    }
    return undefined;
  }

  /** Overlaps stand in order of start; handing them out to their lanes in that order keeps each lane sorted. */
  #bandsOf(start: Float64Array, end: Float64Array, proven: Uint8Array): [LaneIndex, Uint32Array] {
    const lanes = new Uint32Array(2 * start.length);
    const { lane, previousLane } = this.#columns.overlaps;
    for (let index = 0; index < start.length; index++) {
      const at = this.#overlapOrder[index] ?? 0;
      lanes[2 * index] = lane[at] ?? 0;
      lanes[2 * index + 1] = previousLane[at] ?? 0;
    }
    const laneAt = offsets(lanes, this.lanes.length);
    const next = laneAt.slice();
    const of = new Uint32Array(lanes.length);
    for (let entry = 0; entry < lanes.length; entry++) {
      const involved = lanes[entry] ?? 0;
      const at = next[involved] ?? 0;
      of[at] = entry >>> 1;
      next[involved] = at + 1;
    }
    return [new LaneIndex(laneAt, picked(start, of), picked(end, of), proven), of];
  }
}

/** The model of one user, who has so many overlaps in all. */
export function modelOf(columns: ArrangedTimeline, gaps: readonly Gap[], overlapsInAll: number): TimelineModel {
  const undrawn = undrawnOf(columns, overlapsInAll);
  return new TimelineModel(columns, gaps, undrawn && [undrawn]);
}

/** The values at these indexes, in their order. */
function picked(values: Float64Array, indexes: Uint32Array): Float64Array {
  const chosen = new Float64Array(indexes.length);
  for (let index = 0; index < indexes.length; index++) chosen[index] = values[indexes[index] ?? 0] ?? 0;
  return chosen;
}
