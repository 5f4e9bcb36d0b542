import { createColumnHelper, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import type { Finding } from '../../shared/domain';
import { spellDuration } from '../../shared/time';
import { Value } from '../Value';
import { DecisionCell } from '../case/DecisionCell';
import { formatCount } from '../format-number';
import { wholeSecond } from '../format-time';
import { TimeInZone, ZoneHead } from '../time-zone/InZone';

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
    cell: (cell) => formatCount(cell.getValue()),
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
    header: () => <ZoneHead text="First" />,
    sortDescFirst: false,
    cell: (cell) => <TimeInZone at={wholeSecond(cell.getValue())} />,
  }),
  helper.accessor('lastOverlap', {
    header: () => <ZoneHead text="Last" />,
    sortDescFirst: true,
    cell: (cell) => <TimeInZone at={wholeSecond(cell.getValue())} />,
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
