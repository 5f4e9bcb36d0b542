import { constants } from 'node:os';
import { createEngine } from '../engine/handlers';
import type { Engine } from '../engine/handlers';
import { makeTempFolder } from '../engine/temp-folder';
import { channelPair } from '../shared/channel';
import { isCancelled } from '../shared/errors';
import { connect, serve } from '../shared/rpc';
import type { Client } from '../shared/rpc';
import { STOP_SIGNALS } from './stop-signals';

/** The engine of a command, in its own process. */
export interface OwnEngine {
  engine: Engine;
  /** Asks it as a page does. */
  client: Client;
  /** For its own methods, whose errors keep the place in the query that they name; aborted when the command is stopped. */
  context: { signal: AbortSignal; progress: () => void };
}

/**
 * Runs `work` with an engine in this process, which is closed afterwards and leaves nothing behind; returns the exit code.
 * When the command is stopped, the exit code is what a shell makes of it, 128 and the signal's number: 130 for Ctrl+C.
 */
export async function withOwnEngine(work: (own: OwnEngine) => Promise<number>): Promise<number> {
  const interrupted = new AbortController();
  let by: (typeof STOP_SIGNALS)[number] = 'SIGINT';
  const interrupt = (signal: NodeJS.Signals): void => {
    by = STOP_SIGNALS.find((each) => each === signal) ?? by;
    interrupted.abort();
  };
  for (const signal of STOP_SIGNALS) process.once(signal, interrupt);
  const tempFolder = await makeTempFolder();
  const engine = createEngine({ tempFolder: tempFolder.path });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  const client = connect(here);
  try {
    return await work({ engine, client, context: { signal: interrupted.signal, progress: () => undefined } });
  } catch (error) {
    if (isCancelled(error)) return 128 + constants.signals[by];
    throw error;
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, interrupt);
    client.close();
    await engine.close();
    await tempFolder.remove();
  }
}
