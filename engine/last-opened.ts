import { readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { Choices } from '../shared/choices';
import { Parameters } from '../shared/domain';

const Kept = v.object({
  files: v.array(v.object({ path: v.string(), choices: v.optional(Choices) })),
  parameters: v.optional(Parameters),
  /** The log came out of the cache of a case. */
  usesCache: v.optional(v.boolean()),
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
  #usesCache = false;
  /** An earlier engine of this run ended while it had a log that came out of a cache. */
  readonly usedCache: boolean;

  constructor(file: string | undefined) {
    this.#file = file;
    const kept = read(file);
    this.usedCache = kept?.usesCache === true;
    this.#before = kept && kept.files.length > 0 ? kept : undefined;
  }

  /** A log is being taken out of the cache of a case: should that end this engine, the next one knows. */
  usesCache(): void {
    this.#usesCache = true;
    this.#write(this.#now ?? this.#before);
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
      if (this.#file === undefined) return;
      const all = { files: [], ...kept, ...(this.#usesCache && { usesCache: true }) };
      writeFileSync(this.#file, JSON.stringify(all), { mode: 0o600 });
    } catch {
      // such as a full disk
    }
  }
}

function read(file: string | undefined): Kept | undefined {
  try {
    return file === undefined ? undefined : v.parse(Kept, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // none yet, or cut off
  }
}
