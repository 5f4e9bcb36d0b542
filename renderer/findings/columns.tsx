import { createColumnHelper, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import type { Finding } from '../../shared/domain';
import { spellDuration } from '../../shared/time';
import { Value } from '../Value';
import { DecisionCell } from '../case/DecisionCell';
import { formatCount } from '../format-number';
import { formatUtc, wholeSecond } from '../format-time';
import { atOnce } from './finding-words';

export const features = tableFeatures({ rowSortingFeature });
const helper = createColumnHelper<typeof features, Finding>();

/** The table's columns. An id is the column's name in the contract, which sorts by it in the engine. */
export const columns = helper.columns([
  helper.accessor('DstUserName', {
    header: 'User',
    sortDescFirst: false,
    cell: (cell) => <Value text={cell.getValue()} />,
  }),
  helper.accessor('distinctIps', {
    header: 'Source IPs',
    sortDescFirst: true,
    cell: (cell) => formatCount(cell.getValue()),
  }),
  helper.accessor('maxConcurrentIps', {
    header: 'At once',
    sortDescFirst: true,
    cell: (cell) => atOnce(cell.getValue()),
  }),
  helper.accessor('overlapCount', {
    header: 'Overlaps',
    sortDescFirst: true,
    cell: (cell) => formatCount(cell.getValue()),
  }),
  helper.accessor('overlapSeconds', {
    header: 'Overlap length',
    sortDescFirst: true,
    cell: (cell) => spellDuration(1000 * cell.getValue()),
  }),
  helper.accessor('countries', {
    header: 'Countries',
    enableSorting: false,
    cell: (cell) => <Value text={cell.getValue().join(', ')} />,
  }),
  helper.accessor('firstOverlap', {
    header: 'First (UTC)',
    sortDescFirst: false,
    cell: (cell) => formatUtc(wholeSecond(cell.getValue())),
  }),
  helper.accessor('lastOverlap', {
    header: 'Last (UTC)',
    sortDescFirst: true,
    cell: (cell) => formatUtc(wholeSecond(cell.getValue())),
  }),
  helper.accessor('id', {
    id: 'status',
    header: 'Status',
    sortDescFirst: false,
    cell: (cell) => <DecisionCell finding={cell.getValue()} what="status" />,
  }),
  helper.accessor('id', {
    id: 'verdict',
    header: 'Verdict',
    sortDescFirst: false,
    cell: (cell) => <DecisionCell finding={cell.getValue()} what="verdict" />,
  }),
  helper.accessor('id', {
    id: 'assignee',
    header: 'Assignee',
    sortDescFirst: false,
    cell: (cell) => <DecisionCell finding={cell.getValue()} what="assignee" />,
  }),
  helper.accessor('id', {
    id: 'tags',
    header: 'Tags',
    sortDescFirst: false,
    cell: (cell) => <DecisionCell finding={cell.getValue()} what="tags" />,
  }),
  helper.accessor('id', {
    id: 'notes',
    header: 'Notes',
    sortDescFirst: true,
    cell: (cell) => <DecisionCell finding={cell.getValue()} what="notes" />,
  }),
]);
