import type { Log } from '../ingest/open-log';
import { changed } from '../ingest/read-again';
import type { Waiting } from '../ingest/read-again';

/**
 * A log out of a cache, of which more than the cache holds can be asked: then its files are read as a log once more, and that
 * is kept as long as this one is open.
 */
export function readableAgain(log: Log, read: (waiting: Waiting) => Promise<Log>): Log {
  let whole: Promise<Log> | undefined;
  const readWhole = async (waiting: Waiting): Promise<Log> => {
    const anew = await read(waiting);
    const other = anew.summary.inputs.find(({ sha256 }, at) => sha256 !== log.summary.inputs[at]?.sha256);
    if (!other) return anew;
    await anew.close();
    throw changed(other.name);
  };
  return {
    ...log,
    again: async (waiting) => {
      whole ??= readWhole(waiting);
      try {
        const { again } = await whole;
        if (!again) throw new Error('a log that was read from files can be read again');
        return await again(waiting);
      } catch (error) {
        if ((await whole?.catch(() => undefined)) === undefined) whole = undefined;
        throw error;
      }
    },
    close: async () => {
      const anew = await whole?.catch(() => undefined);
      await anew?.close();
      await log.close();
    },
  };
}
