import type { Engine } from '../../engine/handlers';
import { createEngine } from '../../engine/handlers';
import { makeTempFolder } from '../../engine/temp-folder';
import { isCancelled } from '../../shared/errors';
import type { LogSummary } from '../../shared/domain';
import { namedFiles } from '../named-files';
import { progressBar } from '../progress-bar';

/** What a shell makes of a command that the user stopped with Ctrl+C. */
const EXIT_INTERRUPTED = 130;

export interface Opened {
  /**
   * The engine's own methods: here, in one process, an error keeps the place in the query that it names.
   */
  handlers: Engine['handlers'];
  log: LogSummary | null;
  context: { signal: AbortSignal; progress: () => void };
}

/** Runs `work` with the files open as one log, or with none; returns the exit code. */
export async function withEngine(files: readonly string[], work: (opened: Opened) => Promise<number>): Promise<number> {
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const tempFolder = await makeTempFolder();
  const engine = createEngine({ tempFolder: tempFolder.path });
  const context = { signal: interrupted.signal, progress: () => undefined };
  try {
    const handles = await engine.offer(await namedFiles(files, (file) => file));
    const bar = progressBar(process.stderr);
    let log: LogSummary | null = null;
    try {
      const params = { files: handles.map(({ id }) => id) };
      if (handles.length > 0) log = await engine.handlers['log.open'](params, { ...context, progress: bar.show });
    } finally {
      bar.clear();
    }
    return await work({ handlers: engine.handlers, log, context });
  } catch (error) {
    if (isCancelled(error)) return EXIT_INTERRUPTED;
    throw error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await engine.close();
    await tempFolder.remove();
  }
}
