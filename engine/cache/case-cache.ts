/** The cache in the folder of the open case: a log that was read is kept there, and taken from there when it is opened again. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CacheNews, CacheUse } from '../../shared/cache';
import type { SavedReading } from '../../shared/choices';
import type { CaseTold } from '../../shared/engine-control';
import { isCancelled, messageOf } from '../../shared/errors';
import type { Limits } from '../../shared/sources';
import type { Log } from '../ingest/open-log';
import type { Waiting } from '../ingest/read-again';
import { readableAgain } from './readable-again';
import type { FileToOpen } from '../sources/source';
import { isPassing } from '../temp-folder';
import { cancellable } from './cancellable';
import { readCache } from './read';
import { requestOf } from './request';
import type { Request } from './request';
import { cacheKey } from './seal';
import { stampsOf } from './stamp';
import type { Texts } from './texts';
import { NEW_NAME } from './write';
import { keepLog } from './keep';

/** A log of fewer records is read in half a second. */
const FROM_RECORDS = 100_000;
/** Nobody waits for a case to read fewer bytes: packed well, a log that is kept has about as many. */
const FROM_BYTES = 8 * 2 ** 20;
/** The case process says which case it has as soon as it runs. */
const CASE_WITHIN_MS = 2000;

export interface CacheOptions {
  /** Where the key lies that seals caches; made when there is none. */
  keyFile: string;
  /** A case will be told. */
  awaitsCase: boolean;
  fromRecords?: number;
  /** How long (ms) a log waits for the case to be told. */
  caseWithinMs?: number;
  threads?: number;
  /** The engine failed while it had a log that came out of a cache: none is taken until the next start. */
  hasFailed?: boolean;
  /** DuckDB is about to open a cache. */
  onTry?: () => void;
}

interface Opening {
  opened: readonly FileToOpen[];
  limits: Limits | undefined;
  saved: readonly SavedReading[];
}

/** What a log that is open has to do with caches. */
interface Open {
  log: Log;
  opened: readonly FileToOpen[];
  request: Request;
  readAt: number;
  /** It came out of the cache in this case folder. */
  from: { folder: string; texts: Texts } | undefined;
  stop: AbortController;
  work: Promise<CacheNews> | undefined;
}

/** Takes a log out of the cache of the open case; where it is not there, keeps it in the background once it has been read. */
export class CaseCache {
  readonly #options: CacheOptions;
  #case: CaseTold | undefined;
  #told = deferred();
  readonly #open = new WeakMap<Log, Open>();
  /** The log at work on. */
  #current: Open | undefined;

  constructor(options: CacheOptions) {
    this.#options = options;
  }

  /** Which case is open, and whether this Doppel may write to it. */
  set case(told: CaseTold) {
    const before = this.#case;
    this.#case = told;
    this.#told.resolve();
    this.#told = deferred();
    if (told.mayWrite && !(before?.mayWrite && before.folder === told.folder)) void removeUnfinished(told.folder);
    // the other case is to have it as well
    if (before && before.folder !== told.folder && this.#current) void this.#beginAgain(this.#current);
  }

  /** The files as a log: out of the cache where it has them as they are, else by `read`. `fresh`: by `read` whatever there is. */
  async open(
    opening: Opening,
    { tempFolder, fresh, signal }: { tempFolder: string; fresh: boolean; signal: AbortSignal },
    read: (waiting?: Waiting) => Promise<Log>,
  ): Promise<Log> {
    if (!this.#options.awaitsCase && !this.#case) return read();
    const { opened, limits, saved } = opening;
    const stamps = await stampsOf(opened, signal);
    // an upload is gone with the shell that took it
    if (!stamps || stamps.some(({ path }) => isPassing(path))) return read();
    await this.#awaitCase(
      stamps.reduce((sum, { bytes }) => sum + bytes, 0),
      signal,
    );
    const request = requestOf(opened, stamps, limits, saved);
    const folder = this.#case?.folder;
    const key = folder === undefined || fresh ? undefined : await cacheKey(this.#options.keyFile);
    const { threads, onTry = () => undefined, hasFailed = false } = this.#options;
    const found =
      folder === undefined || !key
        ? undefined
        : await readCache({ folder, request, opened, limits, key, tempFolder, threads, signal, onTry, hasFailed });
    if (folder !== undefined && found && 'log' in found) {
      const { log, readAt, texts } = found;
      return this.#known(withUse(readableAgain(log, read), { readAt }), {
        opened,
        request,
        readAt,
        from: { folder, texts },
      });
    }
    const log = await read();
    const used = found && !('log' in found) ? withUse(log, { readAt: null, miss: found }) : log;
    return this.#known(used, { opened, request, readAt: Date.now(), from: undefined });
  }

  /** The findings of a log are shown: its files are looked at, or it is kept, in the background. */
  begin(log: Log): void {
    const open = this.#open.get(log);
    if (!open || open.work) return;
    this.#current = open;
    open.work = this.#work(open);
  }

  /** What came of that, once it is over. */
  async news(log: Log, signal: AbortSignal): Promise<CacheNews> {
    return cancellable(this.#open.get(log)?.work ?? Promise.resolve<CacheNews>({ is: 'nothing' }), signal);
  }

  #known(log: Log, details: Omit<Open, 'log' | 'stop' | 'work'>): Log {
    const open: Open = { ...details, log, stop: new AbortController(), work: undefined };
    const known = {
      ...log,
      close: async () => {
        if (this.#current === open) this.#current = undefined;
        open.stop.abort();
        await open.work;
        await log.close();
      },
    };
    this.#open.set(known, open);
    return known;
  }

  async #beginAgain(open: Open): Promise<void> {
    open.stop.abort();
    await open.work;
    if (this.#current !== open) return; // it was closed meanwhile
    open.stop = new AbortController();
    open.work = this.#work(open);
  }

  /** Never rejects. */
  async #work(open: Open): Promise<CacheNews> {
    const { from, log, opened, request, readAt } = open;
    const { signal } = open.stop;
    try {
      if (from) {
        const files = await cancellable(from.texts.changed(), signal);
        if (files.length > 0) return { is: 'other', files };
        if (from.folder === this.#case?.folder) return { is: 'same' };
      }
      if (log.summary.records < (this.#options.fromRecords ?? FROM_RECORDS)) return { is: 'nothing' };
      const key = await cacheKey(this.#options.keyFile);
      const folder = await this.#writable(signal);
      return key ? await keepLog({ log, opened, request, readAt, key, folder, signal }) : { is: 'nothing' };
    } catch (error) {
      return isCancelled(error) ? { is: 'nothing' } : { is: 'not-kept', why: messageOf(error) };
    }
  }

  async #awaitCase(bytes: number, signal: AbortSignal): Promise<void> {
    if (this.#case || bytes < FROM_BYTES) return;
    const { caseWithinMs = CASE_WITHIN_MS } = this.#options;
    await cancellable(Promise.race([this.#told.promise, wait(caseWithinMs, undefined, { ref: false })]), signal);
  }

  /** The folder of the case, as soon as this Doppel has it to itself. */
  async #writable(signal: AbortSignal): Promise<string> {
    while (!this.#case?.mayWrite) await cancellable(this.#told.promise, signal);
    return this.#case.folder;
  }
}

function withUse(log: Log, cache: CacheUse): Log {
  return { ...log, summary: { ...log.summary, cache } };
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** What a killed Doppel was writing into a case folder. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => NEW_NAME.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
}
