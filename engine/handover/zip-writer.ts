import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { DoppelError, throwIfCancelled } from '../../shared/errors';
import { piecesOf } from '../file-pieces';

/** Larger sizes need the zip64 records, which this writer has not. */
const MOST_BYTES = 0xff_ff_ff_fe;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
/** 1 January 1980: nothing in the file depends on a clock but what says so. */
const NO_DATE = 33;

interface Written {
  label: Buffer;
  crc: number;
  bytes: number;
  at: number;
}

/**
 * Writes a zip archive (PKWARE APPNOTE.TXT 4.3) whose entries are not compressed: Parquet is already. Sizes and checksums
 * are written into each entry's header once they are known.
 */
export class ZipWriter {
  readonly #file: FileHandle;
  readonly #entries: Written[] = [];
  #end = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** The file must not exist yet. */
  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(await open(path, 'wx', 0o600));
  }

  get bytes(): number {
    return this.#end;
  }

  addText(name: string, text: string): Promise<{ bytes: number; sha256: string }> {
    return this.#add(name, [Buffer.from(text)], undefined);
  }

  addFile(name: string, path: string, signal: AbortSignal | undefined): Promise<{ bytes: number; sha256: string }> {
    return this.#add(name, piecesOf(path), signal);
  }

  /** Writes the directory. */
  async finish(): Promise<void> {
    const at = this.#end;
    for (const entry of this.#entries) {
      const tail = Buffer.alloc(14);
      tail.writeUInt32LE(entry.at, 10);
      await this.#append(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), commonOf(entry), tail, entry.label);
    }
    const end = Buffer.alloc(18);
    end.writeUInt16LE(this.#entries.length, 4);
    end.writeUInt16LE(this.#entries.length, 6);
    end.writeUInt32LE(this.#end - at, 8);
    end.writeUInt32LE(at, 12);
    await this.#append(Buffer.from('PK\u0005\u0006', 'latin1'), end);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #add(
    name: string,
    pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
    signal: AbortSignal | undefined,
  ): Promise<{ bytes: number; sha256: string }> {
    const entry: Written = { label: Buffer.from(name), crc: 0, bytes: 0, at: this.#end };
    await this.#append(headerOf(entry));
    const hash = createHash('sha256');
    for await (const bytes of pieces) {
      throwIfCancelled(signal);
      entry.crc = crc32(bytes, entry.crc);
      entry.bytes += bytes.length;
      hash.update(bytes);
      await this.#append(bytes);
    }
    await this.#file.write(headerOf(entry), 0, undefined, entry.at);
    this.#entries.push(entry);
    return { bytes: entry.bytes, sha256: hash.digest('hex') };
  }

  async #append(...pieces: readonly Buffer[]): Promise<void> {
    const bytes = Buffer.concat(pieces);
    if (this.#end + bytes.length > MOST_BYTES)
      throw new DoppelError(
        'output-unwritable',
        'This case takes more than 4 GB as one file. Hand over fewer findings.',
      );
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, done, undefined, this.#end + done);
      done += bytesWritten;
    }
    this.#end += bytes.length;
  }
}

function headerOf(entry: Written): Buffer {
  return Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), commonOf(entry), entry.label]);
}

/** What the entry and the directory both say of it. */
function commonOf({ label, crc, bytes }: Written): Buffer {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(VERSION, 0);
  common.writeUInt16LE(UTF8_NAMES, 2);
  common.writeUInt16LE(NO_DATE, 8);
  common.writeUInt32LE(crc, 10);
  common.writeUInt32LE(bytes, 14);
  common.writeUInt32LE(bytes, 18);
  common.writeUInt16LE(label.length, 22);
  return common;
}
