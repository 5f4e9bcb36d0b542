/** Gathers small pieces into large ones: the passes over a text write values, and the next pass wants blocks. */
export class BatchWriter {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #out: Uint8Array;
  #filled = 0;

  /** `write` must not keep what it is given. */
  constructor(write: (bytes: Uint8Array) => void, bufferBytes = 256 * 1024) {
    this.#write = write;
    this.#out = new Uint8Array(bufferBytes);
  }

  push(bytes: Uint8Array): void {
    if (this.#filled + bytes.length > this.#out.length) this.flush();
    if (bytes.length > this.#out.length) return this.#write(bytes);
    this.#out.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  flush(): void {
    if (this.#filled > 0) this.#write(this.#out.subarray(0, this.#filled));
    this.#filled = 0;
  }
}
