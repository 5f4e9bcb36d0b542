import { join } from 'node:path';
import type { Progress } from '../../shared/contract';
import type { LogSummary, Rejected } from '../../shared/domain';
import type { GrantedPath } from '../../shared/engine-control';
import { DoppelError } from '../../shared/errors';
import { Database } from '../db';
import type { Connection } from '../db';
import { sqlSteps } from '../sql';
import { locateRejects, rejectedPage, summarise, unifyAddresses } from './account';
import type { Input } from './account';
import { lineMapOfGaps } from './lines';
import { load } from './load';
import type { Lines } from './load';
import { ReadingProgress } from './progress';
import recordText from './record.sql?raw';
import { runPrepare } from './run-prepare';
import { sniff } from './sniff';
import type { Sniffed } from './sniff';

const POLL_MS = 100;

/** The files that are open, read and accounted for. Its database holds the view `event`. */
export interface Log {
  database: Database;
  summary: LogSummary;
  files: readonly GrantedPath[];
  /** The physical line, from 1, of a record: `file` and `ordinal` are those of its event. */
  lineOf(file: number, ordinal: number): number;
  /** One page of the lines that could not be understood, by file and line. */
  rejected(offset: number, limit: number): Promise<{ total: number; rows: Rejected[] }>;
  close(): Promise<void>;
}

export interface OpenOptions {
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  /** A private folder for copies and what DuckDB spills. Nothing of this log is left in it after close. */
  tempFolder: string;
  threads?: number;
}

/** Reads files as one log. Throws a DoppelError that names the file; then nothing is left behind. */
export async function openLog(files: readonly GrantedPath[], options: OpenOptions): Promise<Log> {
  const { signal } = options;
  const sniffed: Sniffed[] = [];
  for (const file of files) sniffed.push(await sniff(file));
  const database = await Database.open({
    readable: sniffed.map(({ path }) => path),
    spillFolder: join(options.tempFolder, 'spill'),
    memoryLimit: '800MB',
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  try {
    return await database.use(signal, async (connection) => {
      await connection.steps(sqlSteps(recordText));
      const inputs = await readAll(connection, sniffed, options);
      const summary = await summarise(connection, inputs);
      requireZpa(summary);
      return {
        database,
        summary,
        files,
        lineOf: (file, ordinal) => inputs[file]?.lines.map.lineOf(ordinal) ?? 0,
        rejected: (offset, limit) => database.use(undefined, (reader) => rejectedPage(reader, files, offset, limit)),
        close: async () => database.close(),
      } satisfies Log;
    });
  } catch (error) {
    database.close();
    throw error;
  }
}

async function readAll(connection: Connection, sniffed: readonly Sniffed[], options: OpenOptions): Promise<Input[]> {
  const total = sniffed.reduce((sum, { bytes }) => sum + bytes, 0);
  const progress = new ReadingProgress(total, options.progress ?? (() => undefined));
  const inputs: Input[] = [];
  for (const [file, source] of sniffed.entries()) {
    progress.startFile(source.granted.name, source.bytes);
    const input = await readInput(connection, file, source, progress, options.signal);
    progress.step('counting');
    await locateRejects(connection, file, input);
    progress.finishFile(input.loaded.rows + input.lines.scan.blankLines);
    inputs.push(input);
  }
  await unifyAddresses(connection);
  return inputs;
}

/** The pass over the bytes and the load go on side by side: each waits for the disk and the other core in turn. */
async function readInput(
  connection: Connection,
  file: number,
  source: Sniffed,
  progress: ReadingProgress,
  signal: AbortSignal | undefined,
): Promise<Input> {
  progress.step('reading');
  const scan = new AbortController();
  const stop = (): void => scan.abort();
  signal?.addEventListener('abort', stop, { once: true });
  const preparing = runPrepare(
    { path: source.path, name: source.granted.name, cut: source.format.cut },
    { signal: scan.signal, progress: (bytes, lines) => progress.scanned(bytes, lines) },
  );
  const lines = preparing.then(({ scan: found }): Lines => ({ scan: found, map: lineMapOfGaps(found.gaps) }));
  const poll = setInterval(() => progress.loaded(Math.max(0, connection.percentage) / 100), POLL_MS);
  try {
    const loaded = await load(connection, file, source, source.format, lines);
    return { sniffed: source, prepared: await preparing, lines: await lines, loaded };
  } finally {
    clearInterval(poll);
    signal?.removeEventListener('abort', stop);
    stop();
    await Promise.allSettled([preparing, lines]);
  }
}

/** Throws when none of the inputs is a ZPA log, and says so of each one that is not. */
function requireZpa(summary: LogSummary): void {
  const strange = summary.inputs.filter(
    ({ events, setAside, records, rejected }) =>
      events === 0 && records === rejected + (setAside['blank-line'] ?? 0) + (setAside['other-log-type'] ?? 0),
  );
  if (strange.length === summary.inputs.length) {
    const names = strange.map(({ name }) => name).join(', ');
    throw new DoppelError(
      'no-zpa-records',
      `${names} holds no ZPA user record. Open an export of User Activity or User Status.`,
    );
  }
  for (const { warnings } of strange) warnings.push('no ZPA user record is in this file');
}
