import { copyFile, rm, stat } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';
import type { CacheMiss } from '../../shared/cache';
import { DoppelError, isCancelled, throwIfCancelled } from '../../shared/errors';
import type { Limits } from '../../shared/sources';
import { Database } from '../db';
import { tablesOf } from '../detect/tables';
import { linesOf, rawTextOf } from '../evidence/kept-text';
import { RawReader } from '../evidence/raw-reader';
import type { RawRecord } from '../evidence/raw-records';
import { tablePaths } from '../handover/table-paths';
import type { Log } from '../ingest/open-log';
import { rejectedPage } from '../ingest/rejected';
import { freeDisk, storageOfTables } from '../ingest/storage';
import type { FileToOpen } from '../sources/source';
import { makeFolderIn } from '../temp-folder';
import { cancellable } from './cancellable';
import { readContents } from './contents';
import type { Contents } from './contents';
import { outPaths } from './out-file';
import { keyName, readLabel, seal } from './seal';
import type { Label, Sealed } from './seal';
import type { Request } from './request';
import { Texts } from './texts';
import { CACHE_FILE, LABEL_FILE } from './write';

/** Of the disk of the private folder that a copy of the cache leaves free. */
const LEFT_FREE = 256 * 2 ** 20;

interface ReadOptions {
  /** The case folder; it is only read. */
  folder: string;
  request: Request;
  opened: readonly FileToOpen[];
  limits: Limits | undefined;
  key: Buffer;
  tempFolder: string;
  threads: number | undefined;
  signal: AbortSignal | undefined;
  /** DuckDB is about to open it. */
  onTry: () => void;
  /** The engine has failed with it, and does not try again. */
  hasFailed: boolean;
}

interface FromCache {
  log: Log;
  texts: Texts;
  readAt: number;
}

/** The log of these files as a cache holds it; a miss where it does not; undefined where there is none, or one of other files. */
export async function readCache(options: ReadOptions): Promise<FromCache | CacheMiss | undefined> {
  const { folder, request, key } = options;
  const found = await readLabel(join(folder, LABEL_FILE));
  if (found === 'none') return undefined;
  if (found === 'damaged') return { why: 'damaged' };
  const { label } = found;
  const miss = missOf(label, request, key);
  if (miss !== null) return miss;
  if (options.hasFailed) return { why: 'failed' };
  const own = await makeFolderIn(options.tempFolder, 'log-');
  try {
    const got = await takeCopy(join(own, 'tables'), own, found, options);
    if (got === 'same') return await openCopy(join(own, 'tables'), own, label, options);
    await rm(own, { recursive: true, force: true });
    return got === 'none' ? undefined : { why: got };
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throwIfCancelled(options.signal);
    if (isCancelled(error)) throw error;
    return { why: 'damaged' };
  }
}

/** A copy that nobody else can change: that is looked at, and opened. */
async function takeCopy(
  file: string,
  own: string,
  { label, seal: said }: Sealed,
  { folder, key, signal }: ReadOptions,
): Promise<'same' | 'none' | 'damaged' | 'no-room'> {
  const from = join(folder, CACHE_FILE);
  const size = (await stat(from).catch(() => undefined))?.size;
  if (size === undefined) return 'none';
  if (size !== label.bytes) return 'damaged';
  if ((await freeDisk(own)) < size + LEFT_FREE) return 'no-room';
  await copyFile(from, file, constants.COPYFILE_FICLONE);
  return (await seal(key, label, file, signal)) === said ? 'same' : 'damaged';
}

/** Null: this is the cache. */
function missOf(label: Label, request: Request, key: Buffer): CacheMiss | undefined | null {
  const { stamps, by, how } = label.request;
  const paths = (of: Request): string => JSON.stringify(of.stamps.map(({ path }) => path));
  if (paths(label.request) !== paths(request)) return undefined;
  if (by !== request.by || label.key !== keyName(key)) return { why: 'other-version' };
  const changed = request.stamps.find((stamp, at) => JSON.stringify(stamp) !== JSON.stringify(stamps[at]));
  if (changed) return { why: 'changed', file: changed.path };
  return how === request.how ? null : { why: 'other-choices' };
}

async function openCopy(file: string, own: string, label: Label, options: ReadOptions): Promise<FromCache> {
  const { opened, limits, signal, threads } = options;
  options.onTry();
  const database = await Database.open({
    ...storageOfTables(file, label.records, threads),
    readable: [...label.request.stamps.map(({ path }) => path), ...tablePaths(own), ...outPaths(own)],
    spillFolder: join(own, 'spill'),
  });
  try {
    const contents = await database.use(signal, (connection) => readContents(connection, opened));
    const { files, summary } = contents;
    tablesOf(database).latest = contents.detection;
    const texts = new Texts({ kept: contents.texts, files, summary, opened, folder: own, limits });
    return { log: logOf(database, contents, texts, own), texts, readAt: label.readAt };
  } catch (error) {
    database.close();
    throw error;
  }
}

function logOf(database: Database, contents: Contents, texts: Texts, folder: string): Log {
  const { files, summary, unread, texts: kept } = contents;
  const lines = kept.map(linesOf);
  const readers = new Map<number, Promise<RawReader>>();
  const readerOf = (file: number): Promise<RawReader> => {
    const reader = readers.get(file) ?? texts.of(file).then((text) => new RawReader(text));
    readers.set(file, reader);
    return reader;
  };
  return {
    database,
    summary,
    files,
    unread,
    folder,
    kept,
    lineOf: (file, ordinal) => lines[file]?.(ordinal) ?? 0,
    raw: async (file, ordinals, signal): Promise<RawRecord[]> => {
      let reader: RawReader;
      try {
        reader = await cancellable(readerOf(file), signal);
      } catch (error) {
        throwIfCancelled(signal);
        const problem = error instanceof DoppelError && error.code === 'file-changed' ? error.code : 'file-unreadable';
        return ordinals.map(() => ({ offset: null, raw: null, isCut: false, problem }));
      }
      return reader.records(ordinals, signal);
    },
    rejected: async (page, signal) => {
      if (summary.rejected === 0) return { total: 0, rows: [] };
      const sources = await Promise.all(
        kept.map(async (own, file) => {
          // what cannot be read again has a line all the same
          const text = await cancellable(texts.of(file), signal).catch(() => rawTextOf(own, undefined));
          return { name: files[file]?.name ?? '', text };
        }),
      );
      throwIfCancelled(signal);
      return database.use(signal, (connection) => rejectedPage(connection, sources, page, signal));
    },
    close: async () => {
      await texts.close();
      const opened = await Promise.allSettled(readers.values());
      for (const reader of opened) if (reader.status === 'fulfilled') await reader.value.close();
      database.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
