/** What a bar vouches for. In a pixel that holds both, the greater one shows. */
export const ASSUMED = 1;
export const PROVEN = 2;

/** Bars by lane, sorted by start within a lane, with their running maximum of end. Binary search finds what is visible. */
export class LaneIndex {
  readonly #reach: Float64Array;

  constructor(
    /** Bars of lane `l` are laneAt[l] to laneAt[l + 1], the latter excluded. */
    readonly laneAt: Uint32Array,
    readonly start: Float64Array,
    readonly end: Float64Array,
    /** ASSUMED or PROVEN, one a bar. */
    readonly kind: Uint8Array,
  ) {
    this.#reach = new Float64Array(start.length);
    for (let lane = 0; lane < this.lanes; lane++) {
      let reach = -Infinity;
      for (let bar = this.first(lane); bar < this.first(lane + 1); bar++) {
        reach = Math.max(reach, end[bar] ?? reach);
        this.#reach[bar] = reach;
      }
    }
  }

  get lanes(): number {
    return this.laneAt.length - 1;
  }

  /** The first bar of a lane; of the lane after the last, the number of bars. */
  first(lane: number): number {
    return this.laneAt[lane] ?? this.start.length;
  }

  /**
   * Bars of a lane from `lo` on, `hi` excluded, among which are all that touch [from, to]. A bar in between may have
   * ended before `from`.
   */
  range(lane: number, from: number, to: number): { lo: number; hi: number } {
    const hi = firstAbove(this.start, to, this.first(lane), this.first(lane + 1));
    return { lo: firstAtLeast(this.#reach, from, this.first(lane), hi), hi };
  }

  /** Of the bars of a lane that touch [from, to] the one that starts last, which is drawn on top. */
  topmost(lane: number, from: number, to: number): number | undefined {
    const { lo, hi } = this.range(lane, from, to);
    for (let bar = hi - 1; bar >= lo; bar--) if ((this.end[bar] ?? -Infinity) >= from) return bar;
    return undefined;
  }

  /** The lane that a bar is in. */
  laneOf(bar: number): number {
    return firstAbove(this.laneAt, bar, 0, this.laneAt.length) - 1;
  }
}

/** Counts how many entries each lane has, as offsets: what LaneIndex calls laneAt. */
export function offsets(lane: Uint32Array, lanes: number): Uint32Array {
  const laneAt = new Uint32Array(lanes + 1);
  for (const value of lane) laneAt[value + 1] = (laneAt[value + 1] ?? 0) + 1;
  for (let index = 1; index <= lanes; index++) laneAt[index] = (laneAt[index] ?? 0) + (laneAt[index - 1] ?? 0);
  return laneAt;
}

type Sorted = Float64Array | Uint32Array;

/** The first index in [lo, hi) whose value is at least `limit`, else hi. */
export function firstAtLeast(values: Sorted, limit: number, lo: number, hi: number): number {
  let [low, high] = [lo, hi];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first index in [lo, hi) whose value is above `limit`, else hi. */
export function firstAbove(values: Sorted, limit: number, lo: number, hi: number): number {
  let [low, high] = [lo, hi];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
