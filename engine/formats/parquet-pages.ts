import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Connection } from '../db';
import { readAt } from '../ingest/read-at';

/** Without its statistics, which can hold long texts, a header has some 50 bytes. */
const HEADER_BYTES = 64 * 1024;
const PIECE = 1024 * 1024;

/** Where the pages of one column of one row group lie. */
export interface Chunk {
  start: number;
  length: number;
}

/** Where every column of every row group lies in the file, by its own footer: nothing has checked these places yet. */
export async function columnChunks(connection: Connection, path: string): Promise<Chunk[]> {
  const rows = await connection.rows(
    `select coalesce(nullif(least(dictionary_page_offset, data_page_offset), 0), data_page_offset), total_compressed_size
     from parquet_metadata($path)`,
    { path },
  );
  return rows.map(([start, length]) => ({ start: Number(start), length: Number(length) }));
}

/**
 * False when a page is not what its checksum says. DuckDB does not look at them; not every writer makes them, and then
 * nothing is looked at but their places. Source: github.com/apache/parquet-format, README.md, "Checksumming": the CRC32 of
 * the page as it is packed, without its header.
 */
export async function pagesAreWhole(
  path: string,
  chunks: readonly Chunk[],
  throwIfCancelled: () => void,
): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    for (const { start, length } of chunks) {
      for (let at = start; at < start + length;) {
        throwIfCancelled();
        const header = pageHeader(await readAt(file, at, HEADER_BYTES));
        if (!header) break; // it cannot be told where the next one begins
        at += header.bytes;
        if (header.crc !== undefined && (await crcOf(file, at, header.size)) !== header.crc) return false;
        at += header.size;
      }
    }
    return true;
  } finally {
    await file.close();
  }
}

async function crcOf(file: FileHandle, start: number, size: number): Promise<number> {
  let crc = 0;
  for (let at = 0; at < size;) {
    const piece = await readAt(file, start + at, Math.min(PIECE, size - at));
    if (piece.length === 0) return -1;
    crc = crc32(piece, crc);
    at += piece.length;
  }
  return crc;
}

interface PageHeader {
  /** Of the header itself, and of the page behind it. */
  bytes: number;
  size: number;
  crc: number | undefined;
}

/** Types of the compact protocol of Thrift (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md). */
const [TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const STRUCT = 12;
const SIZE_FIELD = 3;
const CRC_FIELD = 4;
const DEEPEST = 16;

/** Undefined for what is no page header. */
export function pageHeader(bytes: Uint8Array): PageHeader | undefined {
  const reader = new CompactReader(bytes);
  let size: number | undefined;
  let crc: number | undefined;
  for (let id = 0, type = reader.field(); type !== undefined && type.kind !== 0; type = reader.field()) {
    id = type.delta === 0 ? reader.zigzag() : id + type.delta;
    if (type.kind !== I32) reader.skip(type.kind, 0);
    else if (id === SIZE_FIELD) size = reader.zigzag();
    else if (id === CRC_FIELD) crc = reader.zigzag() >>> 0;
    else reader.zigzag();
  }
  return reader.isBroken || size === undefined || size < 0 ? undefined : { bytes: reader.at, size, crc };
}

class CompactReader {
  at = 0;
  isBroken = false;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Undefined at the end of the bytes; kind 0: the end of the struct. */
  field(): { kind: number; delta: number } | undefined {
    const byte = this.#byte();
    return this.isBroken ? undefined : { kind: byte & 15, delta: byte >> 4 };
  }

  zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  skip(kind: number, depth: number): void {
    if (this.isBroken || kind === TRUE || kind === FALSE) return;
    if (depth > DEEPEST) this.isBroken = true;
    else if (kind === BYTE) this.#byte();
    else if (kind === I16 || kind === I32 || kind === I64) this.#varint();
    else if (kind === DOUBLE) this.at += 8;
    else if (kind === BINARY) this.#skipBytes(this.#varint());
    else if (kind === LIST || kind === SET) this.#skipList(depth);
    else if (kind === STRUCT) this.#skipStruct(depth);
    else this.isBroken = true; // a page header holds no map
    if (this.at > this.#bytes.length) this.isBroken = true;
  }

  #skipBytes(length: number): void {
    this.at += length;
  }

  #skipList(depth: number): void {
    const head = this.#byte();
    const count = head >> 4 === 15 ? this.#varint() : head >> 4;
    for (let item = 0; item < count && !this.isBroken; item++) {
      if ((head & 15) === TRUE || (head & 15) === FALSE) this.#byte();
      else this.skip(head & 15, depth + 1);
    }
  }

  #skipStruct(depth: number): void {
    for (let type = this.field(); type !== undefined && type.kind !== 0; type = this.field()) {
      if (type.delta === 0) this.#varint();
      this.skip(type.kind, depth + 1);
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) this.isBroken = true;
    return byte ?? 0;
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 70; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    this.isBroken = true;
    return 0;
  }
}
