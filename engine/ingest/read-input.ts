import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DoppelError } from '../../shared/errors';
import type { Connection } from '../db';
import type { RawText } from '../evidence/raw-records';
import { rawTextOf } from '../evidence/kept-text';
import type { KeptText } from '../evidence/kept-text';
import { identityOf, SourceCheck } from '../evidence/source-file';
import type { AgainInput } from './read-again';
import { hasFault } from './faults';
import { load, namesIn } from './load';
import type { Deeper, Loaded, Names } from './load';
import type { PrepareJob, Prepared } from './prepare';
import type { ReadingProgress } from './progress';
import { runPrepare } from './run-prepare';
import { isReadable } from './sniff';
import type { Sniffed } from './sniff';

/** An input that has been loaded. */
export interface Input {
  sniffed: Sniffed;
  prepared: Prepared;
  loaded: Loaded;
  /** It grew, shrank or was written to meanwhile. */
  hasChanged: boolean;
  /** The physical line of the source, from 1, of a record by its ordinal. */
  lineOf: (ordinal: number) => number;
  /** Where the raw text of its records is found again. */
  text: RawText;
  kept: KeptText;
}

export interface Reading {
  connection: Connection;
  file: number;
  source: Sniffed;
  /** A private folder for copies. */
  folder: string;
  progress: ReadingProgress;
  signal: AbortSignal | undefined;
  /** The pass over its bytes, where they are the text. */
  pass: Pass | undefined;
  /** DuckDB gave up on the text as it is: only a copy without broken rows is tried. */
  isCareful: boolean;
}

/** A pass over the bytes of a file that goes on beside other work. */
export interface Pass {
  prepared: Promise<Prepared>;
  names: Promise<Names>;
  /** Ends it; resolves when it has come to its end. */
  stop: () => Promise<void>;
}

const POLL_MS = 100;

/** Paths in the folder that copies of this input may take: what DuckDB has to be allowed to read. */
export function copyPaths(folder: string, file: number): { copy: string; repaired: string } {
  return { copy: join(folder, `text-${file}`), repaired: join(folder, `text-${file}-repaired`) };
}

/** Begins the pass over an input that DuckDB can read as it lies; undefined of any other. */
export function beginPass(
  source: Sniffed,
  progress: ReadingProgress,
  signal: AbortSignal | undefined,
): Pass | undefined {
  if (!isReadable(source)) return undefined;
  const stop = new AbortController();
  const either = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
  const prepared = prepare(source, progress, {}, either);
  const names = namesIn(source, source.format);
  // they may fail before the load asks for them, which then fails with them
  const over = Promise.allSettled([prepared, names]);
  const ended = async (): Promise<void> => {
    stop.abort();
    await over;
  };
  return { prepared, names, stop: ended };
}

/**
 * Reads one input: the file itself where DuckDB can, else a plain copy, and where that does not add up, a copy that
 * leaves out what is broken. The last of these ways is taken as it comes.
 */
export async function readInput(reading: Reading): Promise<Input> {
  try {
    return await read(reading);
  } catch (error) {
    if (error instanceof DoppelError && error.code !== 'internal') throw error;
    throw (await changeOf(reading.source)) ?? error;
  }
}

/** What happened to a file since its first bytes were read; undefined when it is as it was. */
export async function changeOf({
  path,
  bytes,
  modifiedMs,
  granted: { name },
}: Sniffed): Promise<DoppelError | undefined> {
  const now = await stat(path).catch(() => undefined);
  if (!now)
    return new DoppelError('file-missing', `${name} went away while it was read. Put it back and open it again.`);
  if (now.size === bytes && now.mtimeMs === modifiedMs) return undefined;
  return new DoppelError('file-changed', `${name} changed while it was read. Open it again when nothing writes to it.`);
}

async function read(reading: Reading): Promise<Input> {
  const { source, folder, file, pass, isCareful } = reading;
  const { copy, repaired } = copyPaths(folder, file);
  const isCsv = source.format.cut.by === 'csv';
  const adds = (rows: number, prepared: Prepared): boolean =>
    rows === prepared.rows && !hasFault(prepared.scan.faults, 'line-too-long');
  if (!isCareful) {
    const first = pass
      ? await readDirectly(reading, pass, adds)
      : await readCopy(reading, { copyTo: copy }, isCsv ? adds : () => true);
    if (first) return finishRead(reading, first);
    await rm(copy, { force: true });
  }
  const last = await readCopy(reading, isCsv ? { copyTo: repaired, repair: true } : { copyTo: copy }, () => true);
  if (!last) throw new DoppelError('internal', `${source.granted.name} cannot be read, though it looks like a log.`);
  return finishRead(reading, last);
}

async function finishRead(reading: Reading, { prepared, loaded }: Read): Promise<Input> {
  return 'format' in loaded ? readDeeper(reading, loaded) : finish(reading, prepared, loaded);
}

/** Reads it once more, in the way that some records need, or in the order of dates that they show. */
async function readDeeper(reading: Reading, { format }: Deeper): Promise<Input> {
  const { copy, repaired } = copyPaths(reading.folder, reading.file);
  for (const path of [copy, repaired]) await rm(path, { force: true });
  // a format for what is inside of texts knows nothing deeper, and the same text shows the same order: it comes to an end
  const source = { ...reading.source, format };
  return read({ ...reading, source, pass: beginPass(source, reading.progress, reading.signal) });
}

interface Read {
  prepared: Prepared;
  loaded: Loaded | Deeper;
}
type IsGood = (rows: number, prepared: Prepared) => boolean;

/** The pass over the bytes and the load go on side by side. */
async function readDirectly(reading: Reading, pass: Pass, isGood: IsGood): Promise<Read | undefined> {
  const { path, bytes } = reading.source;
  try {
    const loaded = await loadText(reading, { path, bytes }, await pass.names, pass.prepared, isGood, false);
    return loaded && { prepared: await pass.prepared, loaded };
  } finally {
    await pass.stop();
  }
}

async function readCopy(
  reading: Reading,
  how: Pick<PrepareJob, 'copyTo' | 'repair'>,
  isGood: IsGood,
): Promise<Read | undefined> {
  reading.progress.step('checking');
  const prepared = await prepare(reading.source, reading.progress, how, reading.signal);
  const { text } = prepared;
  const names = await namesIn(text, reading.source.format);
  const loaded = await loadText(reading, text, names, Promise.resolve(prepared), isGood, how.repair === true);
  return loaded && { prepared, loaded };
}

function prepare(
  source: Sniffed,
  progress: ReadingProgress,
  how: Pick<PrepareJob, 'copyTo' | 'repair'>,
  signal: AbortSignal | undefined,
): Promise<Prepared> {
  const { path, bytes, granted, container, encoding, format } = source;
  return runPrepare(
    { path, name: granted.name, container, encoding, cut: format.cut, allowance: granted.allowance.state, ...how },
    bytes,
    { signal, progress: (bytes, records) => progress.scanned(bytes, records) },
  );
}

async function loadText(
  { connection, file, source, progress }: Reading,
  text: Prepared['text'],
  names: Names,
  prepared: Promise<Prepared>,
  isGood: IsGood,
  isRepaired: boolean,
): Promise<Loaded | Deeper | undefined> {
  progress.step('reading');
  const poll = setInterval(() => progress.loaded(Math.max(0, connection.percentage) / 100), POLL_MS);
  try {
    const { format, reading } = source;
    return await load({
      connection,
      file,
      text,
      format,
      choices: reading.choices,
      names,
      prepared,
      isGood,
      isRepaired,
    });
  } finally {
    clearInterval(poll);
  }
}

async function finish({ source, progress }: Reading, prepared: Prepared, loaded: Loaded): Promise<Input> {
  progress.allRead();
  const now = await stat(source.path).catch(() => undefined);
  const hasChanged = now?.size !== source.bytes || now.mtimeMs !== source.modifiedMs || prepared.bytes !== source.bytes;
  source.granted.allowance.state.unpackedBytes = prepared.unpackedBytes; // counted in another thread
  const { path, granted, container, encoding, format } = source;
  const { bytes, sha256, starts, offsets, isVerbatim, scan } = prepared;
  const isCopied = isVerbatim && prepared.text.path !== path;
  const identity = hasChanged ? undefined : identityOf(now);
  const kept: KeptText = {
    path,
    bytes,
    sha256,
    identity,
    container,
    encoding,
    cut: format.cut,
    isPart: granted.isCopy === true,
    isCopied,
    gaps: scan.gaps,
    starts,
    offsets,
    marks: isVerbatim ? scan.marks : undefined,
  };
  const text = rawTextOf(kept, isCopied ? prepared.text.path : undefined);
  return { sniffed: source, prepared, loaded, hasChanged, lineOf: text.lineOf, text, kept };
}

/** An input as its records can be read once more. */
export function againOf({ sniffed, prepared, loaded, kept }: Input): AgainInput {
  const { text } = prepared;
  return {
    name: sniffed.granted.name,
    text,
    format: sniffed.format,
    isRepaired: loaded.isRepaired,
    keys: loaded.keys,
    rows: loaded.rows,
    firstId: loaded.firstId,
    check: text.path === sniffed.path ? new SourceCheck(kept) : undefined,
  };
}
