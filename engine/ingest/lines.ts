/**
 * Which physical line (from 1, as an editor counts) a record stands on. A record is known by its ordinal: 1 for the first
 * record of its text that was loaded.
 */
export interface LineMap {
  lineOf(ordinal: number): number;
  /** The ordinal of the record that starts on this line; undefined where none does. */
  ordinalOf(line: number): number | undefined;
}

/** Stretches of lines on which no loaded record starts: blank lines, a header, the inside of a row. */
export interface Gaps {
  /** First line of each stretch, ascending. */
  starts: Uint32Array;
  /** How many lines each stretch has. */
  lengths: Uint32Array;
}

/** Collects gaps in ascending order; stretches that touch become one. */
export class GapList {
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];

  add(line: number): void {
    const last = this.#starts.length - 1;
    const start = this.#starts[last];
    const length = this.#lengths[last];
    if (start !== undefined && length !== undefined && start + length === line) this.#lengths[last] = length + 1;
    else {
      this.#starts.push(line);
      this.#lengths.push(1);
    }
  }

  finish(): Gaps {
    return { starts: Uint32Array.from(this.#starts), lengths: Uint32Array.from(this.#lengths) };
  }
}

/** For a text in which every line outside the gaps starts a record. */
export function lineMapOfGaps({ starts, lengths }: Gaps): LineMap {
  // before[k] gap lines precede gap k, so starts[k] - 1 - before[k] records do
  const before = new Float64Array(starts.length + 1);
  for (const [k, length] of lengths.entries()) before[k + 1] = (before[k] ?? 0) + length;
  const gapsBefore = (isBefore: (gap: number) => boolean): number => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    lineOf: (ordinal) =>
      ordinal + (before[gapsBefore((gap) => (starts[gap] ?? 0) - 1 - (before[gap] ?? 0) < ordinal)] ?? 0),
    ordinalOf: (line) => {
      const gaps = gapsBefore((gap) => (starts[gap] ?? 0) <= line);
      const isInside = gaps > 0 && line < (starts[gaps - 1] ?? 0) + (lengths[gaps - 1] ?? 0);
      return isInside ? undefined : line - (before[gaps] ?? 0);
    },
  };
}
