import type { FileHandle } from 'node:fs/promises';

/**
 * A file from its beginning to its end, in pieces of up to so many bytes, each of them read while the one before it is looked
 * at. A piece holds until the next one is asked for.
 */
export async function* readAhead(file: FileHandle, bytes: number): AsyncGenerator<Buffer, void, undefined> {
  let [piece, next] = [Buffer.allocUnsafe(bytes), Buffer.allocUnsafe(bytes)];
  let place = 0;
  let reading = file.read(piece, 0, bytes, place);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      place += bytesRead;
      reading = file.read(next, 0, bytes, place);
      yield piece.subarray(0, bytesRead);
      [piece, next] = [next, piece];
    }
  } finally {
    // whoever stops early closes the file, and does not want to hear of what was still being read
    await reading.catch(() => undefined);
  }
}
