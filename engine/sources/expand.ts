/** From what was granted to the files to read: folders are walked, archives unpacked, rows of Parquet files written as lines. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DoppelError, throwIfCancelled } from '../../shared/errors';
import type { ArchiveSummary, LeftOutReason, Limits } from '../../shared/sources';
import { isParquet, parquetToLines } from '../formats/parquet';
import { readAt } from '../ingest/read-at';
import { fileError } from '../ingest/file-error';
import { containerOf, unpackerOf } from '../ingest/unpack';
import type { Container } from '../ingest/unpack';
import { Allowance } from './allowance';
import { Part } from './part';
import type { Entries } from './part';
import { LeftOut } from './source';
import type { FileToOpen, Source } from './source';
import { isTar, readTar } from './tar';
import { walkFolder } from './walk';
import { isZip, readZip } from './zip';

/** Archives in archives in archives are opened, and no deeper ones. */
const DEEPEST = 3;
const MOST_ENTRIES = 10_000;
const HEAD = 64 * 1024;
/** Enough of what is unpacked to tell. */
const TAR_HEAD = 512;
const HASH_PIECE = 1024 * 1024;

export interface ExpandOptions {
  /** A private folder for what is unpacked. */
  folder: string;
  limits: Limits | undefined;
  /** What an archive may unpack to whatever its size; 1 GiB unless said. */
  freeBytes?: number;
  signal: AbortSignal | undefined;
  /** Bytes of the file at work on that have been read, of bytes in all. */
  progress: (name: string, bytes: number, total: number) => void;
}

export interface Expanded {
  sources: Source[];
  archives: ArchiveSummary[];
  leftOut: LeftOut;
}

/** Throws a DoppelError that names the file when one that the user named cannot be read. */
export async function expand(granted: readonly FileToOpen[], options: ExpandOptions): Promise<Expanded> {
  const expansion = new Expansion(options);
  for (const file of granted) await expansion.addGranted(file);
  return expansion;
}

class Expansion implements Expanded {
  readonly sources: Source[] = [];
  readonly archives: ArchiveSummary[] = [];
  readonly leftOut = new LeftOut();
  readonly #options: ExpandOptions;
  #parts = 0;

  constructor(options: ExpandOptions) {
    this.#options = options;
  }

  async addGranted(file: FileToOpen): Promise<void> {
    if (file.leftOut !== undefined) return this.leftOut.add(file.name, file.leftOut);
    const { signal, limits, freeBytes } = this.#options;
    const isFolder = (await stat(file.path).catch(() => undefined))?.isDirectory() === true;
    const files = isFolder ? await walkFolder(file, this.leftOut, signal) : [file];
    for (const each of files) {
      const bytes = (await stat(each.path).catch(() => undefined))?.size ?? 0;
      const allowance = Allowance.of(each.name, bytes, limits, freeBytes);
      const isFound = isFolder || file.isFound === true;
      await this.#addFile(
        { ...choicesOf(file), ...each, shownPath: isFolder ? each.name : file.path, isFound, allowance },
        0,
      );
    }
    return undefined;
  }

  async #addFile(source: Source, depth: number): Promise<void> {
    throwIfCancelled(this.#options.signal);
    try {
      const kind = await kindOf(source);
      if (kind === undefined) this.sources.push(source);
      else if (kind.is === 'parquet') await this.#addParquet(source, kind.bytes);
      else if (depth >= DEEPEST) this.leftOut.add(source.name, 'too-deep');
      else await this.#addArchive(source, kind, depth);
    } catch (error) {
      this.#problem(source, error);
    }
  }

  /** What the user did not name is told and left out; the rest is read. */
  #problem(source: Source, error: unknown): void {
    const known = fileError(error, source.name);
    if (!source.isFound) throw known;
    const reason = leftOutReasonOf(known);
    if (reason === undefined) throw known;
    this.leftOut.add(source.name, reason);
  }

  async #addParquet(source: Source, bytes: number): Promise<void> {
    const { signal, progress } = this.#options;
    const copyTo = this.#partPath();
    progress(source.name, 0, bytes);
    const { sha256, tail } = await hashOf(source, signal);
    await parquetToLines({ path: source.path, name: source.name, tail, copyTo, signal });
    this.sources.push({ ...source, path: copyTo, packing: 'Parquet', isCopy: true, original: { bytes, sha256 } });
  }

  async #addArchive(source: Source, { is, container, bytes }: ArchiveKind, depth: number): Promise<void> {
    const { signal, progress } = this.#options;
    const parts: Source[] = [];
    const entries = this.#entriesOf(source, parts);
    const reading = (at: number): void => {
      throwIfCancelled(signal);
      progress(source.name, Math.min(at, bytes), bytes);
    };
    const before = await stat(source.path);
    const { sha256 } = await hashOf(source, signal);
    const damage =
      is === 'zip'
        ? await readZip(source.path, entries, reading)
        : await readTarFile(source, container, entries, reading);
    const after = await stat(source.path).catch(() => undefined);
    const hasChanged = after?.size !== before.size || after.mtimeMs !== before.mtimeMs;
    const incomplete = hasChanged ? 'it changed while it was read: open it again when nothing writes to it' : damage;
    if (parts.length === 0 && damage !== undefined && entries.count === 0) {
      throw new DoppelError(
        'damaged-archive',
        `Nothing can be read from ${source.name}: ${damage}. Get the file again.`,
      );
    }
    this.archives.push({
      name: source.name,
      path: source.shownPath,
      bytes: before.size,
      sha256,
      format: container === 'plain' ? is : `${is}, ${container}`,
      entries: entries.count,
      ...(incomplete === undefined ? {} : { incomplete: `${incomplete}: what could be read of it was read` }),
    });
    for (const part of parts) {
      await this.#addFile(part, depth + 1);
      if (this.sources.at(-1)?.path !== part.path) await rm(part.path, { force: true });
    }
  }

  #entriesOf(archive: Source, parts: Source[]): Entries {
    const names = new Map<string, number>();
    const nameOf = (name: string): string => `${archive.name} › ${name.replace(/^(?:\.\/)+/u, '')}`;
    const entries: Entries = {
      count: 0,
      open: (name) => {
        if (parts.length < MOST_ENTRIES) return new Part(this.#partPath(), archive.allowance);
        this.leftOut.add(nameOf(name), 'too-many');
        return undefined;
      },
      done: (name, part, damage) => {
        const times = (names.get(name) ?? 0) + 1;
        names.set(name, times);
        const label = times === 1 ? nameOf(name) : `${nameOf(name)} (${times})`;
        if (part.bytes === 0) return this.leftOut.add(label, damage === undefined ? 'empty' : 'damaged');
        const entryPath = `${archive.shownPath} › ${label.slice(archive.name.length + 3)}`;
        parts.push({
          ...choicesOf(archive),
          path: part.path,
          name: label,
          shownPath: entryPath,
          isFound: true,
          isCopy: true,
          allowance: archive.allowance,
          ...(damage === undefined ? {} : { damage }),
        });
        return undefined;
      },
      leaveOut: (name, reason) => this.leftOut.add(nameOf(name), reason),
    };
    return entries;
  }

  #partPath(): string {
    this.#parts += 1;
    return join(this.#options.folder, `part-${this.#parts}`);
  }
}

function choicesOf({ id, choices }: FileToOpen): Pick<FileToOpen, 'id' | 'choices'> {
  return { ...(id === undefined ? {} : { id }), ...(choices === undefined ? {} : { choices }) };
}

type ArchiveKind = { is: 'zip' | 'tar'; container: Container; bytes: number };

/** Undefined for a file that is read as it is, also for one that will turn out not to be readable. */
async function kindOf({ path, name }: Source): Promise<ArchiveKind | { is: 'parquet'; bytes: number } | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined; // opening a named pipe would wait for ever
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const head = await readAt(file, 0, HEAD);
    const bytes = found.size;
    const container = containerOf(head);
    if (isParquet(head)) return { is: 'parquet', bytes };
    if (isZip(head)) return { is: 'zip', container, bytes };
    if (container === 'plain') return isTar(head) ? { is: 'tar', container, bytes } : undefined;
    const unpacker = await unpackerOf(container, file);
    const start: Uint8Array[] = [];
    for await (const bit of unpacker.push(head)) {
      start.push(bit);
      if (bit.length >= TAR_HEAD) break;
    }
    return isTar(Buffer.concat(start)) ? { is: 'tar', container, bytes } : undefined;
  } catch (error) {
    throw fileError(error, name);
  } finally {
    await file?.close();
  }
}

async function readTarFile(
  source: Source,
  container: Container,
  entries: Entries,
  reading: (at: number) => void,
): Promise<string | undefined> {
  const file = await open(source.path, 'r');
  try {
    return await readTar(file, container, entries, reading);
  } finally {
    await file.close();
  }
}

async function hashOf(source: Source, signal: AbortSignal | undefined): Promise<{ sha256: string; tail: Uint8Array }> {
  const hash = createHash('sha256');
  let tail: Uint8Array = Buffer.alloc(0);
  const file = await open(source.path, 'r');
  try {
    for (let at = 0; ;) {
      throwIfCancelled(signal);
      const piece = await readAt(file, at, HASH_PIECE);
      if (piece.length === 0) break;
      hash.update(piece);
      tail = Buffer.concat([tail, piece.subarray(-4)]).subarray(-4);
      at += piece.length;
    }
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), tail };
}

/** Undefined for what ends the whole reading, wherever it happens. */
export function leftOutReasonOf({ code }: DoppelError): LeftOutReason | undefined {
  if (code === 'no-zpa-records') return 'no-log';
  if (code === 'mapping-needed') return 'unknown-columns';
  if (code === 'unsupported-format') return 'packing';
  if (code === 'damaged-archive') return 'damaged';
  if (code === 'not-a-file') return 'not-a-file';
  return code === 'file-missing' || code === 'file-unreadable' ? 'unreadable' : undefined;
}
