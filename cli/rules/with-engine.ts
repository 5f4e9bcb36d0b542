import type { Engine } from '../../engine/handlers';
import type { LogSummary } from '../../shared/domain';
import { namedFiles } from '../named-files';
import { withOwnEngine } from '../own-engine';
import { progressBar } from '../progress-bar';

export interface Opened {
  /**
   * The engine's own methods: here, in one process, an error keeps the place in the query that it names.
   */
  handlers: Engine['handlers'];
  log: LogSummary | null;
  context: { signal: AbortSignal; progress: () => void };
}

/** Runs `work` with the files open as one log, or with none; returns the exit code. */
export function withEngine(files: readonly string[], work: (opened: Opened) => Promise<number>): Promise<number> {
  return withOwnEngine(async (engine, signal) => {
    const { handlers } = engine;
    const context = { signal, progress: () => undefined };
    const handles = await engine.offer(await namedFiles(files, (file) => file));
    const bar = progressBar(process.stderr);
    let log: LogSummary | null = null;
    try {
      const params = { files: handles.map(({ id }) => id) };
      if (handles.length > 0) log = await handlers['log.open'](params, { ...context, progress: bar.show });
    } finally {
      bar.clear();
    }
    return work({ handlers, log, context });
  });
}
