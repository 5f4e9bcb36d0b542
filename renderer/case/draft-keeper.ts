import type { Draft } from '../../shared/decisions';

/** After a key it takes at most so long until the case is told; docs/decisions.md promises a second. */
const EVERY_MS = 300;
/** Where it could not be told. */
const AGAIN_MS = 1000;

/**
 * Sends half-typed notes to the case that they belong to, at most one every EVERY_MS and always the newest text of each
 * finding. What could not be sent is tried again until it is, or once its case is open again.
 */
export class DraftKeeper {
  readonly #send: (draft: Draft & { case: string }) => Promise<unknown>;
  /** What is not sent yet, by case and then by finding. */
  readonly #unsentOf = new Map<string, Map<string, string>>();
  #case = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;

  constructor(send: (draft: Draft & { case: string }) => Promise<unknown>) {
    this.#send = send;
  }

  /** Another case is open, or the same one again. Gives what was typed about its findings and is not kept yet. */
  openCase(id: string): ReadonlyMap<string, string> {
    this.#case = id;
    if (this.#unsent().size > 0) this.#later();
    return this.#unsent();
  }

  /** An empty text forgets the draft. */
  keep(finding: string, text: string): void {
    this.#unsent().set(finding, text);
    this.#later();
  }

  /** Sends what is unsent without waiting: the page may go away. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#sendAll();
  }

  #unsent(): Map<string, string> {
    const unsent = this.#unsentOf.get(this.#case) ?? new Map<string, string>();
    this.#unsentOf.set(this.#case, unsent);
    return unsent;
  }

  #later(after = EVERY_MS): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#sendAll();
    }, after);
  }

  async #sendAll(): Promise<void> {
    if (this.#sending) return this.#later();
    this.#sending = true;
    const unsent = this.#unsent();
    const id = this.#case;
    let failed = false;
    try {
      for (const [finding, text] of unsent) {
        await this.#send({ finding, text, case: id });
        if (unsent.get(finding) === text) unsent.delete(finding);
      }
    } catch {
      failed = true; // it is still unsent
    } finally {
      this.#sending = false;
    }
    if (this.#unsent().size > 0) this.#later(failed ? AGAIN_MS : EVERY_MS);
    return undefined;
  }
}
