import { createReadStream } from 'node:fs';
import { throwIfCancelled } from '../shared/errors';

const PIECE_BYTES = 1024 * 1024;

/** The bytes of a file, the first `bytes` of them or all, a MiB at a time. Throws `cancelled`, and what the disk does. */
export async function* piecesOf(
  path: string,
  { bytes = Infinity, signal }: { bytes?: number; signal?: AbortSignal | undefined } = {},
): AsyncGenerator<Buffer> {
  if (bytes === 0) return;
  for await (const piece of createReadStream(path, { end: bytes - 1, highWaterMark: PIECE_BYTES })) {
    throwIfCancelled(signal);
    yield piece as Buffer; // a stream that is given no encoding gives buffers
  }
}
