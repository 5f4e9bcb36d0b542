import { Suspense, lazy, useCallback, useEffect, useMemo, useState } from 'react';
import type { Overview } from '../../shared/facets';
import type { Client } from '../../shared/rpc';
import { spellDuration } from '../../shared/time';
import type { FilterStore } from '../findings/filter-store';
import { later } from '../later';
import { useStore } from '../store';
import { isUtc, useZone } from '../time-zone/zone';
import css from './MarkCharts.module.css';
import { fewest, hourMarks, lengthMarks, lengthPlace, lengthRange, valueMarks } from './marks';

const MarkChart = lazy(() => import('./MarkChart'));

interface Props {
  client: Client;
  run: number;
  store: FilterStore;
  /** Shorter overlaps do not count, ms. */
  minOverlapMs: number;
  /** Changes when a decision was made. */
  decided: unknown;
}

/** What the findings have in common: how long they overlap, where from, at which IPs and when. Every bar filters the queue. */
export function MarkCharts({ client, run, store, minOverlapMs, decided }: Props) {
  const { filter } = useStore(store);
  const zone = useZone();
  const [overview, setOverview] = useState<Overview>();
  useEffect(() => {
    const abort = new AbortController();
    const ask = (): void => {
      client
        .call('overview.get', { filter, timeZone: zone }, { signal: abort.signal })
        .then(setOverview, () => undefined); // the list beside it tells of a failure
    };
    return later(ask, abort);
  }, [client, run, filter, decided, zone]);

  const lengths = useMemo(() => overview && lengthMarks(overview.lengths, filter), [overview, filter]);
  const ips = useMemo(() => overview && fewest(valueMarks(overview.ips, filter.ips)), [overview, filter]);
  const countries = useMemo(
    () => overview && fewest(valueMarks(overview.countries, filter.countries)),
    [overview, filter],
  );
  const hours = useMemo(() => overview && hourMarks(overview.hours, filter, zone), [overview, filter, zone]);
  const onLength = useCallback(
    (key: string) => {
      const range = lengthRange(Number(key));
      const now = store.state.filter.lengthSeconds;
      store.set({ lengthSeconds: now?.min === range.min && now.max === range.max ? undefined : range });
    },
    [store],
  );
  const onIp = useCallback((ip: string) => store.toggle('ips', ip), [store]);
  const onCountry = useCallback((country: string) => store.toggle('countries', country), [store]);
  const onHour = useCallback(
    (hour: string) => {
      // hours of another zone are other hours
      const now = (store.state.filter.hoursIn ?? 'UTC') === zone ? (store.state.filter.hours ?? []) : [];
      const hours = now.includes(Number(hour)) ? now.filter((each) => each !== Number(hour)) : [...now, Number(hour)];
      store.set({ hours, hoursIn: isUtc() ? undefined : zone });
    },
    [store, zone],
  );

  const flagged = minOverlapMs > 0 ? `┊ from ${spellDuration(minOverlapMs)}` : 'any is flagged';
  return (
    <div className={css.charts} aria-busy={overview === undefined}>
      {lengths && ips && countries && hours && (
        <Suspense fallback={null}>
          <MarkChart
            title={`Overlap lengths (${flagged})`}
            marks={lengths}
            layout="columns"
            {...(minOverlapMs > 0 && { line: lengthPlace(minOverlapMs / 1000) })}
            onToggle={onLength}
          />
          <MarkChart
            title={`Flagged users by hour of day (${zone})`}
            marks={hours}
            layout="columns"
            onToggle={onHour}
          />
          <MarkChart title="Users by source IP" marks={ips} layout="rows" onToggle={onIp} />
          <MarkChart title="Users by country" marks={countries} layout="rows" onToggle={onCountry} />
        </Suspense>
      )}
    </div>
  );
}
