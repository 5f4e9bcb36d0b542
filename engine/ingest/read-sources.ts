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
import { changeOf, copyPaths, readInput } from './read-input';
import type { Input } from './read-input';
import recordText from './record.sql?raw';
import { locateRejects } from './rejected';
import type { Sniffed } from './sniff';
import { diskNeeded, requireDisk, storageOf, tableFiles } from './storage';

/** An error says of so many files what is in them. */
const FILES_NAMED = 3;

export interface ReadSources {
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
  const database = await openDatabase(sniffed, folder, options);
  const state = { file: 0, careful };
  const { look, lookPauseMs } = options;
  const preview = new Preview(look && (() => look(database)), sniffed.length, lookPauseMs);
  try {
    const read = await database.use(options.signal, (connection) =>
      readAll(connection, sniffed, folder, options, preview, state),
    );
    return { database, ...read };
  } catch (error) {
    database.close();
    const isNew = error instanceof DoppelError && error.code === 'database-lost' && !careful.has(state.file);
    if (!isNew) throw error;
    await removeTables(folder, sniffed.length);
    return readSources(sniffed, folder, options, new Set([...careful, state.file]));
  }
}

/** Which input is read, and those that are read with care. */
interface ReadingState {
  file: number;
  careful: ReadonlySet<number>;
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
  sniffed: readonly Sniffed[],
  folder: string,
  options: OpenOptions,
  preview: Preview,
  state: ReadingState,
): Promise<{ inputs: Input[]; summary: LogSummary }> {
  await connection.steps(sqlSteps(recordText));
  if (sniffed.some(({ format }) => isAdjusting(format.adjustment))) await createAdjusting(connection);
  for (const { reading } of sniffed) await checkTimeZone(connection, reading.choices.timeZone);
  const bytes = sniffed.reduce((sum, source) => sum + source.bytes, 0);
  const progress = new ReadingProgress(bytes, options.progress ?? (() => undefined));
  const inputs: Input[] = [];
  for (const [file, source] of sniffed.entries()) {
    progress.startFile(source.granted.name, source.bytes);
    state.file = file;
    const isCareful = state.careful.has(file);
    const input = await readInput({ connection, file, source, folder, progress, signal: options.signal, isCareful });
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
