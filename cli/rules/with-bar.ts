import type { CallContext } from '../../shared/rpc';
import type { OwnEngine } from '../own-engine';
import { progressBar } from '../progress-bar';

/** What runs a query over a log, or the detection that it is compared with. */
type Context = CallContext<'kql.run'> & CallContext<'detection.run'>;

/**
 * Runs `work`, which may have to read columns of the log that are not kept: how far that is stands on stderr where it is a
 * terminal, and is gone before anything else is written. Ctrl+C ends it.
 */
export async function withBar<T>({ context }: OwnEngine, work: (context: Context) => Promise<T> | T): Promise<T> {
  const bar = progressBar(process.stderr);
  try {
    return await work({ signal: context.signal, progress: bar.show });
  } finally {
    bar.clear();
  }
}
