import { useMemo, useState } from 'react';
import { spellDuration } from '../../../shared/time';
import { formatCount } from '../../format-number';
import { localPages } from '../../grid/local-pages';
import type { TimelineModel } from '../model';
import type { TimeWindow } from '../time-window';
import { spanOf } from '../time-window';
import type { TimelineView } from '../view';
import { PagedGrid } from './PagedGrid';
import type { Column, Sort } from './PagedGrid';
import { time } from './columns';

type GapSort = 'from' | 'length';
interface Gap extends TimeWindow {
  /** Segments of the user that go across it: they last through a time that the log does not tell of. */
  across: number;
}

const COLUMNS: readonly Column<Gap, GapSort>[] = [
  { head: 'From', isTime: true, width: 206, by: 'from', cell: (gap) => time(gap.from) },
  { head: 'To', isTime: true, width: 206, cell: (gap) => time(gap.to) },
  { head: 'Length', width: 96, by: 'length', numeric: true, cell: (gap) => spellDuration(spanOf(gap)) },
  { head: 'Segments across it', width: 160, numeric: true, cell: (gap) => formatCount(gap.across) },
  {
    head: 'What it means',
    width: 300,
    grow: 1,
    cell: () => 'no record of anybody: that a bar is missing here proves nothing',
  },
];

/** Where the log itself is silent while the timeline lasts. A chosen gap is zoomed to. */
export function GapGrid({ model, view }: { model: TimelineModel; view: TimelineView | undefined }) {
  const [sort, setSort] = useState<Sort<GapSort>>({ by: 'from', descending: false });
  const gaps = useMemo(() => model.gaps.map((gap): Gap => ({ ...gap, across: model.barsAcross(gap) })), [model]);
  const load = useMemo(() => {
    const row = (index: number): Gap => gaps[index] as Gap; // asked for within the count alone
    const value = (index: number): number => (sort.by === 'from' ? row(index).from : spanOf(row(index)));
    return localPages(gaps.length, row, { value, descending: sort.descending });
  }, [gaps, sort]);
  return (
    <PagedGrid
      label="Gaps of the log"
      columns={COLUMNS}
      sort={sort}
      onSort={setSort}
      load={load}
      onChoose={({ from, to }) => view?.showTime(from, to)}
      onRest={({ from }) => view?.tools.light(undefined, from)}
      cursor={view?.tools.cursor}
      spanOf={(gap) => gap}
    />
  );
}
