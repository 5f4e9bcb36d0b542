import { useMemo, useState } from 'react';
import { formatCount } from '../../format-number';
import { localPages } from '../../grid/local-pages';
import { NETWORK_WORDS } from '../describe';
import { laneFacts } from '../lane-facts';
import type { LaneFacts } from '../lane-facts';
import type { TimelineModel } from '../model';
import type { TimelineView } from '../view';
import { PagedGrid } from './PagedGrid';
import type { Column, Sort } from './PagedGrid';
import { time, value } from './columns';

type LaneSort = 'place' | 'block' | 'segments' | 'overlaps' | 'first' | 'last';

const COLUMNS: readonly Column<LaneFacts, LaneSort>[] = [
  { head: 'Source IP', width: 150, grow: 1, by: 'place', cell: ({ lane }) => value(lane.SrcIpAddr) },
  { head: 'Block', width: 140, grow: 1, by: 'block', cell: ({ block }) => value(block) },
  { head: 'Countries', width: 90, cell: ({ lane }) => value(lane.countries.join(', ')) },
  { head: 'Network', width: 100, cell: ({ lane }) => NETWORK_WORDS[lane.network] },
  { head: 'Segments', width: 86, by: 'segments', numeric: true, cell: ({ segments }) => formatCount(segments) },
  { head: 'Overlaps', width: 86, by: 'overlaps', numeric: true, cell: ({ overlaps }) => formatCount(overlaps) },
  { head: 'First there', isTime: true, width: 206, by: 'first', cell: ({ first }) => time(first) },
  { head: 'Last there', isTime: true, width: 206, by: 'last', cell: ({ last }) => time(last) },
];

/** The source IPs of the timeline, as its lanes stand. A chosen one is brought into sight. */
export function LaneGrid({ model, view }: { model: TimelineModel; view: TimelineView | undefined }) {
  const [sort, setSort] = useState<Sort<LaneSort>>({ by: 'place', descending: false });
  const facts = useMemo(() => laneFacts(model), [model]);
  const load = useMemo(() => {
    const values: Record<LaneSort, (row: LaneFacts) => number | string> = {
      place: ({ index }) => index,
      block: ({ block }) => block,
      segments: ({ segments }) => segments,
      overlaps: ({ overlaps }) => overlaps,
      first: ({ first }) => first,
      last: ({ last }) => last,
    };
    const row = (index: number): LaneFacts => facts[index] as LaneFacts; // asked for within the count alone
    return localPages(facts.length, row, {
      value: (index) => values[sort.by](row(index)),
      descending: sort.descending,
    });
  }, [facts, sort]);
  return (
    <PagedGrid
      label="Source IPs as a table"
      columns={COLUMNS}
      sort={sort}
      onSort={setSort}
      load={load}
      onChoose={({ index }) => view?.focusOn({ on: 'lane', lane: index })}
      onRest={({ first }) => view?.tools.light(undefined, first)}
      cursor={view?.tools.cursor}
      isAt={({ index }, time) => model.bars.topmost(index, time, time) !== undefined}
    />
  );
}
