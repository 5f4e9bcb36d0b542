import type { TimeWindow } from '../time-window';

/** Time to pixel and back: a window of time laid over `width` CSS pixels. */
export class TimeScale {
  readonly #from: number;
  readonly #pixelsPerMs: number;

  constructor(
    readonly window: TimeWindow,
    readonly width: number,
  ) {
    this.#from = window.from;
    this.#pixelsPerMs = width / (window.to - window.from);
  }

  /** CSS pixels from the left edge; beyond 0 and `width` for times that are off screen. */
  x(time: number): number {
    return (time - this.#from) * this.#pixelsPerMs;
  }

  time(x: number): number {
    return this.#from + x / this.#pixelsPerMs;
  }

  /** The length in ms that so many CSS pixels stand for. */
  ms(pixels: number): number {
    return pixels / this.#pixelsPerMs;
  }
}
