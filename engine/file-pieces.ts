import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { throwIfCancelled } from '../shared/errors';

/** Small: what else the engine is asked has its turn between two of them. */
const PIECE_BYTES = 128 * 1024;

interface Reading {
  bytes?: number;
  signal?: AbortSignal | undefined;
}

/** The bytes of a file, the first `bytes` of them or all, a piece at a time. Throws `cancelled`, and what the disk does. */
export async function* piecesOf(path: string, { bytes = Infinity, signal }: Reading = {}): AsyncGenerator<Buffer> {
  if (bytes === 0) return;
  for await (const piece of createReadStream(path, { end: bytes - 1, highWaterMark: PIECE_BYTES })) {
    throwIfCancelled(signal);
    yield piece as Buffer; // a stream that is given no encoding gives buffers
  }
}

/** Of the same bytes, in lower-case hex; throws the same. */
export async function sha256Of(path: string, reading?: Reading): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of piecesOf(path, reading)) hash.update(piece);
  return hash.digest('hex');
}
