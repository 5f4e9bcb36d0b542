import { useEffect, useState } from 'react';
import type { Client } from '../../shared/rpc';
import type { Timeline } from '../../shared/timeline';
import { later } from '../later';
import { sessionsOf } from '../user/timeline-of';
import type { MarkedRecords } from './record-ticks';

/** What the picture does not wait for. */
export interface Details {
  records: MarkedRecords | undefined;
  /** The session of each segment, as the engine numbers these. */
  sessions: readonly string[] | undefined;
}
const NOTHING: Details = { records: undefined, sessions: undefined };

/** When the user's records were written, and whose session each segment is. Asked for once the timeline is there. */
export function useDetails(client: Client, user: string, timeline: Timeline | undefined): Details {
  const [read, setRead] = useState<Details & { of: Timeline }>();
  useEffect(() => {
    if (!timeline) return undefined;
    const abort = new AbortController();
    const take = (part: Partial<Details>): void => {
      setRead((before) => ({ ...(before?.of === timeline ? before : NOTHING), ...part, of: timeline }));
    };
    const nothing = (): void => undefined; // of what is missing the tables below tell the failure
    const ask = (): void => {
      client.call('timeline.records', { user }, { signal: abort.signal }).then((records) => take({ records }), nothing);
      sessionsOf(client, user, abort.signal).then((sessions) => take({ sessions }), nothing);
    };
    return later(ask, abort);
  }, [client, user, timeline]);
  return read && read.of === timeline ? read : NOTHING;
}
