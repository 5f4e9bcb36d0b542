import { useCallback } from 'react';
import type { Client } from '../../shared/rpc';
import { useStore } from '../store';
import { useAnswer } from '../use-answer';
import { conditionsOf } from './filter-store';
import type { Queue } from './use-queue';

/** Whether the user who is looked at is among those that the filter lets through; while that is not known, they are. */
export function useIsListed(client: Client, { selected, query, rows }: Queue): boolean {
  const { stale } = useStore(rows);
  const { filter = {} } = query;
  const id = selected?.id;
  const isSure = id === undefined || stale || conditionsOf(filter).length === 0 || rows.some((each) => each.id === id);
  const ask = useCallback(
    (signal: AbortSignal) => {
      const ids = [id ?? ''].filter((each) => filter.ids === undefined || filter.ids.includes(each));
      return client.call('findings.page', { offset: 0, limit: 0, ...query, filter: { ...filter, ids } }, { signal });
    },
    [client, query, filter, id],
  );
  const { value, waiting } = useAnswer(isSure ? undefined : ask);
  return isSure || waiting || value === undefined || value.total > 0;
}
