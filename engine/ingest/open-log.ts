import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SavedReading } from '../../shared/choices';
import type { Progress } from '../../shared/contract';
import type { LogSummary } from '../../shared/domain';
import { DoppelError } from '../../shared/errors';
import { makeFolderIn } from '../temp-folder';
import type { Rejected } from '../../shared/evidence';
import type { Limits } from '../../shared/sources';
import { whyNoEvents } from '../../shared/account-words';
import { LEFT_OUT_WORDS } from '../../shared/words';
import { expand, leftOutReasonOf } from '../sources/expand';
import type { Expanded } from '../sources/expand';
import type { RawRecord } from '../evidence/raw-records';
import { RawReader } from '../evidence/raw-reader';
import { checkTimeZone, createAdjusting } from '../formats/adjust';
import { Database } from '../db';
import { tablePaths } from '../handover/table-paths';
import type { Connection } from '../db';
import { sqlSteps } from '../sql';
import { summarise, unifyAddresses } from './account';
import { observe } from './observe';
import { Preview } from './preview';
import type { Look } from './preview';
import { ReadingProgress } from './progress';
import { changeOf, copyPaths, readInput } from './read-input';
import type { Input } from './read-input';
import { locateRejects, rejectedPage } from './rejected';
import recordText from './record.sql?raw';
import { sniff } from './sniff';
import type { Sniffed } from './sniff';
import type { FileToOpen, Source } from '../sources/source';
import { diskNeeded, requireDisk, storageOf, tableFiles } from './storage';

/** An error says of so many files what is in them. */
const FILES_NAMED = 3;

/** The files that are open, read and accounted for. Its database holds the view `event` (record.sql). */
export interface Log {
  database: Database;
  summary: LogSummary;
  files: readonly (FileToOpen & Pick<Source, 'packing'>)[];
  /** What was found and holds no log, as far as anybody knows. */
  unread?: readonly FileToOpen[];
  /** Private; gone once the log is closed. */
  folder: string;
  /** The physical line, from 1, of a record: `file` and `ordinal` are those of its event. */
  lineOf(file: number, ordinal: number): number;
  /** The raw text of records of one file, by ordinal, ascending. */
  raw(file: number, ordinals: readonly number[], signal: AbortSignal | undefined): Promise<RawRecord[]>;
  /** One page of the records that could not be understood, by file and line. */
  rejected(page: { offset: number; limit: number }, signal?: AbortSignal): Promise<{ total: number; rows: Rejected[] }>;
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
    const careful = new Set<number>();
    for (;;) {
      const opened = await openDatabase(sniffed, folder, options);
      database = opened;
      const reading = { file: 0, careful };
      const { look, lookPauseMs } = options;
      const preview = new Preview(look && (() => look(opened)), sniffed.length, lookPauseMs);
      try {
        const { inputs, summary } = await opened.use(options.signal, (connection) =>
          readAll(connection, sniffed, folder, options, preview, reading),
        );
        const names = sniffed.map(({ granted }) => granted);
        const unread = expanded.sources.filter((source) => !names.includes(source));
        return { ...logOf(opened, names, inputs, { ...summary, ...foundOf(expanded) }, folder, close), unread };
      } catch (error) {
        const isNew = error instanceof DoppelError && error.code === 'database-lost' && !careful.has(reading.file);
        if (!isNew) throw error;
        careful.add(reading.file);
        opened.close();
        await removeTables(folder, sniffed.length);
      }
    }
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

async function openDatabase(sniffed: readonly Sniffed[], folder: string, options: OpenOptions): Promise<Database> {
  const storage = storageOf(sniffed, folder, options);
  await requireDisk(folder, diskNeeded(sniffed, storage.file !== undefined));
  return Database.open({
    ...storage,
    readable: [
      ...sniffed.flatMap(({ path }, file) => [path, ...Object.values(copyPaths(folder, file))]),
      ...tablePaths(folder),
    ],
    spillFolder: join(folder, 'spill'),
  });
}

function throwIf(error: DoppelError | undefined): void {
  if (error) throw error;
}

/** Which input is read, and those over which DuckDB has lost its database (a defect of its own) and which are read again. */
interface ReadingState {
  file: number;
  careful: ReadonlySet<number>;
}

/** Removes what a lost database and its inputs' copies have left in the folder, so that all can be read again. */
async function removeTables(folder: string, inputs: number): Promise<void> {
  const copies = Array.from({ length: inputs }, (_, file) => Object.values(copyPaths(folder, file))).flat();
  const left = [...copies, ...tableFiles(folder), join(folder, 'spill')];
  await Promise.all(left.map((path) => rm(path, { recursive: true, force: true })));
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
    lineOf: (file, ordinal) => inputs[file]?.lineOf(ordinal) ?? 0,
    rejected: (page, signal) => database.use(signal, (connection) => rejectedPage(connection, sources, page, signal)),
    raw: async (file, ordinals, signal) => (await readers[file]?.records(ordinals, signal)) ?? [],
    close: async () => {
      await Promise.all(readers.map((reader) => reader.close()));
      await close();
    },
  };
}

async function readAll(
  connection: Connection,
  sniffed: readonly Sniffed[],
  folder: string,
  options: OpenOptions,
  preview: Preview,
  reading: ReadingState,
): Promise<{ inputs: Input[]; summary: LogSummary }> {
  await connection.steps(sqlSteps(recordText));
  await createAdjusting(connection);
  for (const { reading } of sniffed) await checkTimeZone(connection, reading.choices.timeZone);
  const bytes = sniffed.reduce((sum, source) => sum + source.bytes, 0);
  const progress = new ReadingProgress(bytes, options.progress ?? (() => undefined));
  const inputs: Input[] = [];
  for (const [file, source] of sniffed.entries()) {
    progress.startFile(source.granted.name, source.bytes);
    reading.file = file;
    const isCareful = reading.careful.has(file);
    const input = await readInput({ connection, file, source, folder, progress, signal: options.signal, isCareful });
    progress.step('counting');
    await locateRejects(connection, file, input);
    progress.finishFile(input.loaded.rows + input.prepared.blankLines + input.prepared.leftOut.lines.length);
    inputs.push(input);
    const soFar = await preview.after(inputs.length, connection);
    if (soFar) progress.found(soFar);
  }
  const odd = await unifyAddresses(connection);
  const observed = await observe(
    connection,
    sniffed.map(({ granted }) => granted.name),
    odd,
  );
  const { summary, strange } = await summarise(connection, inputs, observed);
  if (strange.length === inputs.length && !options.anyRecords) {
    for (const { sniffed: source, hasChanged } of inputs) throwIf(hasChanged ? await changeOf(source) : undefined);
    throw new DoppelError(
      'no-zpa-records',
      `There is no record of a ZPA user in ${strange.join(', ')}. ${whyNoEvents(summary).slice(0, FILES_NAMED).join(' ')} ` +
        'Open an export of User Activity or User Status.',
    );
  }
  return { inputs, summary };
}
