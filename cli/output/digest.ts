import { createHash } from 'node:crypto';

/** Passes a text on and keeps count: its bytes and, once it has been read to its end, its SHA-256. */
export class Digest {
  bytes = 0;
  readonly #hash = createHash('sha256');

  async *through(pieces: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const piece of pieces) {
      this.bytes += Buffer.byteLength(piece);
      this.#hash.update(piece);
      yield piece;
    }
  }

  /** Lower-case hex; once only. */
  sha256(): string {
    return this.#hash.digest('hex');
  }
}
