import { useEffect } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import type { RowWindow } from '../grid/row-window';
import { timelineOf } from './timeline-of';

/** Who rests so long on one user has not just passed by, and the engine is done with what that user needs. */
const REST_MS = 400;

/** Fetches the timeline of the next user of the list while this one is looked at: the next one is there at once. */
export function useNextTimeline(
  client: Client,
  rows: RowWindow<Finding>,
  selected: Finding | undefined,
  run: number,
): void {
  useEffect(() => {
    if (!selected) return undefined;
    const timer = setTimeout(() => {
      const next = rows.after(({ id }) => id === selected.id);
      if (next) timelineOf(client, next.user, run).catch(() => undefined); // told when that user is looked at
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [client, rows, selected, run]);
}
