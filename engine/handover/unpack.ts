import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openPromise } from 'yauzl';
import type { Entry as ZipEntry, ZipFile } from 'yauzl';
import { DoppelError, throwIfCancelled } from '../../shared/errors';
import type { Limits } from '../../shared/sources';
import { Allowance } from '../sources/allowance';
import type { FileToOpen } from '../sources/source';
import { CONTENTS, DECISIONS, MARKER, REJECTED, TABLES, entryOf } from './format';

const MARKER_AT = 30;
const STORED = 0;
const DEFLATED = 8;
/** What is read as one text. */
const MOST_TEXT_BYTES = 256 * 2 ** 20;
const KNOWN: readonly string[] = [MARKER, CONTENTS, DECISIONS, REJECTED, ...TABLES.map(entryOf)];

/** By its first bytes; also one that is cut off later. */
export async function isHandover(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(MARKER_AT + MARKER.length), 0, undefined, 0);
    const isEntry = buffer.toString('latin1', 0, 4) === 'PK\u0003\u0004';
    return isEntry && buffer.toString('latin1', MARKER_AT) === MARKER;
  } catch {
    return false; // such as a folder
  } finally {
    await file.close();
  }
}

/** The hand-over file, where that is what was opened. Throws `bad-params` when it is one of several files. */
export async function handoverAmong(files: readonly FileToOpen[]): Promise<FileToOpen | undefined> {
  for (const file of files) {
    if (!(await isHandover(file.path))) continue;
    if (files.length === 1) return file;
    throw new DoppelError('bad-params', `${file.name} is a hand-over file of Doppel. Open it by itself.`);
  }
  return undefined;
}

export interface Unpacked {
  /** Where each entry lies now, with its size and SHA-256. */
  entries: ReadonlyMap<string, { path: string; bytes: number; sha256: string }>;
  allowance: Allowance;
}

/** `handover-damaged`, naming the file. */
export function damaged(name: string, what: string, cause?: unknown): DoppelError {
  const remedy = 'Ask for it again, or open the log itself.';
  return new DoppelError('handover-damaged', `${name}: ${what}. ${remedy}`, { cause });
}

/** Unpacks the entries that a hand-over file has, and no others, into a folder. Throws `handover-damaged` or `unpacks-too-far`. */
export async function unpackHandover(
  { path, name }: { path: string; name: string },
  folder: string,
  limits: Limits | undefined,
  signal: AbortSignal | undefined,
): Promise<Unpacked> {
  const allowance = Allowance.of(name, (await stat(path)).size, limits);
  const entries = new Map<string, { path: string; bytes: number; sha256: string }>();
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw damaged(name, 'the file is cut off or damaged, its directory cannot be read', error);
  }
  try {
    for (let left = zip.entryCount; left > 0; left--) {
      const entry = await nextEntry(zip);
      const known = KNOWN.indexOf(entry.fileName);
      if (known === -1) throw damaged(name, 'there is an entry in it that no hand-over has');
      if (entries.has(entry.fileName)) throw damaged(name, `its entry ${entry.fileName} is there twice`);
      // named by us, whatever the archive says
      const to = join(folder, `entry-${known}`);
      entries.set(entry.fileName, { path: to, ...(await extract(zip, entry, to, allowance, folder, signal)) });
    }
  } catch (error) {
    if (error instanceof DoppelError) throw error;
    throwIfCancelled(signal);
    throw damaged(name, 'the file is cut off or damaged', error);
  } finally {
    zip.close();
  }
  for (const needed of KNOWN) if (!entries.has(needed)) throw damaged(name, `its entry ${needed} is missing`);
  return { entries, allowance };
}

function nextEntry(zip: ZipFile): Promise<ZipEntry> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      zip.removeAllListeners();
      zip.on('error', () => undefined);
      done();
    };
    zip.once('entry', (entry: ZipEntry) => settle(() => resolve(entry)));
    zip.once('end', () => settle(() => reject(new Error('the directory ends early'))));
    zip.once('error', (error: Error) => settle(() => reject(error)));
    zip.readEntry();
  });
}

async function extract(
  zip: ZipFile,
  entry: ZipEntry,
  to: string,
  allowance: Allowance,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<{ bytes: number; sha256: string }> {
  const isText = !entry.fileName.endsWith('.parquet');
  const isPlain = entry.compressionMethod === STORED || entry.compressionMethod === DEFLATED;
  if (entry.isEncrypted() || !isPlain || (isText && entry.uncompressedSize > MOST_TEXT_BYTES))
    throw new Error('an entry that no hand-over has');
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(to, 'wx', 0o600);
  try {
    const stream = await zip.openReadStreamPromise(entry); // without an encoding, so it gives bytes
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      throwIfCancelled(signal);
      bytes += piece.length;
      allowance.unpacked(piece.length);
      allowance.written(piece.length, folder);
      hash.update(piece);
      await file.writeFile(piece);
    }
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}
