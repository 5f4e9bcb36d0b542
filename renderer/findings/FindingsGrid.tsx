/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the rows of a virtual grid are placed by hand, which a <table> does not let be */
import { useTable } from '@tanstack/react-table';
import type { SortingState, Updater } from '@tanstack/react-table';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, MouseEvent } from 'react';
import { flushSync } from 'react-dom';
import { FINDING_SORTS } from '../../shared/findings-filter';
import type { Finding } from '../../shared/domain';
import type { ColumnLayout } from '../../shared/preferences';
import type { Client } from '../../shared/rpc';
import { useCommand } from '../commands/command-store';
import { useStore } from '../store';
import { ColumnHeads } from './ColumnHeads';
import { FindingRow } from './FindingRow';
import css from './FindingsGrid.module.css';
import { shownColumns } from './column-layout';
import { features } from './columns';
import type { FindingsQuery } from '../../shared/manifest';
import type { FindingSort } from './finding-words';
import type { TickStore } from './tick-store';
import { useTicking } from './use-ticking';
import { useZone } from '../time-zone/zone';
import { useGridRows } from '../grid/use-grid-rows';
import type { RowWindow } from '../grid/row-window';

const ROW_PX = 28;
const HEAD_PX = 32;
/** Chromium draws no element taller than 33,554,428 px. */
export const MOST_ROWS = 1_000_000;
/** While a key is held down the rows pass; only where it rests is a user shown. */
const REST_MS = 120;

interface Props {
  client: Client;
  rows: RowWindow<Finding>;
  /** What the rows are the answer to. */
  query: FindingsQuery;
  ticks: TickStore;
  sort: FindingSort;
  layout: ColumnLayout;
  onSort: (sort: FindingSort) => void;
  selectedId: string | undefined;
  onSelect: (finding: Finding) => void;
  /** Enter: the selected user gets the focus. */
  onEnter: () => void;
}

/** The flagged users. The engine holds the list; here are the rows on screen and a model of the columns. */
export const FindingsGrid = memo(function FindingsGrid({
  client,
  rows,
  query,
  ticks,
  sort,
  layout,
  onSort,
  selectedId,
  onSelect,
  onEnter,
}: Props) {
  const { total, version, list, stale } = useStore(rows);
  const zone = useZone();
  const [place, setPlace] = useState({ list: 0, index: 0 });
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const count = Math.min(total, MOST_ROWS);
  const current = place.list === list ? Math.min(place.index, Math.max(0, count - 1)) : 0;

  const { scroller, virtual, focusCurrent, keyOnRow, rowAfter } = useGridRows({
    rows,
    list,
    version,
    count,
    current,
    rowPx: ROW_PX,
    headPx: HEAD_PX,
  });
  const items = virtual.getVirtualItems();
  useEffect(() => () => clearTimeout(resting.current), []);

  // the memos are by hand: the React Compiler, which these table libraries do not suit, is not used here
  /* oxlint-disable react/preserve-manual-memoization */
  const indexes = items.map((item) => item.index).join();
  const { data, placeOf } = useMemo(() => {
    const here: Finding[] = [];
    const at = new Map<number, number>();
    for (const index of indexes === '' ? [] : indexes.split(',').map(Number)) {
      const finding = rows.row(index);
      if (finding) at.set(index, here.push(finding) - 1);
    }
    return { data: here, placeOf: at, version };
  }, [rows, indexes, version]);

  const { columns, template, leastPx } = useMemo(() => shownColumns(layout, zone !== 'UTC'), [layout, zone]);
  const sorting = useMemo<SortingState>(() => [{ id: sort.by, desc: sort.descending }], [sort]);
  /* oxlint-enable react/preserve-manual-memoization */
  const table = useTable({
    features,
    columns,
    data,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: (change: Updater<SortingState>) => {
      const next = (typeof change === 'function' ? change(sorting) : change)[0];
      const by = FINDING_SORTS.find((column) => column === next?.id);
      if (by && next) onSort({ by, descending: next.desc });
    },
  });
  const tableRows = table.getRowModel().rows;

  const select = (index: number): void => {
    clearTimeout(resting.current);
    resting.current = undefined;
    const finding = rows.row(index);
    if (finding) onSelect(finding);
    // it is on its way from the engine
    else if (index < rows.state.total && rows.state.list === list)
      resting.current = setTimeout(() => select(index), REST_MS);
  };
  const ticking = useTicking(client, rows, query, ticks);
  const goTo = (index: number): void => {
    focusCurrent();
    setPlace({ list, index });
    virtual.scrollToIndex(index);
    clearTimeout(resting.current);
    resting.current = setTimeout(() => select(index), REST_MS);
  };
  const step = (by: 1 | -1): void => {
    ticking.leave();
    if (count > 0) goTo(Math.min(count - 1, Math.max(0, current + by)));
  };
  useCommand('Next flagged user', () => step(1), { key: 'j' });
  useCommand('Previous flagged user', () => step(-1), { key: 'k' });
  useCommand('Tick all that match the filter', () => ticks.tickAll());

  /** Other keys are about the row that has the focus, also before the list has come to rest there: never about the one before it. */
  const settle = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (resting.current === undefined || event.key.length > 1) return;
    if (rows.row(current)) flushSync(() => select(current));
    else event.preventDefault(); // nobody is known to be there yet
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'a' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      return ticks.tickAll();
    }
    const key = keyOnRow(event);
    if (key === undefined) return settle(event);
    if (key === 'Enter') {
      select(current);
      onEnter();
      return event.preventDefault();
    }
    if (key === ' ') {
      ticking.toggle(current);
      return event.preventDefault();
    }
    const next = rowAfter(key);
    if (next === undefined) return settle(event);
    event.preventDefault();
    if (event.shiftKey) ticking.extend(current, next);
    else ticking.leave();
    return goTo(next);
  };
  const onPress = (index: number, event: MouseEvent): void => {
    if (event.shiftKey) ticking.extend(current, index);
    else if (event.ctrlKey || event.metaKey) ticking.toggle(index);
    else ticking.leave();
    focusCurrent();
    setPlace({ list, index });
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) select(index);
  };
  const onTick = (index: number, event: MouseEvent): void => {
    if (event.shiftKey) ticking.extend(current, index);
    else ticking.toggle(index);
    focusCurrent();
    setPlace({ list, index });
  };

  return (
    // the rows inside have the focus; the keys that reach the grid come from them
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={scroller}
      className={css.grid}
      // custom properties, which the type of style does not know
      style={{ '--columns': template, '--least': `${leastPx}px` } as CSSProperties}
      data-pinned={layout.pinned}
      data-decides
      role="grid"
      aria-label="Flagged users"
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-busy={stale}
      onKeyDown={onKeyDown}
    >
      <ColumnHeads table={table} sort={sort} ticks={ticks} total={total} />
      <div role="rowgroup" className={css.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const at = placeOf.get(item.index);
          return (
            <FindingRow
              key={item.key}
              index={item.index}
              topPx={item.start - HEAD_PX}
              row={at === undefined ? undefined : tableRows[at]}
              layout={layout}
              ticks={ticks}
              selected={selectedId !== undefined && rows.row(item.index)?.id === selectedId}
              current={item.index === current}
              onPress={onPress}
              onTick={onTick}
            />
          );
        })}
      </div>
    </div>
  );
});
