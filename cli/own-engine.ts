import { constants } from 'node:os';
import { createEngine } from '../engine/handlers';
import type { Engine } from '../engine/handlers';
import { makeTempFolder } from '../engine/temp-folder';
import { isCancelled } from '../shared/errors';
import { STOP_SIGNALS } from './stop-signals';

/**
 * Runs `work` with an engine in this process, which is closed afterwards and leaves nothing behind; returns the exit code.
 * The signal is aborted when the command is stopped; the exit code is then what a shell makes of it, 128 and the signal's
 * number: 130 for Ctrl+C.
 */
export async function withOwnEngine(work: (engine: Engine, signal: AbortSignal) => Promise<number>): Promise<number> {
  const interrupted = new AbortController();
  let by: (typeof STOP_SIGNALS)[number] = 'SIGINT';
  const interrupt = (signal: NodeJS.Signals): void => {
    by = STOP_SIGNALS.find((each) => each === signal) ?? by;
    interrupted.abort();
  };
  for (const signal of STOP_SIGNALS) process.once(signal, interrupt);
  const tempFolder = await makeTempFolder();
  const engine = createEngine({ tempFolder: tempFolder.path });
  try {
    return await work(engine, interrupted.signal);
  } catch (error) {
    if (isCancelled(error)) return 128 + constants.signals[by];
    throw error;
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, interrupt);
    await engine.close();
    await tempFolder.remove();
  }
}
