import type { Channel } from '../shared/channel';
import { messageOf } from '../shared/errors';
import { connect } from '../shared/rpc';
import type { Client } from '../shared/rpc';

interface ConnectionOptions {
  open(): Promise<Channel>;
  onClient: (client: Client) => void;
  /** The engine is gone or does not answer; `reason` is for people. It is tried again all the time. */
  onLost: (reason: string) => void;
  /** Waits between two tries; tests put their own in. */
  pause?: (ms: number) => Promise<void>;
  check?: boolean;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/** Keeps a client of the engine at hand for as long as the page lives. Never resolves while it goes on. */
export async function keepConnected(options: ConnectionOptions, signal?: AbortSignal): Promise<void> {
  const pause = options.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal?.aborted) {
    try {
      const client = connect(await options.open(), { check: options.check ?? false });
      pauseMs = FIRST_PAUSE_MS;
      const closed = new Promise<string>((resolve) => client.onClose(resolve));
      options.onClient(client);
      options.onLost(await closed);
    } catch (error) {
      options.onLost(messageOf(error));
    }
    await pause(pauseMs);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}
