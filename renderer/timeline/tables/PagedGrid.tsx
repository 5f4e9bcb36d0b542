/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the rows of a virtual grid are placed by hand, which a <table> does not let be */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { ProblemWords } from '../../ProblemWords';
import { RowWindow } from '../../grid/row-window';
import type { LoadPage } from '../../grid/row-window';
import { useGridRows } from '../../grid/use-grid-rows';
import { useStore } from '../../store';
import { ZoneHead } from '../../time-zone/InZone';
import { useUnderCursor } from '../cursor';
import type { Cursor } from '../cursor';
import css from './PagedGrid.module.css';

const ROW_PX = 26;
const HEAD_PX = 28;
/** Between columns, and at both ends of a row: as in the style sheet. */
const GAP_PX = 12;
const EDGE_PX = 14;

export interface Column<Row, By extends string> {
  /** Unique in its grid. */
  head: string;
  /** CSS pixels that it needs at the least. */
  width: number;
  /** Its share of the room that is left over; without it the column keeps its width. */
  grow?: number;
  /** The engine sorts by this; a column without it cannot be sorted by. */
  by?: By;
  numeric?: boolean;
  /** Its head names the time zone. */
  isTime?: boolean;
  cell: (row: Row) => ReactNode;
}
export interface Sort<By extends string> {
  by: By;
  descending: boolean;
}

interface Props<Row, By extends string> {
  label: string;
  columns: readonly Column<Row, By>[];
  sort: Sort<By>;
  onSort: (sort: Sort<By>) => void;
  /** Must change with the sort, and only when there is another list to show. */
  load: LoadPage<Row>;
  /** A click, Enter or the space bar on a row. */
  onChoose: (row: Row) => void;
  /** Said where the list has no row. */
  empty?: string;
  /** The first row takes the focus when the list has come. */
  takesFocus?: boolean;
  /** The arrow keys have come to a row. */
  onRest?: (row: Row) => void;
  /** Rows that are about the time of the cursor are marked. */
  cursor?: Cursor | undefined;
  isAt?: (row: Row, time: number) => boolean;
}

/** A long list of the engine as a grid: pages come as they are scrolled to, the engine sorts. */
export function PagedGrid<Row, By extends string>({
  label,
  columns,
  sort,
  onSort,
  load,
  onChoose,
  empty,
  takesFocus = false,
  onRest,
  cursor,
  isAt,
}: Props<Row, By>) {
  const [rows] = useState(() => new RowWindow<Row>());
  const { total, version, list, stale, problem } = useStore(rows);
  const [place, setPlace] = useState({ list: 0, current: 0, chosen: -1 });
  const { current, chosen } = place.list === list ? place : { current: 0, chosen: -1 };

  useEffect(() => {
    void rows.show(load);
    return () => rows.stop();
  }, [rows, load]);

  const { scroller, virtual, focusCurrent, keyOnRow, rowAfter } = useGridRows({
    rows,
    list,
    version,
    count: total,
    current,
    rowPx: ROW_PX,
    headPx: HEAD_PX,
  });

  useEffect(() => {
    if (takesFocus && list > 0) scroller.current?.querySelector<HTMLElement>('[data-index="0"]')?.focus();
  }, [scroller, takesFocus, list]);

  const choose = (index: number): void => {
    focusCurrent();
    setPlace({ list, current: index, chosen: index });
    const row = rows.row(index);
    if (row) onChoose(row);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const key = keyOnRow(event);
    if (key === undefined) return;
    const next = rowAfter(key);
    if (key === 'Enter' || key === ' ') choose(current);
    else if (next !== undefined) {
      focusCurrent();
      setPlace({ list, current: next, chosen });
      virtual.scrollToIndex(next);
      const row = rows.row(next);
      if (row) onRest?.(row);
    } else return;
    event.preventDefault();
  };

  const items = virtual.getVirtualItems();
  const under = useUnderCursor(
    cursor,
    items.map(({ index }) => {
      const row = rows.row(index);
      return row && isAt && ((time: number) => isAt(row, time));
    }),
  );
  const tracks = columns.map(({ width, grow }) =>
    grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`,
  );
  const template = { gridTemplateColumns: tracks.join(' ') };
  const minWidth = columns.reduce((sum, { width }) => sum + width + GAP_PX, 2 * EDGE_PX - GAP_PX);
  return (
    // the rows inside have the focus; the keys that reach the grid come from them
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={scroller}
      className={css.grid}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-busy={stale}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={css.head} style={{ minWidth }}>
        <div role="row" aria-rowindex={1} className={css.cells} style={template}>
          {columns.map((column) => (
            <Head key={column.head} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      {problem && (
        <div role="alert" className={css.problem}>
          <ProblemWords problem={problem} />
        </div>
      )}
      {list > 0 && !stale && total === 0 && empty !== undefined && <div className={css.empty}>{empty}</div>}
      <div role="rowgroup" className={css.body} style={{ height: virtual.getTotalSize(), minWidth }}>
        {items.map((item, at) => {
          const row = rows.row(item.index);
          return (
            // its keys reach the grid's handler
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={item.key}
              role="row"
              className={css.row}
              style={{ ...template, transform: `translateY(${item.start - HEAD_PX}px)` }}
              data-index={item.index}
              aria-rowindex={item.index + 2}
              aria-selected={item.index === chosen}
              data-at-cursor={under.has(at) || undefined}
              tabIndex={item.index === current ? 0 : -1}
              onClick={() => choose(item.index)}
            >
              {row === undefined ? (
                <div role="gridcell" className={css.waiting} aria-label="Loading" />
              ) : (
                columns.map((column) => (
                  <div role="gridcell" key={column.head} data-numeric={column.numeric}>
                    {column.cell(row)}
                  </div>
                ))
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Head<Row, By extends string>({
  column: { head, by, numeric, isTime = false },
  sort,
  onSort,
}: {
  column: Column<Row, By>;
  sort: Sort<By>;
  onSort: (sort: Sort<By>) => void;
}) {
  if (by === undefined) {
    return (
      <div role="columnheader" data-numeric={numeric}>
        {isTime ? <ZoneHead text={head} /> : head}
      </div>
    );
  }
  const sorted = sort.by === by;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      data-numeric={numeric}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" onClick={() => onSort({ by, descending: sorted && !sort.descending })}>
        {isTime ? <ZoneHead text={head} /> : head}
        {sorted && <Arrow size={13} />}
      </button>
    </div>
  );
}
