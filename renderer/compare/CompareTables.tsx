import { memo, useCallback, useId, useMemo, useState } from 'react';
import { STARTING_WORDS } from '../../shared/words';
import { ipBlockOf } from '../../shared/ip-block';
import { spellDuration } from '../../shared/time';
import { Tabs, panelOf } from '../Tabs';
import { Value } from '../Value';
import { endingWords } from '../ending-words';
import { formatCount } from '../format-number';
import type { Bar, Overlap, TimelineModel } from '../timeline/model';
import { NETWORK_WORDS } from '../timeline/describe';
import { GapGrid } from '../timeline/tables/GapGrid';
import { PagedGrid } from '../timeline/tables/PagedGrid';
import type { Column, Sort } from '../timeline/tables/PagedGrid';
import tables from '../timeline/tables/EvidenceTables.module.css';
import { time, value } from '../timeline/tables/columns';
import type { TimelineView } from '../timeline/view';
import { sharedIps } from './combined';
import type { Compared, SharedIp } from './combined';
import { localPages } from '../grid/local-pages';

interface Props {
  compared: readonly Compared[];
  model: TimelineModel;
  view: TimelineView | undefined;
}
const TABS = ['overlaps', 'segments', 'ips', 'gaps'] as const;

/** All that the compared timelines show, as tables. */
export const CompareTables = memo(function CompareTables({ compared, model, view }: Props) {
  const [tab, setTab] = useState<(typeof TABS)[number]>('overlaps');
  const id = useId();
  const ips = useMemo(() => sharedIps(compared), [compared]);
  const names = {
    overlaps: `Overlaps (${formatCount(model.overlapCount)})`,
    segments: `Segments (${formatCount(model.barCount)})`,
    ips: `Source IPs (${formatCount(ips.length)})`,
    gaps: `Gaps of the log (${formatCount(model.gaps.length)})`,
  };
  return (
    <div className={tables.tables}>
      <div className={tables.bar}>
        <Tabs
          label="The timelines as tables"
          id={id}
          tabs={model.gaps.length > 0 ? TABS : TABS.filter((each) => each !== 'gaps')}
          names={names}
          tab={tab}
          onTab={setTab}
        />
        {tab === 'overlaps' &&
          model.undrawn.map(({ user, listed, inAll }) => (
            <p key={user}>
              Of <Value text={user} /> the first {formatCount(listed)} of {formatCount(inAll)} are listed and drawn.
            </p>
          ))}
      </div>
      <div {...panelOf(id, tab)} className={tables.panel}>
        {tab === 'overlaps' && <Overlaps model={model} view={view} />}
        {tab === 'segments' && <Segments model={model} view={view} />}
        {tab === 'gaps' && <GapGrid model={model} view={view} />}
        {tab === 'ips' && <SourceIps ips={ips} model={model} view={view} compared={compared} />}
      </div>
    </div>
  );
});

type Numbered<T> = T & { index: number };
const nameOf = (model: TimelineModel, lane: number): string => model.lanes[lane]?.owner?.name ?? '';

type OverlapSort = 'user' | 'start' | 'length' | 'previousIp' | 'ip';

function Overlaps({ model, view }: { model: TimelineModel; view: TimelineView | undefined }) {
  const [sort, setSort] = useState<Sort<OverlapSort>>({ by: 'start', descending: false });
  const columns = useMemo((): Column<Numbered<Overlap>, OverlapSort>[] => {
    return [
      { head: 'User', width: 160, grow: 1.5, by: 'user', cell: (row) => value(nameOf(model, row.lane)) },
      { head: 'Start', isTime: true, width: 206, by: 'start', cell: (row) => time(row.start) },
      { head: 'End', isTime: true, width: 206, cell: (row) => time(row.end) },
      { head: 'Length', width: 96, by: 'length', numeric: true, cell: (row) => spellDuration(row.end - row.start) },
      { head: 'There first', width: 120, grow: 1, by: 'previousIp', cell: (row) => value(model.ip(row.previousLane)) },
      { head: 'Joined by', width: 120, grow: 1, by: 'ip', cell: (row) => value(model.ip(row.lane)) },
    ];
  }, [model]);
  const load = useMemo(() => {
    const values: Record<OverlapSort, (index: number) => number | string> = {
      user: (index) => nameOf(model, model.overlap(index).lane),
      start: (index) => model.overlap(index).start,
      length: (index) => model.overlap(index).end - model.overlap(index).start,
      previousIp: (index) => model.ip(model.overlap(index).previousLane),
      ip: (index) => model.ip(model.overlap(index).lane),
    };
    const row = (index: number): Numbered<Overlap> => ({ ...model.overlap(index), index });
    return localPages(model.overlapCount, row, { value: values[sort.by], descending: sort.descending });
  }, [model, sort]);
  return (
    <PagedGrid
      label="Overlaps"
      columns={columns}
      sort={sort}
      onSort={setSort}
      load={load}
      onChoose={({ index }) => view?.focusOn({ on: 'overlap', overlap: index })}
      onRest={({ index, start }) => view?.tools.light({ on: 'overlap', overlap: index }, start)}
      cursor={view?.tools.cursor}
      isAt={isAt}
    />
  );
}

const isAt = ({ start, end }: { start: number; end: number }, at: number): boolean => start <= at && at <= end;

type SegmentSort = 'user' | 'start' | 'end' | 'ip' | 'session' | 'records';

function Segments({ model, view }: { model: TimelineModel; view: TimelineView | undefined }) {
  const [sort, setSort] = useState<Sort<SegmentSort>>({ by: 'start', descending: false });
  const columns = useMemo((): Column<Numbered<Bar>, SegmentSort>[] => {
    return [
      { head: 'User', width: 160, grow: 1.5, by: 'user', cell: (row) => value(nameOf(model, row.lane)) },
      { head: 'Start', isTime: true, width: 206, by: 'start', cell: (row) => time(row.start) },
      { head: 'End', isTime: true, width: 206, by: 'end', cell: (row) => time(row.end) },
      { head: 'Length', width: 96, numeric: true, cell: (row) => spellDuration(row.end - row.start) },
      { head: 'Source IP', width: 120, grow: 1, by: 'ip', cell: (row) => value(model.ip(row.lane)) },
      { head: 'Session', width: 120, grow: 1, by: 'session', cell: (row) => value(row.sessionId ?? '') },
      { head: 'How the start is known', width: 170, grow: 1, cell: (row) => value(STARTING_WORDS[row.starting]) },
      { head: 'How the end is known', width: 170, grow: 1, cell: (row) => value(endingWords(row)) },
      { head: 'Records', width: 76, by: 'records', numeric: true, cell: (row) => formatCount(row.records) },
    ];
  }, [model]);
  const load = useMemo(() => {
    const values: Record<SegmentSort, (index: number) => number | string> = {
      user: (index) => nameOf(model, model.bar(index).lane),
      start: (index) => model.bar(index).start,
      end: (index) => model.bar(index).end,
      ip: (index) => model.ip(model.bar(index).lane),
      session: (index) => model.bar(index).sessionId ?? '',
      records: (index) => model.bar(index).records,
    };
    const row = (index: number): Numbered<Bar> => ({ ...model.bar(index), index });
    return localPages(model.barCount, row, { value: values[sort.by], descending: sort.descending });
  }, [model, sort]);
  return (
    <PagedGrid
      label="Segments"
      columns={columns}
      sort={sort}
      onSort={setSort}
      load={load}
      onChoose={({ index, start, end }) => {
        view?.showTime(start, end);
        view?.focusOn({ on: 'bar', bar: index });
      }}
      onRest={({ index, start }) => view?.tools.light({ on: 'bar', bar: index }, start)}
      cursor={view?.tools.cursor}
      isAt={isAt}
    />
  );
}

type IpSort = 'users' | 'ip';
const IP_COLUMNS: readonly Column<SharedIp, IpSort>[] = [
  { head: 'Source IP', width: 200, by: 'ip', cell: (row) => value(row.ip) },
  { head: 'Block', width: 150, cell: (row) => value(ipBlockOf(row.ip)) },
  { head: 'Countries', width: 90, cell: (row) => value(row.countries.join(', ')) },
  { head: 'Network', width: 100, cell: (row) => NETWORK_WORDS[row.network] },
  { head: 'Of these users', width: 110, by: 'users', numeric: true, cell: (row) => formatCount(row.users.length) },
  { head: 'Who', width: 300, grow: 1, cell: (row) => value(row.users.join(', ')) },
];

function SourceIps({ ips, model, view, compared }: Props & { ips: readonly SharedIp[] }) {
  const [sort, setSort] = useState<Sort<IpSort>>({ by: 'users', descending: true });
  const load = useMemo(
    () =>
      localPages(
        ips.length,
        (index): SharedIp => ips[index] ?? { ip: '', countries: [], network: 'other', users: [] },
        {
          value: (index) => (sort.by === 'ip' ? (ips[index]?.ip ?? '') : (ips[index]?.users.length ?? 0)),
          descending: sort.descending,
        },
      ),
    [ips, sort],
  );
  const onChoose = useCallback(
    ({ ip }: SharedIp) => {
      const lanes = compared.flatMap(({ finding }) => model.laneOfIp(ip, finding.user) ?? []);
      if (lanes[0] !== undefined) view?.focusOn({ on: 'lane', lane: lanes[0] });
    },
    [compared, model, view],
  );
  return (
    <PagedGrid label="Source IPs" columns={IP_COLUMNS} sort={sort} onSort={setSort} load={load} onChoose={onChoose} />
  );
}
