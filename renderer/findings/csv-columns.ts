import type { QueueColumn } from '../../shared/export';
import type { ColumnLayout } from '../../shared/preferences';

/** The columns of the table as the CSV names them. */
const NAMES: Readonly<Record<string, QueueColumn>> = {
  DstUserName: 'DstUserName',
  distinctIps: 'DistinctIps',
  maxConcurrentIps: 'MaxConcurrentIps',
  overlapCount: 'Overlaps',
  overlapSeconds: 'OverlapSeconds',
  countries: 'Countries',
  firstOverlap: 'FirstOverlap',
  lastOverlap: 'LastOverlap',
  status: 'Status',
  verdict: 'Verdict',
  assignee: 'Assignee',
  tags: 'Tags',
  notes: 'Notes',
};
/** What nobody wants to miss in a file that is handed on, shown or not. */
const ALWAYS: readonly QueueColumn[] = ['Status', 'Verdict', 'Assignee', 'Tags', 'Notes', 'FindingId'];

/** The columns that the table shows, in its order, then the decisions and the finding's id where it does not show them. */
export function csvColumns({ columns }: ColumnLayout): QueueColumn[] {
  const shown = columns.flatMap(({ id }) => {
    const name = Object.hasOwn(NAMES, id) ? NAMES[id] : undefined;
    return name === undefined ? [] : [name];
  });
  return [...new Set([...shown, ...ALWAYS])];
}
