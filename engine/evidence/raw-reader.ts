import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { throwIfCancelled } from '../../shared/errors';
import type { RawProblem } from '../../shared/evidence';
import { RAW_BYTES, Seeker } from './raw-records';
import type { RawRecord, RawText } from './raw-records';
import { textReader } from './text-reader';

/** How long the place in a packed text is kept for whoever reads on. */
const KEPT_MS = 20_000;

/** A text that is open, and the last record that was read of it. */
interface Reading {
  file: FileHandle;
  seeker: Seeker;
  last: number;
}

/**
 * Gives records of one input again. A packed text can only be read forward, so where the last call ended is kept for a
 * while: whoever goes through it in pieces unpacks it once.
 */
export class RawReader {
  readonly #text: RawText;
  readonly #most: number;
  #kept: Reading | undefined;
  #forget: NodeJS.Timeout | undefined;

  /** `most`: bytes of a record that are given. */
  constructor(text: RawText, most = RAW_BYTES) {
    this.#text = text;
    this.#most = most;
  }

  /** By ordinal, ascending. A file that is no longer what it was gives no text. */
  async records(ordinals: readonly number[], signal: AbortSignal | undefined): Promise<RawRecord[]> {
    const { check } = this.#text;
    const without = (problem: RawProblem): RawRecord[] =>
      ordinals.map(() => ({ offset: null, raw: null, isCut: false, problem }));
    const before = await check?.problem(signal);
    if (before) return without(before);
    let reading: Reading | undefined;
    try {
      reading = await this.#take(ordinals[0] ?? 0);
      const records: RawRecord[] = [];
      for (const ordinal of ordinals) records.push(await reading.seeker.record(ordinal, signal));
      reading.last = ordinals.at(-1) ?? reading.last;
      // it may have been written to meanwhile
      const after = await check?.problem(signal);
      if (after) return without(after);
      this.#keep(reading);
      reading = undefined;
      return records;
    } catch {
      throwIfCancelled(signal);
      return without('file-unreadable');
    } finally {
      await reading?.file.close();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#forget);
    const kept = this.#kept;
    this.#kept = undefined;
    await kept?.file.close();
  }

  async #take(first: number): Promise<Reading> {
    const kept = this.#kept;
    if (kept && kept.last < first) {
      clearTimeout(this.#forget);
      this.#kept = undefined;
      return kept;
    }
    const { path, container, encoding } = this.#text;
    const file = await open(path, 'r');
    try {
      return { file, seeker: new Seeker(this.#text, await textReader(file, container, encoding), this.#most), last: 0 };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  #keep(reading: Reading): void {
    const [old, timer] = [this.#kept, this.#forget];
    clearTimeout(timer);
    this.#kept = reading;
    this.#forget = setTimeout(() => void this.close(), KEPT_MS).unref();
    void old?.file.close();
  }
}

/** The same once: nothing is kept open. */
export async function rawRecords(
  text: RawText,
  ordinals: readonly number[],
  signal: AbortSignal | undefined,
  most = RAW_BYTES,
): Promise<RawRecord[]> {
  const reader = new RawReader(text, most);
  try {
    return await reader.records(ordinals, signal);
  } finally {
    await reader.close();
  }
}
