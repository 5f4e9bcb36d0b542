import type { FileHandle } from 'node:fs/promises';
import { places } from './long-list';
import { readAt } from './read-at';

/** One frame of a zstd file (RFC 8878). Skippable frames hold no data and are left out. */
export interface ZstdFrame {
  /** First byte, and the byte after the last; a frame that is cut off ends with the file. */
  start: number;
  end: number;
  /** The stored low half of the XXH64 of the content, where there is one. */
  checksum: number | undefined;
  /** Places between its blocks, so far apart that at most 8 MiB come out of what lies between two of them. */
  bits: Float64Array;
}

export interface ZstdFrames {
  frames: ZstdFrame[];
  damage: string | undefined;
}

/** A frame that wants more memory than this is not unpacked; zstd itself refuses it too unless told otherwise. */
const LARGEST_WINDOW = 128 * 1024 * 1024;
/** Of at most 128 KiB each (RFC 8878, 3.1.1.2.4). */
const BLOCKS_A_BIT = 64;
const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const CHUNK = 64 * 1024;

/** Walks the frames of a file by their headers, without unpacking: what is cut off is found before a byte is used. */
export async function zstdFrames(file: FileHandle): Promise<ZstdFrames> {
  const size = (await file.stat()).size;
  const reader = new Reader(file);
  const frames: ZstdFrame[] = [];
  let at = 0;
  while (at < size) {
    const magic = (await reader.number(at, 4)) ?? 0;
    if (magic >>> 4 === SKIPPABLE >>> 4) {
      const length = await reader.number(at + 4, 4);
      at += 8 + (length ?? 0);
      if (length === undefined || at > size) return { frames, damage: 'the zstd archive ends too early' };
      continue;
    }
    if (magic !== MAGIC) {
      return { frames, damage: `${size - at} bytes after the end of the zstd archive are not part of it` };
    }
    const walked = await walkFrame(reader, at, size);
    if (typeof walked === 'string') return { frames, damage: walked };
    frames.push(walked.frame);
    if (walked.isCut) return { frames, damage: 'the zstd archive ends too early' };
    at = walked.frame.end;
  }
  return { frames, damage: undefined };
}

async function walkFrame(
  reader: Reader,
  start: number,
  size: number,
): Promise<{ frame: ZstdFrame; isCut: boolean } | string> {
  const bits = places();
  const found = (end: number, checksum?: number): ZstdFrame => ({ start, end, checksum, bits: bits.finish() });
  const cutOff = (): { frame: ZstdFrame; isCut: boolean } => ({ frame: found(size), isCut: true });
  const descriptor = await reader.number(start + 4, 1);
  if (descriptor === undefined) return cutOff();
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  let at = start + 5;
  let window = 0;
  if (!isSingle) {
    const code = await reader.number(at, 1);
    if (code === undefined) return cutOff();
    const base = 2 ** (10 + (code >>> 3));
    window = base + (base / 8) * (code & 7);
    at += 1;
  }
  at += dictionaryBytes;
  const contentBytes = await reader.number(at, sizeBytes);
  if (contentBytes === undefined) return cutOff();
  if (isSingle) window = contentBytes;
  if (window > LARGEST_WINDOW) return `the zstd archive needs ${Math.ceil(window / 2 ** 20)} MiB of memory to unpack`;
  at += sizeBytes;
  let blocks = 0;
  for (let isLast = false; !isLast; blocks++) {
    if (blocks % BLOCKS_A_BIT === 0) bits.push(at);
    const block = await reader.number(at, 3);
    if (block === undefined) return cutOff();
    isLast = (block & 1) === 1;
    const type = (block >>> 1) & 3;
    if (type === 3) return 'the zstd archive is damaged';
    at += 3 + (type === 1 ? 1 : block >>> 3); // a run-length block stores its one byte
    if (at > size) return cutOff();
  }
  if ((descriptor & 4) === 0) return { frame: found(at), isCut: false };
  const checksum = await reader.number(at, 4);
  return checksum === undefined ? cutOff() : { frame: found(at + 4, checksum), isCut: false };
}

/** Little-endian numbers at ascending places of a file. */
class Reader {
  readonly #file: FileHandle;
  #chunk: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Undefined when the file ends before. */
  async number(at: number, bytes: number): Promise<number | undefined> {
    if (bytes === 0) return 0;
    if (at < this.#start || at + bytes > this.#start + this.#chunk.length) {
      this.#chunk = await readAt(this.#file, at, CHUNK);
      this.#start = at;
      if (this.#chunk.length < bytes) return undefined;
    }
    const from = at - this.#start;
    if (bytes <= 6) return this.#chunk.readUIntLE(from, bytes);
    return this.#chunk.readUInt32LE(from) + this.#chunk.readUInt32LE(from + 4) * 2 ** 32;
  }
}
