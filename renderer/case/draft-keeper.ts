/** After a key it takes at most so long until the case is told; docs/decisions.md promises a second. */
const EVERY_MS = 300;

/**
 * Sends half-typed notes to the case, at most one every EVERY_MS and always the newest text of each finding. What
 * could not be sent is tried again until it is.
 */
export class DraftKeeper {
  readonly #send: (draft: { finding: string; text: string }) => Promise<unknown>;
  readonly #unsent = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;

  constructor(send: (draft: { finding: string; text: string }) => Promise<unknown>) {
    this.#send = send;
  }

  /** Whether everything that was typed about the finding is kept. */
  isKept(finding: string): boolean {
    return !this.#unsent.has(finding);
  }

  /** An empty text forgets the draft. */
  keep(finding: string, text: string): void {
    this.#unsent.set(finding, text);
    this.#later();
  }

  /** Sends what is unsent without waiting: the page may go away. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#sendAll();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#sendAll();
    }, EVERY_MS);
  }

  async #sendAll(): Promise<void> {
    if (this.#sending) return this.#later();
    this.#sending = true;
    try {
      for (const [finding, text] of this.#unsent) {
        await this.#send({ finding, text });
        if (this.#unsent.get(finding) === text) this.#unsent.delete(finding);
      }
    } catch {
      // it is still unsent
    } finally {
      this.#sending = false;
    }
    if (this.#unsent.size > 0) this.#later();
    return undefined;
  }
}
