import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Cut } from '../formats/format';
import { LineScanner } from './line-scanner';
import type { LineScan } from './line-scanner';

export interface PrepareJob {
  /** A real path. */
  path: string;
  /** What the file is called on screen. */
  name: string;
  cut: Cut;
}

export interface Prepared {
  /** Of the file as it lies: size and SHA-256 in lower-case hex. */
  bytes: number;
  sha256: string;
  scan: LineScan;
}

export interface PrepareHooks {
  /** Bytes of the file read and lines of its text found, so far. */
  progress: (bytes: number, lines: number) => void;
  isCancelled: () => boolean;
}

const PIECE = 1024 * 1024;

/** One pass over a file: what it is as evidence (hash, size) and how its text falls into lines. */
export async function prepareInput(job: PrepareJob, hooks: PrepareHooks): Promise<Prepared | undefined> {
  const hash = createHash('sha256');
  const scanner = new LineScanner({ quotes: job.cut.by === 'csv' });
  const file = await open(job.path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(PIECE);
    let bytes = 0;
    while (!hooks.isCancelled()) {
      const { bytesRead } = await file.read(buffer, 0, PIECE, bytes);
      if (bytesRead === 0) return { bytes, sha256: hash.digest('hex'), scan: scanner.finish() };
      const piece = buffer.subarray(0, bytesRead);
      hash.update(piece);
      scanner.push(piece);
      bytes += bytesRead;
      hooks.progress(bytes, scanner.lines);
    }
    return undefined;
  } finally {
    await file.close();
  }
}
