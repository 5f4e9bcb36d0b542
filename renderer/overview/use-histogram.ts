import { useEffect, useState } from 'react';
import type { Result } from '../../shared/contract';
import type { FindingsFilter } from '../../shared/findings-filter';
import type { Client } from '../../shared/rpc';
import { later } from '../later';

export type Histogram = Result<'overlaps.histogram'>;
/** Enough for the eye at 1920 px, little enough to draw in a few ms. */
const BINS = 240;

/** The overlaps over time of what the filter lets through; the earlier picture stays until the next is there. */
export function useHistogram(client: Client, run: number, filter: FindingsFilter): Histogram | undefined {
  const [histogram, setHistogram] = useState<Histogram>();
  useEffect(() => {
    const abort = new AbortController();
    const ask = (): void => {
      client
        .call('overlaps.histogram', { bins: BINS, filter }, { signal: abort.signal })
        .then(setHistogram, () => undefined); // the list beside it tells of a failure
    };
    return later(ask, abort);
  }, [client, run, filter]);
  return histogram;
}
