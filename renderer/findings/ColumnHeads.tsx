/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the rows of a virtual grid are placed by hand, which a <table> does not let be */
import { FlexRender } from '@tanstack/react-table';
import type { ReactTable } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Finding } from '../../shared/domain';
import css from './FindingsGrid.module.css';
import { TickAllBox } from './TickBox';
import type { features } from './columns';
import type { FindingSort } from './finding-words';
import type { TickStore } from './tick-store';

interface Props {
  table: ReactTable<typeof features, Finding>;
  sort: FindingSort;
  ticks: TickStore;
  /** Of the rows. */
  total: number;
}

/** The heads of the columns; a press sorts by one, another turns the order round. */
export function ColumnHeads({ table, sort, ticks, total }: Props) {
  const SortIcon = sort.descending ? ArrowDown : ArrowUp;
  return (
    <div role="rowgroup" className={css.heads}>
      <div role="row" aria-rowindex={1} className={css.head}>
        <div role="columnheader">
          <TickAllBox ticks={ticks} total={total} />
        </div>
        {table.getHeaderGroups()[0]?.headers.map((header) => {
          const sorted = header.column.id === sort.by;
          const order = sort.descending ? 'descending' : 'ascending';
          return (
            <div
              key={header.id}
              role="columnheader"
              data-column={header.column.id}
              aria-sort={sorted ? order : undefined}
            >
              {header.column.getCanSort() ? (
                <button type="button" onClick={header.column.getToggleSortingHandler()}>
                  <FlexRender header={header} />
                  {sorted && <SortIcon size={14} />}
                </button>
              ) : (
                <FlexRender header={header} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
