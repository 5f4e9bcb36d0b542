import { createEngine } from '../engine/handlers';
import type { Engine } from '../engine/handlers';
import { makeTempFolder } from '../engine/temp-folder';
import { isCancelled } from '../shared/errors';

/** What a shell makes of a command that the user stopped with Ctrl+C. */
const EXIT_INTERRUPTED = 130;

/**
 * Runs `work` with an engine in this process, which is closed afterwards and leaves nothing behind; returns the exit code.
 * The signal is aborted when the user stops the command.
 */
export async function withOwnEngine(work: (engine: Engine, signal: AbortSignal) => Promise<number>): Promise<number> {
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const tempFolder = await makeTempFolder();
  const engine = createEngine({ tempFolder: tempFolder.path });
  try {
    return await work(engine, interrupted.signal);
  } catch (error) {
    if (isCancelled(error)) return EXIT_INTERRUPTED;
    throw error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await engine.close();
    await tempFolder.remove();
  }
}
