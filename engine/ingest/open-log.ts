import { rm } from 'node:fs/promises';
import type { SavedReading } from '../../shared/choices';
import type { Progress } from '../../shared/contract';
import type { LogSummary } from '../../shared/domain';
import { DoppelError } from '../../shared/errors';
import { makeFolderIn } from '../temp-folder';
import type { Rejected } from '../../shared/evidence';
import type { Limits } from '../../shared/sources';
import { LEFT_OUT_WORDS } from '../../shared/words';
import { expand, leftOutReasonOf } from '../sources/expand';
import type { Expanded } from '../sources/expand';
import type { KeptText } from '../evidence/kept-text';
import type { RawRecord } from '../evidence/raw-records';
import { RawReader } from '../evidence/raw-reader';
import type { Database } from '../db';
import type { Look } from './preview';
import type { Again, Waiting } from './read-again';
import { againOf } from './read-input';
import type { Input } from './read-input';
import { readSources } from './read-sources';
import { rejectedPage } from './rejected';
import { sniff } from './sniff';
import type { Sniffed } from './sniff';
import type { FileToOpen, Source } from '../sources/source';

/** The files that are open, read and accounted for. Its database holds the view `event` (record.sql). */
export interface Log {
  database: Database;
  summary: LogSummary;
  files: readonly (FileToOpen & Pick<Source, 'packing'>)[];
  /** What was found and holds no log, as far as anybody knows. */
  unread?: readonly FileToOpen[];
  /** Private; gone once the log is closed. */
  folder: string;
  /** Where the records of each file stand; only of files that were read, and then the log can be read from a cache again. */
  kept?: readonly KeptText[];
  /** The physical line, from 1, of a record: `file` and `ordinal` are those of its event. */
  lineOf(file: number, ordinal: number): number;
  /** The raw text of records of one file, by ordinal, ascending. */
  raw(file: number, ordinals: readonly number[], signal: AbortSignal | undefined): Promise<RawRecord[]>;
  /** One page of the records that could not be understood, by file and line. */
  rejected(page: { offset: number; limit: number }, signal?: AbortSignal): Promise<{ total: number; rows: Rejected[] }>;
  /** For reading its records once more; undefined where there are none to read. Throws `file-changed`. */
  again?: (waiting: Waiting) => Promise<Again>;
  close(): Promise<void>;
}

export interface OpenOptions {
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  /** A private folder for copies and what DuckDB spills. Nothing of this log is left in it after close. */
  tempFolder: string;
  /** How many threads DuckDB uses; up to 8, one a core, when it is not given. */
  threads?: number | undefined;
  /** How far archives may unpack. */
  limits?: Limits | undefined;
  /** How to read files of these shapes when nothing was chosen. */
  saved?: readonly SavedReading[] | undefined;
  /** Runs the rule over the files that are done, while others are read; see preview.ts. */
  look?: ((database: Database) => ReturnType<Look>) | undefined;
  /** The least time in ms between two looks; 0: at the end of every file but the last. */
  lookPauseMs?: number | undefined;
  /** Logs of more records than this keep their tables in a file; see storage.ts. */
  inMemoryRecords?: number | undefined;
  /** A log without a record of a ZPA user is a log too. */
  anyRecords?: boolean | undefined;
}

/** Reads files as one log. Throws a DoppelError that names the file; then nothing is left behind. */
export async function openLog(files: readonly FileToOpen[], options: OpenOptions): Promise<Log> {
  const folder = await makeFolderIn(options.tempFolder, 'log-');
  let database: Database | undefined;
  const close = async (): Promise<void> => {
    database?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const expanded = await expandFiles(files, folder, options);
    const sniffed = await sniffAll(files, expanded, options.saved);
    const read = await readSources(sniffed, folder, options);
    database = read.database;
    const names = sniffed.map(({ granted }) => granted);
    const unread = expanded.sources.filter((source) => !names.includes(source));
    const summary = { ...read.summary, ...foundOf(expanded) };
    return { ...logOf(database, names, read.inputs, summary, folder, close), unread };
  } catch (error) {
    await close();
    throw error;
  }
}

function expandFiles(files: readonly FileToOpen[], folder: string, options: OpenOptions): Promise<Expanded> {
  return expand(files, {
    folder,
    limits: options.limits,
    signal: options.signal,
    progress: (file, bytesDone, bytesTotal) =>
      options.progress?.({ step: 'unpacking', file, bytesDone, bytesTotal, records: 0 }),
  });
}

/** What the user named has to be a log, or one of several files; what was found besides is read when it is one. */
async function sniffAll(
  files: readonly FileToOpen[],
  { sources, archives, leftOut }: Expanded,
  saved: readonly SavedReading[] = [],
): Promise<Sniffed[]> {
  const sniffed: Sniffed[] = [];
  let unknown: DoppelError | undefined;
  for (const source of sources) {
    try {
      sniffed.push(await sniff(source, !source.isFound && files.length > 1, saved));
    } catch (error) {
      const reason = error instanceof DoppelError && source.isFound ? leftOutReasonOf(error) : undefined;
      if (reason === undefined) throw error;
      if (error instanceof DoppelError && error.code === 'mapping-needed') unknown ??= error;
      leftOut.add(source.name, reason, reason === 'unknown-columns' ? source.id : undefined);
    }
  }
  if (sniffed.length > 0) return sniffed;
  // there is something to choose, and then there may be a log in it
  if (unknown) throw unknown;
  const looked = leftOut.rows.slice(0, 3).map(({ name, reason }) => `${name} (${LEFT_OUT_WORDS[reason]})`);
  throw new DoppelError(
    'no-zpa-records',
    `There is no ZPA log in ${namesOf(files)}. ` +
      (looked.length === 0 ? 'Nothing lies in it.' : `${leftOut.total} looked at: ${looked.join(', ')}.`) +
      archives
        .flatMap(({ name, incomplete }) => (incomplete === undefined ? [] : [` ${name}: ${incomplete}.`]))
        .join(''),
  );
}

function namesOf(files: readonly FileToOpen[]): string {
  const names = files.slice(0, 3).map(({ name }) => name);
  const more = files.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${more} more`;
}

function foundOf({ archives, leftOut }: Expanded): Pick<LogSummary, 'archives' | 'leftOut'> {
  return {
    ...(archives.length === 0 ? {} : { archives }),
    ...(leftOut.total === 0 ? {} : { leftOut: { total: leftOut.total, rows: leftOut.rows } }),
  };
}

function logOf(
  database: Database,
  files: readonly (FileToOpen & Pick<Source, 'packing'>)[],
  inputs: readonly Input[],
  summary: LogSummary,
  folder: string,
  close: () => Promise<void>,
): Log {
  const sources = inputs.map(({ text, sniffed }) => ({ name: sniffed.granted.name, text }));
  const readers = inputs.map(({ text }) => new RawReader(text));
  return {
    database,
    summary,
    files,
    folder,
    kept: inputs.map(({ kept }) => kept),
    lineOf: (file, ordinal) => inputs[file]?.lineOf(ordinal) ?? 0,
    rejected: (page, signal) => database.use(signal, (connection) => rejectedPage(connection, sources, page, signal)),
    raw: async (file, ordinals, signal) => (await readers[file]?.records(ordinals, signal)) ?? [],
    again: () => Promise.resolve({ database, inputs: inputs.map(againOf) }),
    close: async () => {
      await Promise.all(readers.map((reader) => reader.close()));
      await close();
    },
  };
}
