import { createHash } from 'node:crypto';
import { open, realpath, stat } from 'node:fs/promises';
import * as v from 'valibot';
import { throwIfCancelled } from '../../shared/errors';
import { readAt } from '../ingest/read-at';
import { LeftOut } from '../sources/source';
import type { FileToOpen } from '../sources/source';
import { walkFolder } from '../sources/walk';

/** What is looked at of a file: its two ends, and so many places between them. */
const END_BYTES = 64 * 1024;
const PLACES = 16;
const PLACE_BYTES = 4096;

/** What tells, within milliseconds, whether a file is still what it was; of one that is not read, why it is not. */
export const Stamp = v.object({
  /** With symbolic links resolved. */
  path: v.string(),
  bytes: v.number(),
  /** Whole: copies of a file keep no smaller part of it. */
  modifiedMs: v.number(),
  /** SHA-256 of some of its bytes. */
  probe: v.string(),
});
export type Stamp = v.InferOutput<typeof Stamp>;

/** The stamps of files, and of all that lies in folders. Undefined where one cannot be read: whoever opens them hears why. */
export async function stampsOf(
  files: readonly FileToOpen[],
  signal: AbortSignal | undefined,
): Promise<Stamp[] | undefined> {
  const stamps: Stamp[] = [];
  try {
    for (const file of files) {
      throwIfCancelled(signal);
      if (file.leftOut !== undefined) stamps.push(notRead(file.path, file.leftOut));
      else if ((await stat(file.path)).isDirectory()) {
        const leftOut = new LeftOut();
        for (const found of await walkFolder(file, leftOut, signal)) stamps.push(await stampOf(found.path, signal));
        for (const { name, reason } of leftOut.rows) stamps.push(notRead(name, reason));
      } else stamps.push(await stampOf(file.path, signal));
    }
    return stamps;
  } catch {
    throwIfCancelled(signal);
    return undefined;
  }
}

function notRead(path: string, reason: string): Stamp {
  return { path, bytes: 0, modifiedMs: 0, probe: reason };
}

async function stampOf(named: string, signal: AbortSignal | undefined): Promise<Stamp> {
  throwIfCancelled(signal);
  const path = await realpath(named);
  const found = await stat(path);
  if (!found.isFile()) throw new Error('no regular file'); // opening a named pipe would wait for a writer
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    hash.update(await readAt(file, 0, END_BYTES));
    const between = found.size - 2 * END_BYTES;
    for (let place = 0; place < PLACES && between > 0; place++) {
      const at = END_BYTES + Math.floor((between * place) / PLACES);
      hash.update(await readAt(file, at, Math.min(PLACE_BYTES, between)));
    }
    hash.update(await readAt(file, Math.max(0, found.size - END_BYTES), END_BYTES));
    return { path, bytes: found.size, modifiedMs: Math.floor(found.mtimeMs), probe: hash.digest('hex') };
  } finally {
    await file.close();
  }
}
