/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the rows of a virtual grid are placed by hand, which a <table> does not let be */
import { FlexRender, useTable } from '@tanstack/react-table';
import type { Row, SortingState, Updater } from '@tanstack/react-table';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent } from 'react';
import { FINDING_SORTS } from '../../shared/findings-filter';
import type { Finding } from '../../shared/domain';
import type { ColumnLayout } from '../../shared/preferences';
import { useStore } from '../store';
import { ColumnHeads } from './ColumnHeads';
import css from './FindingsGrid.module.css';
import { shownColumns } from './column-layout';
import { features } from './columns';
import type { FindingSort } from './finding-words';
import { useGridRows } from '../grid/use-grid-rows';
import type { RowWindow } from '../grid/row-window';

const ROW_PX = 28;
const HEAD_PX = 32;
/** Chromium draws no element taller than 33,554,428 px. */
export const MOST_ROWS = 1_000_000;
/** While a key is held down the rows pass; only where it rests is a user shown. */
const REST_MS = 120;

interface Props {
  rows: RowWindow<Finding>;
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
  rows,
  sort,
  layout,
  onSort,
  selectedId,
  onSelect,
  onEnter,
}: Props) {
  const { total, version, list, stale } = useStore(rows);
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

  const { columns, template, leastPx } = useMemo(() => shownColumns(layout), [layout]);
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
    const finding = rows.row(index);
    if (finding) onSelect(finding);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const key = keyOnRow(event);
    if (key === undefined) return undefined;
    if (key === 'Enter') {
      select(current);
      onEnter();
      return event.preventDefault();
    }
    const next = rowAfter(key);
    if (next === undefined) return undefined;
    event.preventDefault();
    focusCurrent();
    setPlace({ list, index: next });
    virtual.scrollToIndex(next);
    clearTimeout(resting.current);
    resting.current = setTimeout(() => select(next), REST_MS);
    return undefined;
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
      role="grid"
      aria-label="Flagged users"
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-busy={stale}
      onKeyDown={onKeyDown}
    >
      <ColumnHeads table={table} sort={sort} />
      <div role="rowgroup" className={css.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const at = placeOf.get(item.index);
          const row = at === undefined ? undefined : tableRows[at];
          return (
            // its keys reach the grid's handler
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={item.key}
              role="row"
              className={css.row}
              style={{ transform: `translateY(${item.start - HEAD_PX}px)` }}
              data-index={item.index}
              aria-rowindex={item.index + 2}
              aria-selected={row !== undefined && row.original.id === selectedId}
              tabIndex={item.index === current ? 0 : -1}
              onClick={() => {
                focusCurrent();
                setPlace({ list, index: item.index });
                select(item.index);
              }}
            >
              {row ? (
                <Cells row={row} layout={layout} />
              ) : (
                <div role="gridcell" className={css.waiting} aria-label="Loading" />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
});

/** The table makes new rows on every scroll; the cells are rendered again only for another finding or other columns. */
const Cells = memo(
  ({ row }: { row: Row<typeof features, Finding>; layout: ColumnLayout }) =>
    row.getAllCells().map((cell) => (
      <div role="gridcell" key={cell.id} data-column={cell.column.id}>
        <FlexRender cell={cell} />
      </div>
    )),
  (before, after) => before.row.original === after.row.original && before.layout === after.layout,
);
