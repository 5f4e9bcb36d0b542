import { useEffect, useState } from 'react';
import type { Client } from '../../shared/rpc';
import type { Timeline, TimelineRecords } from '../../shared/timeline';

/** When the user's records were written. Asked for once the timeline is there: it is drawn without waiting for them. */
export function useRecords(client: Client, user: string, timeline: Timeline | undefined): TimelineRecords | undefined {
  const [read, setRead] = useState<{ of: Timeline; records: TimelineRecords }>();
  useEffect(() => {
    if (!timeline) return undefined;
    const abort = new AbortController();
    client.call('timeline.records', { user }, { signal: abort.signal }).then(
      (records) => setRead({ of: timeline, records }),
      () => undefined, // the ticks are missing; the table of log records tells of a failure
    );
    return () => abort.abort();
  }, [client, user, timeline]);
  return read?.of === timeline ? read?.records : undefined;
}
