/**
 * Numbers in typed memory that grows: a list that can have an entry for every line of a file. An ordinary list takes
 * several times as much.
 */
export class LongList<A extends Uint8Array | Uint32Array | Float64Array> {
  readonly #make: (length: number) => A;
  #items: A;
  #length = 0;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#items = make(1024);
  }

  get length(): number {
    return this.#length;
  }

  get last(): number | undefined {
    return this.#items[this.#length - 1];
  }

  push(value: number): void {
    if (this.#length === this.#items.length) this.#items = this.#copy(this.#length * 2);
    this.#items[this.#length++] = value;
  }

  finish(): A {
    return this.#copy(this.#length);
  }

  #copy(length: number): A {
    const copy = this.#make(length);
    copy.set(this.#items.subarray(0, this.#length));
    return copy;
  }
}

/** Line numbers, below 2^32. */
export const lineNumbers = (): LongList<Uint32Array> => new LongList((length) => new Uint32Array(length));

/** Places in a file, which can be larger. */
export const places = (): LongList<Float64Array> => new LongList((length) => new Float64Array(length));
