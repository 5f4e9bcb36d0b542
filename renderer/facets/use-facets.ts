import { useEffect, useState } from 'react';
import type { Params, Result } from '../../shared/contract';
import type { FindingsFilter } from '../../shared/findings-filter';
import type { Client } from '../../shared/rpc';
import { later } from '../later';

export type Facets = Result<'findings.facets'>;

/** How many findings have each value under the filter; the earlier counts stay until the next are there. */
export function useFacets(
  client: Client,
  filter: FindingsFilter,
  top: Params<'findings.facets'>['top'],
  /** Whatever makes the counts stale: the run of the detection, the decisions. */
  ...stale: unknown[]
): Facets | undefined {
  const [facets, setFacets] = useState<Facets>();
  useEffect(() => {
    const abort = new AbortController();
    const ask = (): void => {
      client.call('findings.facets', { filter, top }, { signal: abort.signal }).then(setFacets, () => undefined); // the list beside it tells of a failure
    };
    return later(ask, abort);
    // oxlint-disable-next-line react/exhaustive-deps -- what makes the counts stale is not used to get them
  }, [client, filter, top, ...stale]);
  return facets;
}
