import { expect, test } from 'vitest';
import { FIRST_LAYOUT, changed, columnIds, shownColumns } from './column-layout';

const idsOf = (layout: typeof FIRST_LAYOUT) => layout.columns.map(({ id }) => id);

test('the columns at first fit a window of 1280 px with its scroll bar; what Doppel does not have is left out', () => {
  expect(shownColumns(FIRST_LAYOUT).leastPx).toBeLessThanOrEqual(1265);
  expect(columnIds).toContain('DstUserName');
  expect(columnIds).not.toContain('');
  const odd = { columns: [{ id: 'gone', width: 'wide' as const }], pinned: false };
  expect(shownColumns(odd)).toEqual(shownColumns(FIRST_LAYOUT));
});

test('a column is hidden, shown again as the last, moved and made wider', () => {
  const hidden = changed(FIRST_LAYOUT, 'overlapCount', { shown: false });
  expect(idsOf(hidden)).toEqual(idsOf(FIRST_LAYOUT).filter((id) => id !== 'overlapCount'));
  const again = changed(hidden, 'overlapCount', { shown: true });
  expect(idsOf(again).at(-1)).toBe('overlapCount');
  const moved = changed(again, 'overlapCount', { by: -1 });
  expect(idsOf(moved).at(-2)).toBe('overlapCount');
  expect(idsOf(changed(moved, 'DstUserName', { by: -1 }))).toEqual(idsOf(moved));
  const wider = changed(moved, 'overlapCount', { width: 'wide' });
  expect(shownColumns(wider).template).toContain('109px');
  expect(shownColumns(wider).leastPx).toBe(shownColumns(moved).leastPx + 41);
});

test('the last column cannot be hidden', () => {
  const one = { columns: [{ id: 'status', width: 'normal' as const }], pinned: true };
  expect(changed(one, 'status', { shown: false })).toEqual(one);
});
