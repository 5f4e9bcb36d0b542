/** Where the records of files stand, as a cache keeps it: typed memory, that of all files one after another. */
import type { Connection } from '../db';
import type { KeptText } from '../evidence/kept-text';
import { sqlStep } from '../sql';
import { CACHE } from './steps';

const PIECE_BYTES = 4 * 2 ** 20;

export type Places = Pick<KeptText, 'gaps' | 'starts' | 'offsets' | 'marks'>;

const NUMBERS = ['gap-starts', 'gap-lengths', 'starts', 'mark-lines'] as const;
const OFFSETS = ['offsets', 'mark-offsets'] as const;
type Name = (typeof NUMBERS)[number] | (typeof OFFSETS)[number];

/** How many numbers each file has of a kind; null: that is not known of it. */
export type Lengths = Record<Name, (number | null)[]>;

function arraysOf({ gaps, starts, offsets, marks }: Places): Record<Name, Uint32Array | Float64Array | undefined> {
  return {
    'gap-starts': gaps.starts,
    'gap-lengths': gaps.lengths,
    starts,
    'mark-lines': marks?.lines,
    offsets,
    'mark-offsets': marks?.offsets,
  };
}

/** Writes them into the cache that is attached; gives how they fall to the files. */
export async function writePlaces(connection: Connection, files: readonly Places[]): Promise<Lengths> {
  const arrays = files.map(arraysOf);
  const lengthsOf = (name: Name): (number | null)[] => arrays.map((of) => of[name]?.length ?? null);
  for (const name of [...NUMBERS, ...OFFSETS]) {
    let piece = 0;
    for (const bytes of chunksOf(arrays.map((of) => of[name])))
      await connection.run(sqlStep(CACHE, 'add-places'), { name, piece: piece++, bytes });
  }
  return {
    'gap-starts': lengthsOf('gap-starts'),
    'gap-lengths': lengthsOf('gap-lengths'),
    starts: lengthsOf('starts'),
    'mark-lines': lengthsOf('mark-lines'),
    offsets: lengthsOf('offsets'),
    'mark-offsets': lengthsOf('mark-offsets'),
  };
}

/** The bytes of arrays one after another, in pieces that one statement takes. */
function* chunksOf(arrays: readonly (Uint32Array | Float64Array | undefined)[]): Generator<Uint8Array> {
  const piece = new Uint8Array(PIECE_BYTES);
  let filled = 0;
  for (const array of arrays) {
    let bytes = new Uint8Array(array?.buffer ?? new ArrayBuffer(0), array?.byteOffset, array?.byteLength);
    while (bytes.length > 0) {
      const part = bytes.subarray(0, PIECE_BYTES - filled);
      piece.set(part, filled);
      filled += part.length;
      bytes = bytes.subarray(part.length);
      if (filled < PIECE_BYTES) continue;
      yield piece;
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}

/** Reads them out of a cache, by file. */
export async function readPlaces(connection: Connection, lengths: Lengths): Promise<Places[]> {
  const numbers = async (name: (typeof NUMBERS)[number]): Promise<(Uint32Array | undefined)[]> =>
    cut(new Uint32Array(await bytesOf(connection, name)), lengths[name]);
  const offsets = async (name: (typeof OFFSETS)[number]): Promise<(Float64Array | undefined)[]> =>
    cut(new Float64Array(await bytesOf(connection, name)), lengths[name]);
  const of = {
    gapStarts: await numbers('gap-starts'),
    gapLengths: await numbers('gap-lengths'),
    starts: await numbers('starts'),
    markLines: await numbers('mark-lines'),
    offsets: await offsets('offsets'),
    markOffsets: await offsets('mark-offsets'),
  };
  const none = new Uint32Array();
  return lengths.starts.map((_, file) => {
    const [lines, marks] = [of.markLines[file], of.markOffsets[file]];
    return {
      gaps: { starts: of.gapStarts[file] ?? none, lengths: of.gapLengths[file] ?? none },
      starts: of.starts[file],
      offsets: of.offsets[file],
      marks: lines && marks && { lines, offsets: marks },
    };
  });
}

async function bytesOf(connection: Connection, name: Name): Promise<ArrayBuffer> {
  const pieces = await connection.blobs(sqlStep(CACHE, 'read-places'), { name });
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all.buffer;
}

function cut<A extends Uint32Array | Float64Array>(all: A, lengths: readonly (number | null)[]): (A | undefined)[] {
  let at = 0;
  return lengths.map((length) => {
    if (length === null) return undefined;
    at += length;
    return all.subarray(at - length, at) as A; // a part of typed memory is of its type
  });
}
