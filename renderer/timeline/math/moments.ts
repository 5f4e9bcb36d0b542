import { firstAbove, firstAtLeast } from './lane-index';

/** Times worth stopping at, sorted: where segments begin and end, where records are, where the log falls silent. */
export class Moments {
  readonly #times: Float64Array;

  /** The parts need not be sorted. */
  constructor(parts: readonly (Float64Array | readonly number[])[]) {
    const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    this.#times = all.sort();
  }

  /** The nearest one no further than `reach` ms away; undefined where there is none. */
  nearest(time: number, reach: number): number | undefined {
    const after = firstAtLeast(this.#times, time, 0, this.#times.length);
    const [before, behind] = [this.#times[after - 1] ?? -Infinity, this.#times[after] ?? Infinity];
    const nearer = time - before <= behind - time ? before : behind;
    return Math.abs(nearer - time) <= reach ? nearer : undefined;
  }

  /** The first one after a time (1), or the last one before it (-1). */
  next(time: number, by: 1 | -1): number | undefined {
    const { length } = this.#times;
    return by === 1
      ? this.#times[firstAbove(this.#times, time, 0, length)]
      : this.#times[firstAtLeast(this.#times, time, 0, length) - 1];
  }
}
