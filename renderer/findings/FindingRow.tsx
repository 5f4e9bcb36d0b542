/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the rows of a virtual grid are placed by hand, which a <table> does not let be */
import { FlexRender } from '@tanstack/react-table';
import type { Row } from '@tanstack/react-table';
import { memo } from 'react';
import type { MouseEvent } from 'react';
import type { Finding } from '../../shared/domain';
import type { ColumnLayout } from '../../shared/preferences';
import css from './FindingsGrid.module.css';
import { TickBox } from './TickBox';
import type { features } from './columns';
import type { TickStore } from './tick-store';

interface Props {
  /** Its place in the list. */
  index: number;
  topPx: number;
  /** Undefined until it has come from the engine. */
  row: Row<typeof features, Finding> | undefined;
  layout: ColumnLayout;
  ticks: TickStore;
  /** It is the one that is looked at. */
  selected: boolean;
  /** It is the one that has the focus, or would have it. */
  current: boolean;
  onPress: (index: number, event: MouseEvent) => void;
  onTick: (index: number, event: MouseEvent) => void;
}

/** One flagged user. */
export function FindingRow({ index, topPx, row, layout, ticks, selected, current, onPress, onTick }: Props) {
  return (
    // its keys reach the grid's handler
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      className={css.row}
      style={{ transform: `translateY(${topPx}px)` }}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={current ? 0 : -1}
      onClick={(event) => onPress(index, event)}
    >
      {row ? (
        <>
          <div role="gridcell">
            <TickBox
              ticks={ticks}
              id={row.original.id}
              user={row.original.DstUserName}
              onTick={(event) => onTick(index, event)}
            />
          </div>
          <Cells row={row} layout={layout} />
        </>
      ) : (
        <div role="gridcell" className={css.waiting} aria-label="Loading" />
      )}
    </div>
  );
}

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
