import { useMemo, useState } from 'react';
import { spellDuration } from '../../../shared/time';
import { formatCount } from '../../format-number';
import { localPages } from '../../grid/local-pages';
import { endsOf, isBetween } from '../gap';
import type { Gap } from '../gap';
import type { TimelineModel } from '../model';
import { spanOf } from '../time-window';
import type { TimelineView } from '../view';
import { PagedGrid } from './PagedGrid';
import type { Column, Sort } from './PagedGrid';
import { time } from './columns';

type GapSort = 'from' | 'length';
interface Row extends Gap {
  index: number;
  /** Segments of the user that go across it: they last through a time that the log does not tell of. */
  across: number;
}

const MEANINGS = {
  before: 'the log begins here: of what was before it tells nothing',
  between: 'no record of anybody: that a bar is missing here proves nothing',
  after: 'the log ends here: of what came after it tells nothing',
};

const COLUMNS: readonly Column<Row, GapSort>[] = [
  {
    head: 'From',
    isTime: true,
    width: 206,
    by: 'from',
    cell: (gap) => (Number.isFinite(gap.from) ? time(gap.from) : ''),
  },
  { head: 'To', isTime: true, width: 206, cell: (gap) => (Number.isFinite(gap.to) ? time(gap.to) : '') },
  {
    head: 'Length',
    width: 96,
    by: 'length',
    numeric: true,
    cell: (gap) => (isBetween(gap) ? spellDuration(spanOf(gap)) : ''),
  },
  {
    head: 'Segments across it',
    width: 160,
    numeric: true,
    cell: (gap) => (isBetween(gap) ? formatCount(gap.across) : ''),
  },
  {
    head: 'What it means',
    width: 300,
    grow: 1,
    cell: ({ edge }) => MEANINGS[edge ?? 'between'],
  },
];

/** Where the log itself is silent while the timeline lasts. A chosen gap is zoomed to. */
export function GapGrid({ model, view }: { model: TimelineModel; view: TimelineView | undefined }) {
  const [sort, setSort] = useState<Sort<GapSort>>({ by: 'from', descending: false });
  const gaps = useMemo(
    () => model.gaps.map((gap, index): Row => ({ index, ...gap, across: model.barsAcross(gap) })),
    [model],
  );
  const load = useMemo(() => {
    const row = (index: number): Row => gaps[index] as Row; // asked for within the count alone
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
      onChoose={({ index }) => view?.focusOn({ on: 'gap', gap: index })}
      onRest={(gap) => view?.tools.light(undefined, endsOf(gap)[0])}
      cursor={view?.tools.cursor}
      isAt={({ from, to }, time) => from <= time && time <= to}
    />
  );
}
