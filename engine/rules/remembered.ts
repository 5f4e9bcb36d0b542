/** Answers that take long, by what they depend on: of one log, the few newest. An answer that failed is not kept. */
export class Remembered<T> {
  readonly #most: number;
  #log: object | undefined;
  readonly #answers = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The answer for `key` over `log`, made unless it is known. With another log the answers of the one before are forgotten. */
  async of(log: object, key: string, make: () => Promise<T>): Promise<T> {
    if (log !== this.#log) {
      this.#log = log;
      this.#answers.clear();
    }
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const made = await make();
    if (log === this.#log) {
      this.#answers.set(key, made);
      for (const old of this.#answers.keys()) {
        if (this.#answers.size <= this.#most) break;
        this.#answers.delete(old);
      }
    }
    return made;
  }
}
