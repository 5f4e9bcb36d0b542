import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { LF, SPACE } from './bytes';

const BUFFER = 1024 * 1024;
const EMPTY_OBJECT = Buffer.from('{}');

/** Writes a private copy (mode 0600) in large pieces. A short write is continued, never taken for a full one. */
export class CopyWriter {
  readonly #fd: number;
  readonly #buffer = Buffer.allocUnsafe(BUFFER);
  #filled = 0;
  #bytes = 0;

  constructor(path: string) {
    this.#fd = openSync(path, 'wx+', 0o600);
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  write(piece: Uint8Array): void {
    this.#bytes += piece.length;
    if (piece.length >= BUFFER) {
      this.#flush();
      this.#writeAll(piece);
      return;
    }
    if (this.#filled + piece.length > BUFFER) this.#flush();
    this.#buffer.set(piece, this.#filled);
    this.#filled += piece.length;
  }

  /**
   * Makes an empty object of each line between two places, which are line starts: the lines are still there, and say
   * nothing. No such line may be shorter than two bytes.
   */
  blank(from: number, to: number): void {
    this.#flush();
    const piece = Buffer.allocUnsafe(Math.min(BUFFER, to - from));
    let isStart = true;
    let written = 0; // bytes of the empty object of this line that are there
    for (let at = from; at < to;) {
      const size = readSync(this.#fd, piece, 0, Math.min(piece.length, to - at), at);
      if (size === 0) break;
      for (let index = 0; index < size; index++) {
        if (piece[index] === LF) isStart = true;
        else {
          if (isStart) written = 0;
          isStart = false;
          piece[index] = EMPTY_OBJECT[written++] ?? SPACE;
        }
      }
      this.#writeAll(piece.subarray(0, size), at);
      at += size;
    }
  }

  finish(): void {
    this.#flush();
  }

  /** Safe to call after a failure too. */
  close(): void {
    closeSync(this.#fd);
  }

  #flush(): void {
    this.#writeAll(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }

  /** At the end, or over what is already there from a place on. */
  #writeAll(bytes: Uint8Array, place?: number): void {
    for (let at = 0; at < bytes.length;) {
      at += writeSync(this.#fd, bytes, at, bytes.length - at, place === undefined ? null : place + at);
    }
  }
}
