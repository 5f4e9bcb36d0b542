import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { readAt } from '../ingest/read-at';
import { isSystemFile } from '../../shared/sources';
import type { LeftOutReason } from '../../shared/sources';
import type { Entries, Part, Reading } from './part';

const LOCAL = 0x04034b50;
const HEADER = 30;
const PIECE = 64 * 1024;
const SIZES_FOLLOW = 8;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/**
 * A zip archive without its directory, as a broken transfer leaves it: entries are taken one after another as they lie, as
 * far as they go. Returns what is wrong with the archive.
 */
export async function salvageZip(path: string, entries: Entries, reading: Reading): Promise<string> {
  const file = await open(path, 'r');
  try {
    for (let at = 0; ;) {
      reading(at);
      const head = await readAt(file, at, HEADER);
      if (head.length < HEADER || head.readUInt32LE(0) !== LOCAL) break;
      const next = await salvageEntry(file, at, head, entries, reading);
      if (next === undefined) break;
      at = next;
    }
  } finally {
    await file.close();
  }
  return 'the zip archive ends too early: its directory is missing';
}

/** Returns where the next entry begins; undefined when that cannot be known. */
async function salvageEntry(
  file: FileHandle,
  at: number,
  head: Buffer,
  entries: Entries,
  reading: Reading,
): Promise<number | undefined> {
  const flags = head.readUInt16LE(6);
  const method = head.readUInt16LE(8);
  const nameBytes = head.readUInt16LE(26);
  const name = (await readAt(file, at + HEADER, nameBytes)).toString('utf8');
  const start = at + HEADER + nameBytes + head.readUInt16LE(28);
  const packed = (flags & SIZES_FOLLOW) === 0 ? head.readUInt32LE(18) : undefined;
  entries.count += 1;
  const reason = leftOutReason(name, flags, method, packed);
  if (reason !== undefined) {
    entries.leaveOut(name, reason);
    return packed === undefined ? undefined : start + packed;
  }
  const part = entries.open(name);
  if (!part) return undefined;
  let read: Salvaged;
  try {
    read =
      method === STORED && packed !== undefined
        ? await copyStored(file, start, packed, part, reading)
        : await inflate(file, start, part, reading);
  } finally {
    part.close();
  }
  const { isWhole, crc } = read;
  // without sizes before it there is no checksum there either
  const isRight = packed === undefined || crc === head.readUInt32LE(14);
  const damage = isRight ? undefined : 'it fails its checksum in the zip archive';
  entries.done(name, part, isWhole ? damage : 'the zip archive ends too early');
  if (!isWhole) return undefined;
  return packed === undefined ? afterDescriptor(file, start + read.bytes) : start + packed;
}

function leftOutReason(
  name: string,
  flags: number,
  method: number,
  packed: number | undefined,
): LeftOutReason | undefined {
  if (name.endsWith('/')) return 'folder';
  if (isSystemFile(name)) return 'system-file';
  if ((flags & ENCRYPTED) !== 0) return 'encrypted';
  if (packed === 0) return 'empty';
  if (method === STORED) return packed === undefined ? 'no-length' : undefined;
  return method === DEFLATED ? undefined : 'packing';
}

interface Salvaged {
  /** Of the archive. */
  bytes: number;
  /** All of the entry is there. */
  isWhole: boolean;
  /** Of what came out. */
  crc: number;
}

/** What is there of an entry that is not compressed; only its length tells where it ends. */
async function copyStored(
  file: FileHandle,
  start: number,
  length: number,
  part: Part,
  reading: Reading,
): Promise<Salvaged> {
  let bytes = 0;
  let crc = 0;
  while (bytes < length) {
    reading(start + bytes);
    const piece = await readAt(file, start + bytes, Math.min(PIECE, length - bytes));
    if (piece.length === 0) break;
    part.write(piece);
    crc = crc32(piece, crc);
    bytes += piece.length;
  }
  return { bytes, isWhole: bytes === length, crc };
}

/** Whatever of the deflated bytes can be unpacked. */
async function inflate(file: FileHandle, start: number, part: Part, reading: Reading): Promise<Salvaged> {
  const inflater = createInflateRaw();
  let failure: unknown;
  let crc = 0;
  const state: { is: 'going' | 'whole' | 'damaged' } = { is: 'going' };
  const over = new Promise<void>((resolve) => {
    inflater.on('data', (bytes: Uint8Array) => {
      try {
        if (failure !== undefined) return;
        part.write(bytes);
        crc = crc32(bytes, crc);
      } catch (error) {
        failure = error;
      }
    });
    inflater.on('end', () => {
      state.is = 'whole';
      resolve();
    });
    inflater.on('error', () => {
      state.is = 'damaged';
      resolve();
    });
  });
  for (let at = start; state.is === 'going' && failure === undefined; at += PIECE) {
    const piece = await readAt(file, at, PIECE);
    reading(at);
    if (piece.length === 0) {
      inflater.end();
      await over;
      break;
    }
    await Promise.race([new Promise<void>((resolve) => inflater.write(piece, () => resolve())), over]);
  }
  inflater.destroy();
  if (failure !== undefined) throw failure;
  return { bytes: inflater.bytesWritten, isWhole: state.is === 'whole', crc };
}

/** Behind an entry whose sizes follow it: with or without a signature, with sizes of 4 or of 8 bytes. */
async function afterDescriptor(file: FileHandle, at: number): Promise<number | undefined> {
  const near = await readAt(file, at, HEADER);
  for (const bytes of [16, 12, 24, 20]) {
    if (near.length >= bytes + 4 && near.readUInt32LE(bytes) === LOCAL) return at + bytes;
  }
  return undefined;
}
