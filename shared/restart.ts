const PAUSES_MS = [0, 250, 1000, 3000];
/** A process that has lived this long was not broken from the start: counting begins anew. */
const HEALTHY_AFTER_MS = 30_000;

/** When to start a crashed engine again: at once, then later and later, and no more after five crashes in a row. */
export class RestartPlan {
  #crashes = 0;

  /** Call at each crash. Returns the pause in ms before the next start; undefined = give up. */
  crashed(livedMs: number): number | undefined {
    this.#crashes = livedMs > HEALTHY_AFTER_MS ? 1 : this.#crashes + 1;
    return PAUSES_MS[this.#crashes - 1];
  }
}
