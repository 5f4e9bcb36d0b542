/** Lets one call through at once and then at most one in every `ms`, always ending with the newest. */
export class Throttle<T> {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #newest: { value: T } | undefined;

  constructor(
    readonly ms: number,
    readonly emit: (value: T) => void,
  ) {}

  /** True while a newer value than the last one emitted is on its way. */
  get pending(): boolean {
    return this.#newest !== undefined;
  }

  call(value: T): void {
    if (this.#timer !== undefined) {
      this.#newest = { value };
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const newest = this.#newest;
      this.#newest = undefined;
      if (newest) this.call(newest.value);
    }, this.ms);
    this.emit(value);
  }

  /** Nothing is emitted from now on until the next call. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#newest = undefined;
  }
}
