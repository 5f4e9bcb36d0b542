import { use, useCallback, useEffect, useMemo, useState } from 'react';
import type { Finding } from '../../shared/domain';
import type { ColumnLayout } from '../../shared/preferences';
import type { Client } from '../../shared/rpc';
import { RowWindow } from '../grid/row-window';
import { PreferencesContext } from '../preferences/preference-store';
import { useStore } from '../store';
import { EVERY_COLUMN } from './column-layout';
import type { ExportQuery } from './csv-export';
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
  query: ExportQuery & { sort: FindingSort };
  rows: RowWindow<Finding>;
  /** What is to be changed together; another filter or another run unticks it all. */
  ticks: TickStore;
}

export function useQueue(client: Client, run: number): Queue {
  const preferences = use(PreferencesContext);
  const { preferences: liked } = useStore(preferences);
  const sort = liked?.sort ?? LONGEST_FIRST;
  const [filter] = useState(() => new FilterStore());
  const { filter: conditions } = useStore(filter);
  const query = useMemo(() => ({ sort, filter: conditions }), [sort, conditions]);

  const [rows] = useState(() => new RowWindow<Finding>());
  const { selected, select, selectFirst } = useSelection(client, rows, run);
  useEffect(() => {
    void rows
      .show((offset, limit, signal) => client.call('findings.page', { offset, limit, ...query }, { signal }))
      .then(selectFirst);
    return () => rows.stop();
  }, [rows, client, run, query, selectFirst]);

  const [ticks] = useState(() => new TickStore());
  useEffect(() => () => ticks.clear(), [ticks, conditions, run]);

  return {
    filter,
    sort,
    layout: liked?.layout ?? EVERY_COLUMN,
    setSort: useCallback((next) => void preferences.change({ sort: next }), [preferences]),
    setLayout: useCallback((next) => void preferences.change({ layout: next }), [preferences]),
    query,
    rows,
    ticks,
    selected,
    select,
  };
}
