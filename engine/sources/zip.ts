import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { DoppelError } from '../../shared/errors';
import { isSystemFile } from '../../shared/sources';
import type { LeftOutReason } from '../../shared/sources';
import type { Entries, Reading } from './part';
import { salvageZip } from './zip-salvage';

const FILE_TYPE = 0o170000;
const LINK = 0o120000;
const FOLDER = 0o040000;
const UNIX = 3;
const STORED = 0;
const DEFLATED = 8;

/** By its first bytes: entries, or the end of an archive that has none. */
export function isZip(head: Uint8Array): boolean {
  const magic = Buffer.from(head.subarray(0, 4)).toString('latin1');
  return magic === 'PK\u0003\u0004' || magic === 'PK\u0005\u0006';
}

/**
 * Unpacks a zip archive and checks length and CRC of every entry. Returns what is wrong with it; what can be read of a
 * damaged one is kept, also when its directory at the end is missing.
 */
export async function readZip(path: string, entries: Entries, reading: Reading): Promise<string | undefined> {
  let zip: ZipFile;
  try {
    // names are decoded here: a strange one is a label, no reason to refuse the archive
    zip = await openPromise(path, { lazyEntries: true, decodeStrings: false, autoClose: false });
  } catch {
    return salvageZip(path, entries, reading);
  }
  let damage: string | undefined;
  try {
    for (let left = zip.entryCount; left > 0; left--) {
      const entry = await nextEntry(zip);
      if (entry === undefined) {
        damage = `the directory of the zip archive is damaged: ${left} of ${zip.entryCount} entries are not in it`;
        break;
      }
      reading(entry.relativeOffsetOfLocalHeader);
      const wrong = await readEntry(zip, entry, entries);
      if (wrong !== undefined) damage ??= 'an entry of the zip archive is damaged';
    }
  } finally {
    zip.close();
  }
  return damage;
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve) => {
    const settle = (entry?: Entry): void => {
      zip.removeAllListeners();
      zip.on('error', () => undefined);
      resolve(entry);
    };
    zip.once('entry', settle);
    zip.once('end', () => settle());
    zip.once('error', () => settle());
    zip.readEntry();
  });
}

async function readEntry(zip: ZipFile, entry: Entry, entries: Entries): Promise<string | undefined> {
  const name = nameOf(entry);
  entries.count += 1;
  const reason = leftOutReason(entry, name);
  if (reason !== undefined) {
    entries.leaveOut(name, reason);
    return undefined;
  }
  const part = entries.open(name);
  if (!part) return undefined;
  let damage: string | undefined;
  let crc = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry); // without an encoding, so it gives bytes
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      crc = crc32(piece, crc);
      part.write(piece);
    }
    if (crc !== entry.crc32) damage = 'it fails its checksum in the zip archive';
  } catch (error) {
    if (error instanceof DoppelError || isDiskFull(error)) throw error;
    damage = 'it is damaged in the zip archive';
  } finally {
    part.close();
  }
  entries.done(name, part, damage);
  return damage;
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function nameOf(entry: Entry): string {
  try {
    // as bytes, since strings are not decoded by yauzl
    return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  } catch {
    return entry.fileNameRaw.toString('utf8');
  }
}

function leftOutReason(entry: Entry, name: string): LeftOutReason | undefined {
  const mode = entry.versionMadeBy >>> 8 === UNIX ? (entry.externalFileAttributes >>> 16) & FILE_TYPE : 0;
  if (name.endsWith('/') || mode === FOLDER) return 'folder';
  if (mode === LINK) return 'link';
  if (isSystemFile(name)) return 'system-file';
  if (entry.isEncrypted()) return 'encrypted';
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) return 'packing';
  return entry.uncompressedSize === 0 && entry.compressedSize <= 2 ? 'empty' : undefined;
}
