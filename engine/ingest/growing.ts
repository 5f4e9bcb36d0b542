import { eachNumber } from './numbers';
import { LongList, places } from './long-list';

/** So many numbers share one place at which they are looked up. */
const GROUP = 64;
/** Twice a smaller number is one of 31 bits. */
const SMALL = 2 ** 30;

/**
 * Numbers of which each is a little larger than the one before, as places of records in a file are: two bytes each or so,
 * where typed memory takes eight, because a file can have a record in every two bytes. Plain typed memory in an object
 * that threads can give each other.
 */
export interface Growing {
  readonly length: number;
  /** From one number to the next, but for the first of a group: seven bits a byte, odd ones go back. */
  readonly steps: Uint8Array;
  /** Of each group the first number, and where its steps begin. */
  readonly firsts: Float64Array;
  readonly places: Float64Array;
}

/** Gathers them; one that is smaller than the one before is kept as it is too. */
export class GrowingList {
  readonly #steps = new LongList((length) => new Uint8Array(length));
  readonly #firsts = places();
  readonly #places = places();
  #length = 0;
  #last = 0;

  get length(): number {
    return this.#length;
  }

  get last(): number | undefined {
    return this.#length === 0 ? undefined : this.#last;
  }

  push(value: number): void {
    if (this.#length % GROUP === 0) {
      this.#firsts.push(value);
      this.#places.push(this.#steps.length);
    } else {
      const step = value - this.#last;
      if (step >= 0 && step < SMALL) this.#pushSmall(step << 1);
      else this.#pushLarge(step < 0 ? -step * 2 - 1 : step * 2);
    }
    this.#last = value;
    this.#length += 1;
  }

  /** Almost every step; in whole numbers of 32 bits, which is several times as quick. */
  #pushSmall(rest: number): void {
    for (; rest > 127; rest >>>= 7) this.#steps.push((rest & 127) | 128);
    this.#steps.push(rest);
  }

  #pushLarge(rest: number): void {
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#steps.push((rest % 128) | 128);
    this.#steps.push(rest);
  }

  finish(): Growing {
    return {
      length: this.#length,
      steps: this.#steps.finish(),
      firsts: this.#firsts.finish(),
      places: this.#places.finish(),
    };
  }
}

/** The number at an index from 0; undefined beyond the end. */
export function numberAt({ length, steps, firsts, places: begin }: Growing, index: number): number | undefined {
  if (index < 0 || index >= length) return undefined;
  const group = Math.floor(index / GROUP);
  let value = firsts[group] ?? 0;
  let left = index % GROUP;
  for (const step of eachNumber([steps.subarray(begin[group], begin[group + 1])])) {
    if (left === 0) break;
    left -= 1;
    value += moved(step);
  }
  return value;
}

/** All of them in order. */
export function* eachGrowing({ length, steps, firsts }: Growing): Generator<number, void, undefined> {
  const all = eachNumber([steps]);
  let value = 0;
  for (let index = 0; index < length; index++) {
    value = index % GROUP === 0 ? (firsts[index / GROUP] ?? 0) : value + moved(all.next().value ?? 0);
    yield value;
  }
}

const moved = (step: number): number => (step % 2 === 0 ? step / 2 : -(step + 1) / 2);
