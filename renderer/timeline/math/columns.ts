import type { TimeWindow } from '../time-window';
import { spanOf } from '../time-window';
import { PROVEN } from './lane-index';
import type { LaneIndex } from './lane-index';

/**
 * What each of `columns.length` equal stretches of the window holds in one lane: 0 nothing, else the greatest kind of
 * the bars that touch it. Costs the bars of the lane in the window plus the columns, however long the bars are:
 * they come sorted by start, so whatever lies left of the furthest end so far is filled already.
 */
export function fillColumns(bars: LaneIndex, lane: number, window: TimeWindow, columns: Uint8Array): void {
  columns.fill(0);
  const perMs = columns.length / spanOf(window);
  const { lo, hi } = bars.range(lane, window.from, window.to);
  let provenTo = 0;
  let assumedTo = 0;
  for (let bar = lo; bar < hi; bar++) {
    const end = bars.end[bar] ?? 0;
    if (end < window.from) continue;
    const kind = bars.kind[bar] ?? 0;
    const from = Math.max(0, Math.floor(((bars.start[bar] ?? 0) - window.from) * perMs));
    const to = Math.min(columns.length, Math.max(from + 1, Math.ceil((end - window.from) * perMs)));
    if (kind === PROVEN) {
      if (to > provenTo) columns.fill(PROVEN, Math.max(from, provenTo), to);
      provenTo = Math.max(provenTo, to);
    } else {
      for (let column = Math.max(from, assumedTo); column < to; column++) columns[column] ||= kind;
      assumedTo = Math.max(assumedTo, to);
    }
  }
}

/** Bars of a lane in sight from which its columns are read from halved bins instead. */
const DENSE = 2048;
const BINS = 1 << 15;
const FEWEST_BINS = 256;

/**
 * Columns at a cost that does not depend on the number of bars: a dense lane is binned once over the whole span (when
 * first seen) and halved again and again, and the finest bins that are no wider than a column are read.
 */
export class Pyramid {
  readonly #levels = new Map<number, Uint8Array[]>();

  constructor(
    readonly bars: LaneIndex,
    readonly span: TimeWindow,
  ) {}

  /** As fillColumns; where bins are read an edge may be off by one column. */
  fill(lane: number, window: TimeWindow, columns: Uint8Array): void {
    const { lo, hi } = this.bars.range(lane, window.from, window.to);
    const columnMs = spanOf(window) / columns.length;
    const level = Math.floor(Math.log2((BINS * columnMs) / spanOf(this.span)));
    if (hi - lo <= DENSE || level < 0) return fillColumns(this.bars, lane, window, columns);

    const levels = this.#levelsOf(lane);
    const bins = levels[Math.min(level, levels.length - 1)] ?? new Uint8Array(0);
    const binMs = spanOf(this.span) / bins.length;
    const first = Math.max(0, Math.floor((window.from - this.span.from) / binMs));
    const last = Math.min(bins.length - 1, Math.floor((window.to - this.span.from) / binMs));
    columns.fill(0);
    for (let bin = first; bin <= last; bin++) {
      const kind = bins[bin] ?? 0;
      const at = Math.floor((this.span.from + bin * binMs - window.from) / columnMs);
      const column = Math.min(columns.length - 1, Math.max(0, at));
      if (kind > (columns[column] ?? 0)) columns[column] = kind;
    }
  }

  #levelsOf(lane: number): Uint8Array[] {
    const known = this.#levels.get(lane);
    if (known) return known;
    let bins = new Uint8Array(BINS);
    fillColumns(this.bars, lane, this.span, bins);
    const levels = [bins];
    while (bins.length > FEWEST_BINS) {
      const finer = bins;
      bins = Uint8Array.from({ length: finer.length / 2 }, (_, bin) =>
        Math.max(finer[2 * bin] ?? 0, finer[2 * bin + 1] ?? 0),
      );
      levels.push(bins);
    }
    this.#levels.set(lane, levels);
    return levels;
  }
}

/** Calls `run` for each stretch of equal, filled columns: its first column, its width, its kind. */
export function eachRun(columns: Uint8Array, run: (first: number, width: number, kind: number) => void): void {
  let first = 0;
  for (let column = 1; column <= columns.length; column++) {
    const kind = columns[first] ?? 0;
    if (column < columns.length && columns[column] === kind) continue;
    if (kind !== 0) run(first, column - first, kind);
    first = column;
  }
}
