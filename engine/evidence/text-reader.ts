import type { FileHandle } from 'node:fs/promises';
import { Decoder, isPlain } from '../ingest/decode';
import type { Encoding } from '../ingest/decode';
import { readAt } from '../ingest/read-at';
import { unpackerOf } from '../ingest/unpack';
import type { Container, Unpacker } from '../ingest/unpack';

const PIECE = 256 * 1024;

/** Gives the text of a file piece by piece: unpacked, as UTF-8, without byte order mark, as the pass over it saw it. */
export interface TextReader {
  /** Makes the next piece start at this byte of the text; undefined where only reading on is possible. */
  seek: ((offset: number) => void) | undefined;
  /** Undefined at the end. */
  next(): Promise<Buffer | undefined>;
}

/** For a file that is open; it starts at the beginning of the text. */
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
  const pieces = unpackedPieces(file, await unpackerOf(container, file), new Decoder(encoding));
  return {
    seek: undefined,
    next: async () => {
      const { value, done } = await pieces.next();
      return done ? undefined : value;
    },
  };
}

async function* unpackedPieces(file: FileHandle, unpacker: Unpacker, decoder: Decoder): AsyncGenerator<Buffer, void> {
  for (let at = 0; ;) {
    const piece = await readAt(file, at, PIECE);
    at += piece.length;
    const isOver = piece.length === 0;
    for await (const bytes of isOver ? await unpacker.finish() : unpacker.push(piece)) {
      yield Buffer.from(decoder.decode(bytes));
    }
    if (!isOver) continue;
    yield Buffer.from(decoder.finish());
    return;
  }
}
