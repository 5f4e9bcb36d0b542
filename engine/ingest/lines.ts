/**
 * Which physical line (from 1, as an editor counts) a record stands on. A record is known by its ordinal: 1 for the first
 * record of its file that was loaded.
 */
export interface LineMap {
  lineOf(ordinal: number): number;
  /** The ordinal of the record that starts on this line; undefined where none does. */
  ordinalOf(line: number): number | undefined;
}

/** Stretches of lines on which no loaded record starts: blank lines, a header, rejected rows, the inside of a row. */
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

  add(line: number, lines = 1): void {
    const last = this.#starts.length - 1;
    const start = this.#starts[last];
    const length = this.#lengths[last];
    if (start !== undefined && length !== undefined && start + length === line) this.#lengths[last] = length + lines;
    else {
      this.#starts.push(line);
      this.#lengths.push(lines);
    }
  }

  finish(): Gaps {
    return { starts: Uint32Array.from(this.#starts), lengths: Uint32Array.from(this.#lengths) };
  }
}

/** For text in which every line outside the gaps starts a record. */
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
      const inside = gaps > 0 && line < (starts[gaps - 1] ?? 0) + (lengths[gaps - 1] ?? 0);
      return inside ? undefined : line - (before[gaps] ?? 0);
    },
  };
}

/** For records cut out of a text in which several may share a line: `lines[k]` is where record k + 1 starts. */
export function lineMapOfStarts(lines: Uint32Array): LineMap {
  return {
    lineOf: (ordinal) => lines[ordinal - 1] ?? 0,
    ordinalOf: (line) => {
      const index = lines.indexOf(line);
      return index === -1 ? undefined : index + 1;
    },
  };
}
