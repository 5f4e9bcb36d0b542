import { expect, test } from 'vitest';
import { QUEUE_COLUMNS } from '../../shared/export';
import { columnIds } from './column-layout';
import { csvColumns } from './csv-columns';

test('the file has the columns of the table in its order, and the decisions in any case', () => {
  const columns = csvColumns({
    columns: [
      { id: 'verdict', width: 'normal' },
      { id: 'DstUserName', width: 'wide' },
    ],
    pinned: false,
  });
  expect(columns).toEqual(['Verdict', 'DstUserName', 'Status', 'Assignee', 'Tags', 'Notes', 'FindingId']);
});

test('every column of the table has its name in the file', () => {
  const columns = columnIds.map((id) => ({ id, width: 'normal' as const }));
  const names = csvColumns({ columns, pinned: false });
  expect(names).toHaveLength(columnIds.length + 1); // and the finding's id
  for (const name of names) expect(QUEUE_COLUMNS).toContain(name);
});
