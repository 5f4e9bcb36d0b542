/** A small seeded generator (sfc32), so that the same seed gives the same log on every machine. Not for secrets. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(seed: number) {
    this.#a = 0x9e3779b9;
    this.#b = 0x243f6a88;
    this.#c = seed | 0;
    this.#counter = 1;
    // the first draws still show the seed
    for (let i = 0; i < 15; i++) this.#draw();
  }

  /** A whole number from 0 up to, and not including, `below`. */
  int(below: number): number {
    return Math.floor((this.#draw() / 0x1_0000_0000) * below);
  }

  /** A whole number from `from` up to and including `to`. */
  between(from: number, to: number): number {
    return from + this.int(to - from + 1);
  }

  /** True in `share` of the draws, 0 to 1. */
  chance(share: number): boolean {
    return this.#draw() < share * 0x1_0000_0000;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.int(choices.length)];
    if (choice === undefined) throw new RangeError('There is nothing to pick from.');
    return choice;
  }

  /** 20 characters of the base64 alphabet: what ZPA's session and connection ids look like. */
  id(): string {
    let id = '';
    for (let i = 0; i < 20; i++) id += ALPHABET.charAt(this.#draw() & 63);
    return id;
  }

  #draw(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + result;
    return result >>> 0;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
