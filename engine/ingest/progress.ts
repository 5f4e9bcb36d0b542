import type { Progress, Step } from '../../shared/contract';

/**
 * Adds up how far reading is, over two passes: the pass over the bytes and the load by DuckDB. A byte counts half in each.
 */
export class ReadingProgress {
  readonly #report: (progress: Progress) => void;
  readonly #bytesTotal: number;
  #bytesBefore = 0;
  #recordsBefore = 0;
  #file = { name: '', bytes: 0 };
  #step: Step = 'checking';
  #soFar: Progress['soFar'];
  #scanned = 0;
  #loaded = 0;
  #lines = 0;

  constructor(bytesTotal: number, report: (progress: Progress) => void) {
    this.#bytesTotal = bytesTotal;
    this.#report = report;
  }

  /** Begins with an input. */
  startFile(name: string, bytes: number): void {
    this.#file = { name, bytes };
    this.#scanned = 0;
    this.#loaded = 0;
    this.#lines = 0;
    this.step('checking');
  }

  /** The input has been read to its end, in both passes. */
  allRead(): void {
    this.#scanned = this.#file.bytes;
    this.loaded(1);
  }

  /** Ends it: `records` is their true number. */
  finishFile(records: number): void {
    this.#bytesBefore += this.#file.bytes;
    this.#recordsBefore += records;
    this.#file = { name: this.#file.name, bytes: 0 };
    this.#lines = 0;
    this.#send();
  }

  /** What was found in the files that are done. */
  found(soFar: Progress['soFar']): void {
    this.#soFar = soFar;
    this.#send();
  }

  step(step: Step): void {
    this.#step = step;
    this.#send();
  }

  /** How far the pass over the bytes is. */
  scanned(bytes: number, lines: number): void {
    this.#scanned = Math.max(this.#scanned, bytes);
    this.#lines = Math.max(this.#lines, lines);
    this.#send();
  }

  /** `fraction` of the load, 0 to 1. */
  loaded(fraction: number): void {
    this.#loaded = Math.max(this.#loaded, fraction);
    this.#send();
  }

  #send(): void {
    const { name, bytes } = this.#file;
    const done = (Math.min(this.#scanned, bytes) + this.#loaded * bytes) / 2;
    this.#report({
      step: this.#step,
      file: name,
      bytesDone: Math.min(this.#bytesTotal, Math.floor(this.#bytesBefore + done)),
      bytesTotal: this.#bytesTotal,
      records: this.#recordsBefore + this.#lines,
      ...(this.#soFar === undefined ? {} : { soFar: this.#soFar }),
    });
  }
}
