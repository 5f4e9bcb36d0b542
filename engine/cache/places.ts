/** Where the records of files stand, as a cache keeps it: typed memory, that of all files one after another. */
import type { Connection } from '../db';
import type { KeptText } from '../evidence/kept-text';
import type { Growing } from '../ingest/growing';
import { sqlStep } from '../sql';
import { CACHE } from './steps';

const PIECE_BYTES = 4 * 2 ** 20;

export type Places = Pick<KeptText, 'gaps' | 'starts' | 'offsets' | 'marks'>;

const BYTES = ['start-steps', 'offset-steps'] as const;
const NUMBERS = ['gap-starts', 'gap-lengths', 'mark-lines'] as const;
const WIDE = ['start-firsts', 'start-places', 'offset-firsts', 'offset-places', 'mark-offsets'] as const;
const NAMES = [...BYTES, ...NUMBERS, ...WIDE] as const;
type Name = (typeof NAMES)[number];
type Typed = Uint8Array | Uint32Array | Float64Array;

/** How many numbers each file has of a kind; null: that is not known of it. */
export interface Lengths {
  arrays: Record<Name, (number | null)[]>;
  starts: (number | null)[];
  offsets: (number | null)[];
}

function arraysOf({ gaps, starts, offsets, marks }: Places): Record<Name, Typed | undefined> {
  return {
    'start-steps': starts?.steps,
    'start-firsts': starts?.firsts,
    'start-places': starts?.places,
    'offset-steps': offsets?.steps,
    'offset-firsts': offsets?.firsts,
    'offset-places': offsets?.places,
    'gap-starts': gaps.starts,
    'gap-lengths': gaps.lengths,
    'mark-lines': marks?.lines,
    'mark-offsets': marks?.offsets,
  };
}

/** Writes them into the cache that is attached; gives how they fall to the files. */
export async function writePlaces(connection: Connection, files: readonly Places[]): Promise<Lengths> {
  const arrays = files.map(arraysOf);
  for (const name of NAMES) {
    let piece = 0;
    for (const bytes of chunksOf(arrays.map((of) => of[name])))
      await connection.run(sqlStep(CACHE, 'add-places'), { name, piece: piece++, bytes });
  }
  // an entry a name
  const lengths = Object.fromEntries(NAMES.map((name) => [name, arrays.map((of) => of[name]?.length ?? null)]));
  return {
    arrays: lengths as Lengths['arrays'],
    starts: files.map(({ starts }) => starts?.length ?? null),
    offsets: files.map(({ offsets }) => offsets?.length ?? null),
  };
}

/** The bytes of arrays one after another, in pieces that one statement takes. */
function* chunksOf(arrays: readonly (Typed | undefined)[]): Generator<Uint8Array> {
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
  const read = async <A extends Typed>(name: Name, make: (bytes: ArrayBuffer) => A): Promise<(A | undefined)[]> =>
    cut(make(await bytesOf(connection, name)), lengths.arrays[name]);
  const numbers = (name: (typeof NUMBERS)[number]): Promise<(Uint32Array | undefined)[]> =>
    read(name, (bytes) => new Uint32Array(bytes));
  const wide = (name: (typeof WIDE)[number]): Promise<(Float64Array | undefined)[]> =>
    read(name, (bytes) => new Float64Array(bytes));
  const growing = async (
    of: 'start' | 'offset',
    counts: readonly (number | null)[],
  ): Promise<(Growing | undefined)[]> => {
    const steps = await read(`${of}-steps`, (bytes) => new Uint8Array(bytes));
    const firsts = await wide(`${of}-firsts`);
    const places = await wide(`${of}-places`);
    return counts.map((length, file) => {
      const [own, first, place] = [steps[file], firsts[file], places[file]];
      return length !== null && own && first && place
        ? { length, steps: own, firsts: first, places: place }
        : undefined;
    });
  };
  const gapStarts = await numbers('gap-starts');
  const gapLengths = await numbers('gap-lengths');
  const markLines = await numbers('mark-lines');
  const markOffsets = await wide('mark-offsets');
  const starts = await growing('start', lengths.starts);
  const offsets = await growing('offset', lengths.offsets);
  const none = new Uint32Array();
  return lengths.starts.map((_, file) => {
    const [lines, marks] = [markLines[file], markOffsets[file]];
    return {
      gaps: { starts: gapStarts[file] ?? none, lengths: gapLengths[file] ?? none },
      starts: starts[file],
      offsets: offsets[file],
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

function cut<A extends Typed>(all: A, lengths: readonly (number | null)[]): (A | undefined)[] {
  let at = 0;
  return lengths.map((length) => {
    if (length === null) return undefined;
    at += length;
    return all.subarray(at - length, at) as A; // a part of typed memory is of its type
  });
}
