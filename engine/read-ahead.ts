import { stat } from 'node:fs/promises';
import type { SavedReading } from '../shared/choices';
import type { Progress } from '../shared/contract';
import type { Limits } from '../shared/sources';
import type { Log } from './ingest/open-log';
import type { FileToOpen } from './sources/source';

/** Whoever starts a shell with files looks at them at once; a log that is left lying takes memory. */
const KEPT_MS = 60_000;

interface Following {
  signal: AbortSignal;
  progress: (progress: Progress) => void;
}

interface Ahead {
  key: string;
  log: Promise<Log | undefined>;
  stamp: Promise<string | undefined>;
  stop: AbortController;
  expiry: NodeJS.Timeout;
  follow: ((progress: Progress) => void) | undefined;
}

/**
 * Reads what the shell was started with while the page that will ask for it is still being loaded. It is taken once, by who
 * asks for the very same while the files are as they were; for anybody else it is as if it had not been.
 */
export class ReadAhead {
  #ahead: Ahead | undefined;

  /** `key` tells all that the log depends on but the files' content. */
  begin(files: readonly FileToOpen[], key: string, read: (following: Following) => Promise<Log | undefined>): void {
    void this.drop();
    const stop = new AbortController();
    const stamp = stampOf(files);
    const progress = (news: Progress): void => ahead.follow?.(news);
    const log = stamp.then((found) =>
      found === undefined || stop.signal.aborted ? undefined : read({ signal: stop.signal, progress }),
    );
    log.catch(() => undefined); // whoever takes it hears of it
    const expiry = setTimeout(() => void this.drop(), KEPT_MS).unref();
    const ahead: Ahead = { key, log, stamp, stop, expiry, follow: undefined };
    this.#ahead = ahead;
  }

  /** The log, once it is read; undefined: it has to be read by whoever asks. Throws what reading it throws. */
  async take(files: readonly FileToOpen[], key: string, { signal, progress }: Following): Promise<Log | undefined> {
    const ahead = this.#ahead;
    if (!ahead) return undefined;
    if (ahead.key !== key || (await ahead.stamp) !== (await stampOf(files))) {
      await this.drop();
      return undefined;
    }
    if (this.#ahead !== ahead) return undefined; // another was as quick
    clearTimeout(ahead.expiry);
    this.#ahead = undefined;
    ahead.follow = progress;
    const stop = (): void => ahead.stop.abort();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      return await ahead.log;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Ends what is being read and frees what has been. */
  async drop(): Promise<void> {
    const ahead = this.#ahead;
    if (!ahead) return;
    this.#ahead = undefined;
    clearTimeout(ahead.expiry);
    ahead.stop.abort();
    const log = await ahead.log.catch(() => undefined);
    await log?.close();
  }
}

/** Tells whether files have changed. Undefined where that cannot be seen from outside, as in a folder. */
async function stampOf(files: readonly FileToOpen[]): Promise<string | undefined> {
  const found = await Promise.all(files.map(({ path }) => stat(path).catch(() => undefined)));
  if (found.some((one) => !one?.isFile())) return undefined;
  return found.map((one) => `${one?.ino} ${one?.size} ${one?.mtimeMs}`).join();
}

/** What a log depends on, but for the content of its files. */
export function keyOf(
  files: readonly FileToOpen[],
  limits: Limits | undefined,
  saved: readonly SavedReading[],
): string {
  return JSON.stringify([files, limits ?? null, saved]);
}
