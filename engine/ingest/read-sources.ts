import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { whyNoEvents } from '../../shared/account-words';
import type { LogSummary } from '../../shared/domain';
import { DoppelError } from '../../shared/errors';
import { Database } from '../db';
import type { Connection } from '../db';
import { outPaths } from '../cache/out-file';
import { checkTimeZone, createAdjusting, isAdjusting } from '../formats/adjust';
import { tablePaths } from '../handover/table-paths';
import { sqlSteps } from '../sql';
import { summarise, unifyAddresses } from './account';
import { observe } from './observe';
import type { OpenOptions } from './open-log';
import { Preview } from './preview';
import { ReadingProgress } from './progress';
import { beginPass, changeOf, copyPaths, readInput } from './read-input';
import type { Input, Pass } from './read-input';
import recordText from './record.sql?raw';
import { locateRejects } from './rejected';
import type { Sniffed } from './sniff';
import { diskNeeded, requireDisk, storageOf, tableFiles } from './storage';

/** An error says of so many files what is in them. */
const FILES_NAMED = 3;

interface ReadSources {
  /** Whoever asked for it closes it. */
  database: Database;
  inputs: Input[];
  summary: LogSummary;
}

/**
 * Reads recognised files into one database. Over some files DuckDB loses its database, a defect of its own: then all is
 * read again, those files (`careful`, by index) without their broken rows. After an error nothing is open.
 */
export async function readSources(
  sniffed: readonly Sniffed[],
  folder: string,
  options: OpenOptions,
  careful: ReadonlySet<number> = new Set(),
): Promise<ReadSources> {
  const bytes = sniffed.reduce((sum, source) => sum + source.bytes, 0);
  const progress = new ReadingProgress(bytes, options.progress ?? (() => undefined));
  const begin = (source: Sniffed, file: number): Pass | undefined => {
    progress.startFile(source.granted.name, source.bytes);
    return careful.has(file) ? undefined : beginPass(source, progress, options.signal);
  };
  // the first file is hashed while the database is opened, which leaves a processor idle
  const [first] = sniffed.slice(0, 1).map(begin);
  let database: Database | undefined;
  const job: Job = {
    sniffed,
    folder,
    options,
    progress,
    careful,
    file: 0,
    passOf: (source, file) => (file === 0 ? first : begin(source, file)),
  };
  try {
    const opened = await openDatabase(sniffed, folder, options);
    database = opened;
    const { look, lookPauseMs } = options;
    const preview = new Preview(look && (() => look(opened)), sniffed.length, lookPauseMs);
    const read = await opened.use(options.signal, (connection) => readAll(connection, job, preview));
    return { database: opened, ...read };
  } catch (error) {
    await first?.stop();
    database?.close();
    const isNew = error instanceof DoppelError && error.code === 'database-lost' && !careful.has(job.file);
    if (!isNew) throw error;
    await removeTables(folder, sniffed.length);
    return readSources(sniffed, folder, options, new Set([...careful, job.file]));
  }
}

interface Job {
  sniffed: readonly Sniffed[];
  folder: string;
  options: OpenOptions;
  progress: ReadingProgress;
  /** By index: those that are read without their broken rows. */
  careful: ReadonlySet<number>;
  /** Which is being read. */
  file: number;
  /** Begins with an input, or has begun with it. */
  passOf: (source: Sniffed, file: number) => Pass | undefined;
}

async function openDatabase(sniffed: readonly Sniffed[], folder: string, options: OpenOptions): Promise<Database> {
  const storage = storageOf(sniffed, folder, options);
  await requireDisk(folder, diskNeeded(sniffed, storage.file !== undefined));
  return Database.open({
    ...storage,
    readable: [
      ...sniffed.flatMap(({ path }, file) => [path, ...Object.values(copyPaths(folder, file))]),
      ...tablePaths(folder),
      ...outPaths(folder),
    ],
    spillFolder: join(folder, 'spill'),
  });
}

/** Removes what a lost database and its inputs' copies have left in the folder, so that all can be read again. */
async function removeTables(folder: string, inputs: number): Promise<void> {
  const copies = Array.from({ length: inputs }, (_, file) => Object.values(copyPaths(folder, file))).flat();
  const left = [...copies, ...tableFiles(folder), join(folder, 'spill')];
  await Promise.all(left.map((path) => rm(path, { recursive: true, force: true })));
}

async function readAll(
  connection: Connection,
  job: Job,
  preview: Preview,
): Promise<{ inputs: Input[]; summary: LogSummary }> {
  const { sniffed, folder, options, progress, careful } = job;
  await connection.script(sqlSteps(recordText));
  // the dates of records that lie in something else are seen once they are read
  const mayAdjust = ({ format }: Sniffed): boolean => isAdjusting(format.adjustment) || !format.table?.isMappable;
  if (sniffed.some(mayAdjust)) await createAdjusting(connection);
  for (const { reading } of sniffed) await checkTimeZone(connection, reading.choices.timeZone);
  const inputs: Input[] = [];
  for (const [file, source] of sniffed.entries()) {
    job.file = file;
    const pass = job.passOf(source, file);
    const isCareful = careful.has(file);
    const { signal } = options;
    const input = await readInput({ connection, file, source, folder, progress, signal, pass, isCareful });
    progress.step('counting');
    await locateRejects(connection, file, input);
    progress.finishFile(input.loaded.rows + input.prepared.blankLines + input.prepared.leftOut.count);
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
    for (const { sniffed: source, hasChanged } of inputs) {
      const change = hasChanged ? await changeOf(source) : undefined;
      if (change) throw change;
    }
    throw new DoppelError(
      'no-zpa-records',
      `There is no record of a ZPA user in ${strange.join(', ')}. ${whyNoEvents(summary).slice(0, FILES_NAMED).join(' ')} ` +
        'Open an export of User Activity or User Status.',
    );
  }
  return { inputs, summary };
}
