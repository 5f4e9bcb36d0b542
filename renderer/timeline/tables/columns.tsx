import type { Params } from '../../../shared/contract';
import type { Overlap, Segment } from '../../../shared/domain';
import { isoTime, spellDuration } from '../../../shared/time';
import { ENDING_WORDS } from '../../../shared/words';
import { Value } from '../../Value';
import { formatCount } from '../../format-number';
import { formatUtc } from '../../format-time';
import type { Column } from './PagedGrid';

type By<M extends 'overlaps.page' | 'segments.page'> = NonNullable<Params<M>['sort']>['by'];
export type OverlapSort = By<'overlaps.page'>;
export type SegmentSort = By<'segments.page'>;

const time = (at: number) => <time dateTime={isoTime(at)}>{formatUtc(at)}</time>;
const TIME = '176px';
const IP = 'minmax(118px, 1fr)';

export const OVERLAP_COLUMNS: readonly Column<Overlap, OverlapSort>[] = [
  { head: 'Start (UTC)', width: TIME, by: 'overlapStart', cell: (row) => time(row.overlapStart) },
  { head: 'End (UTC)', width: TIME, by: 'overlapEnd', cell: (row) => time(row.overlapEnd) },
  {
    head: 'Length',
    width: '96px',
    by: 'overlapSeconds',
    numeric: true,
    cell: (row) => spellDuration(row.overlapEnd - row.overlapStart),
  },
  { head: 'There first', width: IP, by: 'PreviousSrcIpAddr', cell: (row) => <Value text={row.PreviousSrcIpAddr} /> },
  { head: 'Joined by', width: IP, by: 'SrcIpAddr', cell: (row) => <Value text={row.SrcIpAddr} /> },
  {
    head: 'Sessions there first',
    width: 'minmax(140px, 1.4fr)',
    cell: (row) => <Value text={row.previousSessionIds.join(', ')} />,
  },
  {
    head: 'Sessions that joined',
    width: 'minmax(140px, 1.4fr)',
    cell: (row) => <Value text={row.sessionIds.join(', ')} />,
  },
];

export const SEGMENT_COLUMNS: readonly Column<Segment, SegmentSort>[] = [
  { head: 'Start (UTC)', width: TIME, by: 'start', cell: (row) => time(row.start) },
  { head: 'End (UTC)', width: TIME, by: 'end', cell: (row) => time(row.end) },
  { head: 'Length', width: '96px', numeric: true, cell: (row) => spellDuration(row.end - row.start) },
  { head: 'Source IP', width: IP, by: 'SrcIpAddr', cell: (row) => <Value text={row.SrcIpAddr} /> },
  { head: 'Session', width: 'minmax(140px, 1.4fr)', by: 'sessionId', cell: (row) => <Value text={row.sessionId} /> },
  {
    head: 'How the end is known',
    width: 'minmax(230px, 1.6fr)',
    by: 'ending',
    cell: (row) => ENDING_WORDS[row.ending],
  },
  { head: 'Records', width: '76px', by: 'records', numeric: true, cell: (row) => formatCount(row.records) },
];
