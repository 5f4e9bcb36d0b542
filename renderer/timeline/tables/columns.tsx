import type { Params } from '../../../shared/contract';
import type { Overlap, Segment } from '../../../shared/domain';
import { spellDuration } from '../../../shared/time';
import { visibleText } from '../../../shared/visible-text';
import { STARTING_WORDS } from '../../../shared/words';
import { Value } from '../../Value';
import { formatCount } from '../../format-number';
import { endingWords } from '../../ending-words';
import { TimeInZone } from '../../time-zone/InZone';
import type { Column } from './PagedGrid';

type By<M extends 'overlaps.page' | 'segments.page'> = NonNullable<Params<M>['sort']>['by'];
export type OverlapSort = By<'overlaps.page'>;
export type SegmentSort = By<'segments.page'>;

/** A time (ms since 1970) in the zone that the analyst chose. */
export const time = (at: number) => <TimeInZone at={at} />;
/** A value that may be longer than its cell: whole under the pointer. */
export const value = (text: string) => (
  <span title={visibleText(text)}>
    <Value text={text} />
  </span>
);

export const OVERLAP_COLUMNS: readonly Column<Overlap, OverlapSort>[] = [
  { head: 'Start', isTime: true, width: 206, by: 'overlapStart', cell: (row) => time(row.overlapStart) },
  { head: 'End', isTime: true, width: 206, by: 'overlapEnd', cell: (row) => time(row.overlapEnd) },
  {
    head: 'Length',
    width: 96,
    by: 'overlapSeconds',
    numeric: true,
    cell: (row) => spellDuration(row.overlapEnd - row.overlapStart),
  },
  { head: 'There first', width: 120, grow: 1, by: 'PreviousSrcIpAddr', cell: (row) => value(row.PreviousSrcIpAddr) },
  { head: 'Joined by', width: 120, grow: 1, by: 'SrcIpAddr', cell: (row) => value(row.SrcIpAddr) },
  { head: 'Sessions there first', width: 150, grow: 1, cell: (row) => value(row.previousSessionIds.join(', ')) },
  { head: 'Sessions that joined', width: 150, grow: 1, cell: (row) => value(row.sessionIds.join(', ')) },
];

export const SEGMENT_COLUMNS: readonly Column<Segment, SegmentSort>[] = [
  { head: 'Start', isTime: true, width: 206, by: 'start', cell: (row) => time(row.start) },
  { head: 'End', isTime: true, width: 206, by: 'end', cell: (row) => time(row.end) },
  { head: 'Length', width: 96, numeric: true, cell: (row) => spellDuration(row.end - row.start) },
  { head: 'Source IP', width: 120, grow: 1, by: 'SrcIpAddr', cell: (row) => value(row.SrcIpAddr) },
  { head: 'Session', width: 110, grow: 1, by: 'sessionId', cell: (row) => value(row.sessionId) },
  { head: 'How the start is known', width: 300, grow: 1.5, cell: (row) => value(STARTING_WORDS[row.starting]) },
  { head: 'How the end is known', width: 330, grow: 2.5, by: 'ending', cell: (row) => value(endingWords(row)) },
  { head: 'Records', width: 76, by: 'records', numeric: true, cell: (row) => formatCount(row.records) },
];
