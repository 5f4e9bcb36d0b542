import { useEffect } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { useStore } from '../store';
import type { CaseStore } from './case-store';

/** Looks for the finding that somebody wants to see: `onFound` gets it, `onGone` its id where the last run did not find it. */
export function useWanted(
  store: CaseStore,
  client: Client,
  onFound: (finding: Finding) => void,
  onGone: (finding: string) => void,
): void {
  const { wanted } = useStore(store);
  useEffect(() => {
    if (wanted === undefined) return undefined;
    const abort = new AbortController();
    const query = { offset: 0, limit: 1, filter: { ids: [wanted] } };
    client.call('findings.page', query, { signal: abort.signal }).then(
      ({ rows: [finding] }) => {
        if (abort.signal.aborted) return;
        store.want(undefined);
        if (finding) onFound(finding);
        else onGone(wanted);
      },
      () => undefined, // the list tells of the failure
    );
    return () => abort.abort();
  }, [store, client, wanted, onFound, onGone]);
}
