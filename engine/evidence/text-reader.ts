import type { FileHandle } from 'node:fs/promises';
import { Decoder, isPlain } from '../ingest/decode';
import type { Encoding } from '../ingest/decode';
import { readAt } from '../ingest/read-at';
import { unpackerOf } from '../ingest/unpack';
import type { Container } from '../ingest/unpack';

const PIECE = 256 * 1024;

/** Gives the text of a file piece by piece: unpacked, as UTF-8, without byte order mark, as the pass over it saw it. */
export interface TextReader {
  /** Makes the next piece start at this byte of the text; undefined where only reading on is possible. */
  seek: ((offset: number) => void) | undefined;
  /** Undefined at the end. */
  next(): Promise<Buffer | undefined>;
}

export async function textReader(file: FileHandle, container: Container, encoding: Encoding): Promise<TextReader> {
  return container === 'plain' && isPlain(encoding) ? plainText(file) : packedText(file, container, encoding);
}

function plainText(file: FileHandle): TextReader {
  let at = 0;
  return {
    seek: (offset) => {
      at = offset;
    },
    next: async () => {
      const piece = await readAt(file, at, PIECE);
      at += piece.length;
      return piece.length === 0 ? undefined : piece;
    },
  };
}

async function packedText(file: FileHandle, container: Container, encoding: Encoding): Promise<TextReader> {
  const unpacker = await unpackerOf(container, file);
  const decoder = new Decoder(encoding);
  let at = 0;
  let isOver = false;
  return {
    seek: undefined,
    next: async () => {
      if (isOver) return undefined;
      const piece = await readAt(file, at, PIECE);
      at += piece.length;
      isOver = piece.length === 0;
      const unpacked = isOver ? await unpacker.finish() : await unpacker.push(piece);
      const decoded = unpacked.map((bytes) => decoder.decode(bytes));
      return Buffer.concat(isOver ? [...decoded, decoder.finish()] : decoded);
    },
  };
}
