const FIRST_PIECE = 1024;
const LARGEST_PIECE = 64 * 1024;

/**
 * Numbers in typed memory that grows, by pieces that never move: a list that can have an entry for every line of a file. An
 * ordinary list takes several times as much.
 */
export class LongList<A extends Uint8Array | Uint32Array | Float64Array> {
  readonly #make: (length: number) => A;
  readonly #full: A[] = [];
  #piece: A;
  #filled = 0;
  #length = 0;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#piece = make(FIRST_PIECE);
  }

  get length(): number {
    return this.#length;
  }

  get last(): number | undefined {
    return this.#filled === 0 ? undefined : this.#piece[this.#filled - 1];
  }

  push(value: number): void {
    if (this.#filled === this.#piece.length) {
      this.#full.push(this.#piece);
      this.#piece = this.#make(Math.min(LARGEST_PIECE, this.#piece.length * 2));
      this.#filled = 0;
    }
    this.#piece[this.#filled++] = value;
    this.#length += 1;
  }

  finish(): A {
    const all = this.#make(this.#length);
    let at = 0;
    for (const piece of this.#full) {
      all.set(piece, at);
      at += piece.length;
    }
    all.set(this.#piece.subarray(0, this.#filled), at);
    return all;
  }
}

/** Line numbers, below 2^32. */
export const lineNumbers = (): LongList<Uint32Array> => new LongList((length) => new Uint32Array(length));

/** Places in a file, which can be larger. */
export const places = (): LongList<Float64Array> => new LongList((length) => new Float64Array(length));
