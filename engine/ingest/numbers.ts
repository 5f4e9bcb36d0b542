const FIRST_PIECE = 256;
const LARGEST_PIECE = 64 * 1024;
/** What a safe integer takes at most. */
const MOST_BYTES = 8;

/** Whole numbers in as few bytes as they need, seven bits in each; read in order, and never held in one piece. */
export type Numbers = readonly Uint8Array[];

/** Gathers numbers: most of a hundred million small ones take a byte, and growing moves none of them. */
export class NumberList {
  readonly #pieces: Uint8Array[] = [];
  #piece = new Uint8Array(FIRST_PIECE);
  #filled = 0;

  /** Not negative. */
  push(value: number): void {
    if (this.#filled + MOST_BYTES > this.#piece.length) this.#next();
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#piece[this.#filled++] = (rest % 128) | 128;
    this.#piece[this.#filled++] = rest;
  }

  finish(): Numbers {
    return [...this.#pieces, this.#piece.slice(0, this.#filled)];
  }

  #next(): void {
    this.#pieces.push(this.#piece.slice(0, this.#filled));
    this.#piece = new Uint8Array(Math.min(LARGEST_PIECE, this.#piece.length * 2));
    this.#filled = 0;
  }
}

/** The numbers in the order in which they were pushed. */
export function* eachNumber(numbers: Numbers): Generator<number, void, undefined> {
  for (const piece of numbers) {
    let value = 0;
    let scale = 1;
    for (const byte of piece) {
      value += (byte & 127) * scale;
      scale *= 128;
      if (byte > 127) continue;
      yield value;
      value = 0;
      scale = 1;
    }
  }
}
