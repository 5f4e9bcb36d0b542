import { lineNumbers } from './long-list';

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
  readonly #starts = lineNumbers();
  readonly #lengths = lineNumbers();
  /** The stretch at hand: it may go on. */
  #start = 0;
  #length = 0;

  add(line: number): void {
    if (this.#start + this.#length === line) this.#length += 1;
    else {
      this.#close();
      this.#start = line;
      this.#length = 1;
    }
  }

  finish(): Gaps {
    this.#close();
    this.#length = 0;
    return { starts: this.#starts.finish(), lengths: this.#lengths.finish() };
  }

  #close(): void {
    if (this.#length === 0) return;
    this.#starts.push(this.#start);
    this.#lengths.push(this.#length);
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
