import { use, useCallback, useEffect, useMemo, useState } from 'react';
import { asksForDecisions } from '../../shared/findings-filter';
import type { Finding } from '../../shared/domain';
import type { FindingsQuery } from '../../shared/manifest';
import type { ColumnLayout } from '../../shared/preferences';
import type { Client } from '../../shared/rpc';
import type { CaseStore } from '../case/case-store';
import { RowWindow } from '../grid/row-window';
import { PreferencesContext } from '../preferences/preference-store';
import type { PreferenceStore } from '../preferences/preference-store';
import { useStore } from '../store';
import { FIRST_LAYOUT } from './column-layout';
import { FilterStore } from './filter-store';
import type { FindingSort } from './finding-words';
import { TickStore } from './tick-store';
import { useSelection } from './use-selection';
import type { Selection } from './use-selection';

const LONGEST_FIRST: FindingSort = { by: 'overlapSeconds', descending: true };

/** The queue: which flagged users the table shows, in which order and with which columns, and who of them is looked at. */
export interface Queue extends Pick<Selection, 'selected' | 'select'> {
  filter: FilterStore;
  sort: FindingSort;
  layout: ColumnLayout;
  setSort: (sort: FindingSort) => void;
  setLayout: (layout: ColumnLayout) => void;
  /** What the engine was asked for. */
  query: FindingsQuery & { sort: FindingSort };
  /** Decisions have been made since that change which users the list has, or their order; `refresh` asks again. */
  outdated: boolean;
  refresh: () => void;
  rows: RowWindow<Finding>;
  /** What is to be changed together; another filter or another run unticks it all. */
  ticks: TickStore;
}

/** What the queue shows and what can be done with it: filter, order, selection, ticks. */
export function useQueue(client: Client, decisions: CaseStore, run: number): Queue {
  const preferences = use(PreferencesContext);
  const { preferences: liked } = useStore(preferences);
  const sort = liked?.sort ?? LONGEST_FIRST;
  const filter = useLastFilter(preferences);
  const { filter: conditions } = useStore(filter);
  const { info, decisions: decided } = useStore(decisions);
  const { edition, outdated, refresh } = useEdition(decided, [sort, conditions, run, info]);
  const query = useMemo(() => ({ sort, filter: conditions, edition }), [sort, conditions, edition]);

  const [rows] = useState(() => new RowWindow<Finding>());
  const { selected, select, selectFirst } = useSelection(client, rows, run);
  useEffect(() => {
    void rows
      .show(async (offset, limit, signal) => {
        if (asksForDecisions(query)) await decisions.mirrored();
        return client.call('findings.page', { offset, limit, ...query }, { signal });
      })
      .then(selectFirst);
    return () => rows.stop();
  }, [rows, client, decisions, run, query, selectFirst]);

  const [ticks] = useState(() => new TickStore());
  useEffect(() => () => ticks.clear(), [ticks, conditions, run]);

  return {
    filter,
    sort,
    layout: liked?.layout ?? FIRST_LAYOUT,
    setSort: useCallback((next) => void preferences.change({ sort: next }), [preferences]),
    setLayout: useCallback((next) => void preferences.change({ layout: next }), [preferences]),
    query,
    outdated: outdated && asksForDecisions(query),
    refresh,
    rows,
    ticks,
    selected,
    select,
  };
}

/**
 * Which decisions the list is of: those there were when it was asked for. It stays as it is while somebody decides, so that
 * no row goes away under the hand; whatever else is asked for is asked with the decisions of now.
 */
function useEdition(
  decided: unknown,
  asked: readonly unknown[],
): { edition: number; outdated: boolean; refresh: () => void } {
  // the engine keeps the lists of every edition: another window, or this page before a reload, must not have used its number
  const [of, setOf] = useState(() => ({ decided, asked, edition: Math.floor(Math.random() * 2 ** 50) }));
  const refresh = (): void => setOf({ decided, asked, edition: of.edition + 1 });
  if (asked.some((each, at) => each !== of.asked[at])) refresh();
  return { edition: of.edition, outdated: of.decided !== decided, refresh };
}

/** The filter, at first as it was last; whatever becomes of it is remembered. */
function useLastFilter(preferences: PreferenceStore): FilterStore {
  const [filter] = useState(() => new FilterStore(preferences.state.preferences?.filter));
  useEffect(() => {
    const remember = (): void => {
      const { ids: _ids, ...lasting } = filter.state.filter;
      if (!filter.state.restored) void preferences.change({ filter: lasting });
    };
    return filter.onFilter(remember);
  }, [filter, preferences]);
  useEffect(() => preferences.whenRead(({ filter: last }) => filter.restore(last ?? {})), [filter, preferences]);
  return filter;
}
