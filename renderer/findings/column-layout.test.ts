import { expect, test } from 'vitest';
import { EVERY_COLUMN, changed, columnIds, shownColumns } from './column-layout';

const idsOf = (layout: typeof EVERY_COLUMN) => layout.columns.map(({ id }) => id);

test('at first every column is shown in its order; what Doppel does not have is left out', () => {
  expect(shownColumns(EVERY_COLUMN).columns).toHaveLength(columnIds.length);
  expect(columnIds).toContain('DstUserName');
  expect(columnIds).not.toContain('');
  const odd = { columns: [{ id: 'gone', width: 'wide' as const }], pinned: false };
  expect(shownColumns(odd)).toEqual(shownColumns(EVERY_COLUMN));
});

test('a column is hidden, shown again as the last, moved and made wider', () => {
  const hidden = changed(EVERY_COLUMN, 'overlapCount', { shown: false });
  expect(idsOf(hidden)).toEqual(columnIds.filter((id) => id !== 'overlapCount'));
  const again = changed(hidden, 'overlapCount', { shown: true });
  expect(idsOf(again).at(-1)).toBe('overlapCount');
  const moved = changed(again, 'overlapCount', { by: -1 });
  expect(idsOf(moved).at(-2)).toBe('overlapCount');
  expect(idsOf(changed(moved, 'DstUserName', { by: -1 }))).toEqual(idsOf(moved));
  const wider = changed(moved, 'overlapCount', { width: 'wide' });
  expect(shownColumns(wider).template).toContain('134px');
  expect(shownColumns(wider).leastPx).toBe(shownColumns(moved).leastPx + 50);
});

test('the last column cannot be hidden', () => {
  const one = { columns: [{ id: 'status', width: 'normal' as const }], pinned: true };
  expect(changed(one, 'status', { shown: false })).toEqual(one);
});
