import { expect, test } from 'vitest';
import { QUEUE_COLUMNS } from '../../shared/contract';
import { EVERY_COLUMN, columnIds } from './column-layout';
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
  expect(csvColumns(EVERY_COLUMN).length).toBeGreaterThanOrEqual(columnIds.length);
  for (const name of csvColumns(EVERY_COLUMN)) expect(QUEUE_COLUMNS).toContain(name);
});
