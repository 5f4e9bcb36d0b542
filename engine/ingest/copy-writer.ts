import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFER = 1024 * 1024;

/** Writes a private copy (mode 0600) in large pieces. A short write is continued, never taken for a full one. */
export class CopyWriter {
  readonly #fd: number;
  readonly #buffer = Buffer.allocUnsafe(BUFFER);
  #filled = 0;
  #bytes = 0;

  constructor(path: string) {
    this.#fd = openSync(path, 'wx', 0o600);
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

  #writeAll(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#fd, bytes, at);
  }
}
