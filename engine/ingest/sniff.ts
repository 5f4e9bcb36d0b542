import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Reading, SavedReading } from '../../shared/choices';
import type { GrantedPath } from '../../shared/engine-control';
import { DoppelError } from '../../shared/errors';
import type { Recognised, Sample } from '../formats/format';
import { mappingNeeded } from '../formats/read-as';
import { readAsSaved } from '../formats/read-as-saved';
import { unknownFormat } from '../formats/unknown';
import { Decoder, encodingOf, isPlain } from './decode';
import type { Encoding } from './decode';
import type { Source } from '../sources/source';
import { fileError } from './file-error';
import { readAt } from './read-at';
import { containerOf, unpackerOf } from './unpack';
import type { Container } from './unpack';

/** An input before it is read: where it is and what it seems to be. */
export interface Sniffed {
  granted: Source;
  /** With symbolic links resolved. */
  path: string;
  bytes: number;
  modifiedMs: number;
  container: Container;
  encoding: Encoding;
  format: Recognised;
  reading: Reading;
  /** How long a record seems to be, in bytes of text. */
  recordBytes: number;
}

const SAMPLE_BYTES = 1024 * 1024;
/** A text without line ends says nothing about the length of its records: LSS ones are no longer than this. */
const USUAL_RECORD_BYTES = 2048;
const PACKED_PIECE = 64 * 1024;

/** Files that people open by mistake, by their first bytes. */
const FOREIGN: readonly (readonly [magic: string, what: string, remedy: string])[] = [
  ['377abcaf', 'a 7z archive', 'Unpack it and open what is inside.'],
  ['fd377a58', 'an xz archive', 'Unpack it and open what is inside.'],
  ['425a68', 'a bzip2 archive', 'Unpack it and open what is inside.'],
];

/**
 * Looks at the beginning of a file. Throws a DoppelError that names the file when it cannot be read, and when there is
 * no log in it, unless it `isOneOfSeveral`: then it is read as lines that do not matter.
 */
export async function sniff(
  granted: Source,
  isOneOfSeveral: boolean,
  saved: readonly SavedReading[] = [],
): Promise<Sniffed> {
  const { path, bytes, modifiedMs } = await regularFile(granted);
  const { container, head, isWhole } = await readHead(granted, path);
  const encoding = encodingOf(head);
  const sample = sampleOf(head, encoding, isWhole);
  const read = readAsSaved(sample, { ...granted, isOneOfSeveral: isOneOfSeveral || granted.isFound }, saved);
  const needed = read.format ? undefined : mappingNeeded(read, granted.name);
  if (needed && !isOneOfSeveral) throw needed;
  const format = read.format ?? (isOneOfSeveral ? unknownFormat : undefined);
  if (!format && bytes === 0) throw new DoppelError('no-zpa-records', `${granted.name} is empty.`);
  if (!format) {
    throw new DoppelError(
      'no-zpa-records',
      `${granted.name} holds no ZPA records that Doppel knows. Open an export of User Activity or User Status.`,
    );
  }
  const recordBytes = Math.min(USUAL_RECORD_BYTES, Math.max(1, head.length / Math.max(1, sample.lines.length)));
  return { granted, path, bytes, modifiedMs, container, encoding, format, reading: read.reading, recordBytes };
}

/** The beginning of a file as text, unpacked. Throws a DoppelError that names the file when it cannot be read. */
export async function headOf(granted: GrantedPath): Promise<Sample> {
  const { path } = await regularFile(granted);
  const { head, isWhole } = await readHead(granted, path);
  return sampleOf(head, encodingOf(head), isWhole);
}

/** True when DuckDB can read the file itself; otherwise it gets a copy. */
export function isReadable({ container, encoding, format }: Sniffed): boolean {
  const { cut } = format;
  const isAsItStands = cut.by === 'csv' || (cut.by === 'line' && !cut.mend);
  return container === 'plain' && isPlain(encoding) && isAsItStands && !cut.inside;
}

/** The format's name with how it is packed and written. */
export function titleOf({ granted, format, container, encoding }: Sniffed): string {
  const charset = encoding.charset === 'utf-8' ? [] : [encoding.charset === 'utf-16le' ? 'UTF-16 LE' : 'UTF-16 BE'];
  const packing = granted.packing === undefined ? [] : [granted.packing];
  return [format.title, ...charset, ...(container === 'plain' ? [] : [container]), ...packing].join(', ');
}

async function regularFile({ path, name }: GrantedPath): Promise<{ path: string; bytes: number; modifiedMs: number }> {
  try {
    const real = await realpath(path);
    const stats = await stat(real);
    // opening a named pipe would wait for a writer
    if (!stats.isFile()) {
      const what = stats.isDirectory() ? 'a folder' : 'no regular file';
      throw new DoppelError('not-a-file', `${name} is ${what}. Open a file.`);
    }
    return { path: real, bytes: stats.size, modifiedMs: stats.mtimeMs };
  } catch (error) {
    throw fileError(error, name);
  }
}

/** The first MiB of what is in the file, unpacked. */
async function readHead(
  granted: GrantedPath,
  path: string,
): Promise<{ container: Container; head: Buffer; isWhole: boolean }> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const start = await readAt(file, 0, SAMPLE_BYTES);
    const container = containerOf(start);
    if (container !== 'plain') return { container, ...(await unpackHead(granted, file, container)) };
    const foreign = FOREIGN.find(([magic]) => start.subarray(0, 4).toString('hex').startsWith(magic));
    if (foreign) throw new DoppelError('unsupported-format', `${granted.name} is ${foreign[1]}. ${foreign[2]}`);
    return { container, head: start, isWhole: start.length < SAMPLE_BYTES };
  } catch (error) {
    throw fileError(error, granted.name);
  } finally {
    await file?.close();
  }
}

async function unpackHead(
  granted: GrantedPath,
  file: FileHandle,
  container: Container,
): Promise<{ head: Buffer; isWhole: boolean }> {
  const unpacker = await unpackerOf(container, file);
  const out: Uint8Array[] = [];
  let unpacked = 0;
  for (let at = 0; unpacked < SAMPLE_BYTES; at += PACKED_PIECE) {
    const piece = await readAt(file, at, PACKED_PIECE);
    const pieces = piece.length === 0 ? await unpacker.finish() : unpacker.push(piece);
    for await (const one of pieces) {
      out.push(one);
      unpacked += one.length;
      if (unpacked >= SAMPLE_BYTES) break;
    }
    if (piece.length > 0) continue;
    if (unpacked > 0) return { head: Buffer.concat(out), isWhole: true };
    const reason = unpacker.damage ?? 'the archive is empty';
    throw new DoppelError(
      'damaged-archive',
      `Nothing can be read from ${granted.name}: ${reason}. Get the file again.`,
    );
  }
  return { head: Buffer.concat(out).subarray(0, SAMPLE_BYTES), isWhole: false };
}

function sampleOf(head: Uint8Array, encoding: Encoding, isWhole: boolean): Sample {
  const decoder = new Decoder(encoding);
  const pieces = [decoder.decode(head)];
  if (isWhole) pieces.push(decoder.finish());
  const text = Buffer.concat(pieces).toString('utf8');
  const lines = text.split('\n');
  if (!isWhole || lines.at(-1) === '') lines.pop(); // cut off by the sample, or nothing after the last line end
  return { text, lines };
}
