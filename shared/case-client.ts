import type { Channel } from './channel';
import { caseMethods } from './decisions';
import { connectTo } from './rpc';
import type { ClientOf } from './rpc';

/** A client of the case process. */
export type CaseClient = ClientOf<typeof caseMethods>;

/** `check` also validates what is answered: on in tests. */
export function connectCase(channel: Channel, options: { check?: boolean } = {}): CaseClient {
  return connectTo(channel, caseMethods, options);
}
