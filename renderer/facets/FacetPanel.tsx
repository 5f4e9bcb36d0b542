import { useState } from 'react';
import type { Params } from '../../shared/contract';
import { FACETS } from '../../shared/facets';
import type { Facet } from '../../shared/facets';
import type { Client } from '../../shared/rpc';
import type { CaseStore } from '../case/case-store';
import type { FilterStore } from '../findings/filter-store';
import { useStore } from '../store';
import { FacetList } from './FacetList';
import css from './FacetPanel.module.css';
import { useFacets } from './use-facets';

const AT_FIRST = 6;
const MORE = 20;

interface Props {
  client: Client;
  store: FilterStore;
  decisions: CaseStore;
  run: number;
}

/** Beside the queue: how many findings have which status, country, block of IPs ..., each a checkbox of the filter. */
export function FacetPanel({ client, store, decisions, run }: Props) {
  const { filter } = useStore(store);
  const { decisions: decided } = useStore(decisions);
  const [top, setTop] = useState<Params<'findings.facets'>['top']>(() =>
    Object.fromEntries(FACETS.map((facet) => [facet, AT_FIRST])),
  );
  const facets = useFacets(client, filter, top, run, decided);
  const showMore = (facet: Facet): void => setTop((now) => ({ ...now, [facet]: (now[facet] ?? AT_FIRST) + MORE }));
  return (
    <aside id="facets" aria-label="Facets" className={css.panel} aria-busy={facets === undefined}>
      {FACETS.map((facet) => {
        const counts = facets?.[facet];
        return (
          counts && (
            <FacetList
              key={facet}
              facet={facet}
              counts={counts}
              chosen={filter[facet] ?? []}
              // an entry comes from the engine, which has written what the filter takes
              onToggle={(value) => store.toggle(facet, value as never)}
              onMore={() => showMore(facet)}
            />
          )
        );
      })}
    </aside>
  );
}
