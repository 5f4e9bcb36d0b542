import type { FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Gunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { XxHash64 } from './xxhash';
import { zstdFrames } from './zstd-frames';
import type { ZstdFrame, ZstdFrames } from './zstd-frames';

/** Checksum and length at the end of a gzip archive. */
const TRAILER_BYTES = 8;

/** What is unpacked before the result is taken: at most 8 MiB come out of it. */
const GZIP_BIT = 8 * 1024;

export type Container = 'plain' | 'gzip' | 'zstd';

/** By the first bytes, whatever the file is called. */
export function containerOf(head: Uint8Array): Container {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return 'plain';
}

/**
 * Takes a file piece by piece and gives what is packed in it, bit by bit, for a small piece can hold very much. Checks what the container lets it check: a container that
 * is cut off or damaged gives what comes before the damage and says so in `damage`; it never throws for it.
 */
export interface Unpacker {
  push(piece: Uint8Array): AsyncIterable<Uint8Array>;
  finish(): Promise<readonly Uint8Array[]>;
  /** What is wrong with the container, in words; known for certain after finish. */
  readonly damage: string | undefined;
}

/**
 * What unpacks a file of this container; a plain file comes out as it is. Of zstd it reads first where the frames lie.
 */
export async function unpackerOf(container: Container, file: FileHandle): Promise<Unpacker> {
  if (container === 'gzip') return new GzipUnpacker();
  if (container === 'zstd') return new ZstdUnpacker(await zstdFrames(file));
  return { push: asItIs, finish: async () => [], damage: undefined };
}

async function* asItIs(piece: Uint8Array): AsyncIterable<Uint8Array> {
  yield piece;
}

class GzipUnpacker implements Unpacker {
  readonly #gunzip: Gunzip = createGunzip({ chunkSize: 64 * 1024 });
  #out: Uint8Array[] = [];
  /** The last bytes so far: zlib drops what it unpacks in one go with a checksum that is wrong. */
  #held: Buffer = Buffer.alloc(0);
  #isOver = false;
  /** Resolves when the stream has ended or failed: zlib then calls back no more for what is still being written. */
  readonly #over: Promise<void>;
  damage: string | undefined;

  constructor() {
    this.#gunzip.on('data', (piece: Uint8Array) => this.#out.push(piece));
    this.#over = new Promise<void>((resolve) => {
      this.#gunzip.on('end', resolve);
      this.#gunzip.on('error', (error: Error & { code?: string }) => {
        this.damage = error.code === 'Z_BUF_ERROR' ? 'the gzip archive ends too early' : 'the gzip archive is damaged';
        resolve();
      });
    }).then(() => {
      this.#isOver = true;
    });
  }

  async *push(piece: Uint8Array): AsyncIterable<Uint8Array> {
    const bytes = Buffer.concat([this.#held, piece]);
    const ready = Math.max(0, bytes.length - TRAILER_BYTES);
    this.#held = bytes.subarray(ready);
    for (let at = 0; at < ready; at += GZIP_BIT) {
      yield* await this.#write(bytes.subarray(at, Math.min(ready, at + GZIP_BIT)));
    }
  }

  async #write(bytes: Uint8Array): Promise<readonly Uint8Array[]> {
    if (this.#isOver || bytes.length === 0) return [];
    const written = new Promise<void>((resolve) => this.#gunzip.write(bytes, () => resolve()));
    await Promise.race([written, this.#over]);
    return this.#take();
  }

  async finish(): Promise<readonly Uint8Array[]> {
    this.#out.push(...(await this.#write(this.#held)));
    if (!this.#isOver) this.#gunzip.end();
    await this.#over;
    return this.#take();
  }

  #take(): readonly Uint8Array[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }
}

/** Frames are decompressed by fzstd, which checks no checksum: that is done here. */
class ZstdUnpacker implements Unpacker {
  readonly #frames: readonly ZstdFrame[];
  #next = 0;
  #position = 0;
  /** The next of the places at which the frame may be parted. */
  #bit = 0;
  #frame: { is: ZstdFrame; decompress: Decompress; hash: XxHash64 } | undefined;
  #out: Uint8Array[] = [];
  damage: string | undefined;

  constructor({ frames, damage }: ZstdFrames) {
    this.#frames = frames;
    this.damage = damage;
  }

  async *push(piece: Uint8Array): AsyncIterable<Uint8Array> {
    const end = this.#position + piece.length;
    for (let at = this.#position; ;) {
      const frame = this.#frame?.is ?? this.#frames[this.#next];
      if (!frame || frame.start >= end) break;
      const from = Math.max(frame.start, at);
      at = Math.min(end, this.#bitEnd(frame, from));
      this.#unpack(frame, piece.subarray(from - this.#position, at - this.#position));
      if (at >= frame.end) this.#close();
      yield* this.#take();
      if (at === end) break;
    }
    this.#position = end;
  }

  /** Where the bit that begins here ends: blocks of a few bytes can each hold 128 KiB. */
  #bitEnd({ end, bits }: ZstdFrame, from: number): number {
    while ((bits[this.#bit] ?? end) <= from && this.#bit < bits.length) this.#bit += 1;
    return bits[this.#bit] ?? end;
  }

  #unpack(frame: ZstdFrame, bytes: Uint8Array): void {
    try {
      this.#frame ??= this.#open(frame);
      this.#frame.decompress.push(new Uint8Array(bytes));
    } catch {
      this.#spoil('the zstd archive is damaged');
    }
  }

  #take(): readonly Uint8Array[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  async finish(): Promise<readonly Uint8Array[]> {
    return [];
  }

  #open(frame: ZstdFrame): { is: ZstdFrame; decompress: Decompress; hash: XxHash64 } {
    const hash = new XxHash64();
    const decompress = new Decompress((piece) => {
      if (frame.checksum !== undefined) hash.update(piece);
      this.#out.push(new Uint8Array(piece)); // fzstd reuses its memory
    });
    return { is: frame, decompress, hash };
  }

  #close(): void {
    const frame = this.#frame;
    this.#frame = undefined;
    this.#bit = 0;
    this.#next += 1;
    if (frame?.is.checksum !== undefined && frame.hash.digestLow() !== frame.is.checksum) {
      this.#spoil('the zstd archive fails its checksum');
    }
  }

  /** After damage nothing more is taken from the file. */
  #spoil(damage: string): void {
    this.damage = damage;
    this.#frame = undefined;
    this.#next = this.#frames.length;
  }
}
