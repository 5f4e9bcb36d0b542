import { readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { Choices } from '../shared/choices';
import { Parameters } from '../shared/domain';

const Kept = v.object({
  files: v.array(v.object({ path: v.string(), choices: v.optional(Choices) })),
  parameters: v.optional(Parameters),
});
export type Kept = v.InferOutput<typeof Kept>;

/**
 * What this run of the shell has opened last, in a private file of the run: an engine that is started again after a crash
 * can offer it. Without a file nothing is kept. Never throws: what is missed is missed only after a crash.
 */
export class LastOpened {
  readonly #file: string | undefined;
  /** What an earlier engine of this run had open; undefined once this one has opened something. */
  #before: Kept | undefined;
  #now: Kept | undefined;

  constructor(file: string | undefined) {
    this.#file = file;
    this.#before = read(file);
  }

  get before(): Kept | undefined {
    return this.#now ? undefined : this.#before;
  }

  /** Notes what is being opened; the function that comes back takes it back where that fails. */
  opening(files: Kept['files']): () => void {
    const [before, now] = [this.#before, this.#now];
    this.#now = { files };
    this.#write(this.#now);
    return () => {
      this.#before = before;
      this.#now = now;
      this.#write(now ?? before);
    };
  }

  detected(parameters: Parameters): void {
    if (!this.#now) return;
    this.#now = { ...this.#now, parameters };
    this.#write(this.#now);
  }

  #write(kept: Kept | undefined): void {
    try {
      if (this.#file !== undefined) writeFileSync(this.#file, JSON.stringify(kept ?? { files: [] }), { mode: 0o600 });
    } catch {
      // such as a full disk
    }
  }
}

function read(file: string | undefined): Kept | undefined {
  try {
    const kept = file === undefined ? undefined : v.parse(Kept, JSON.parse(readFileSync(file, 'utf8')));
    return kept && kept.files.length > 0 ? kept : undefined;
  } catch {
    return undefined; // none yet, or cut off
  }
}
