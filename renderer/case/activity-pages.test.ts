import { expect, test } from 'vitest';
import type { Activity } from '../../shared/decisions';
import { activityPages } from './activity-pages';

const line = (n: number): Activity => ({ id: String(n), batch: '', of: 1, ts: n, author: '', finding: '', set: {} });

test('a log that grows while it is read is shown as it was, each line once', async () => {
  const log = Array.from({ length: 10 }, (_, n) => line(n));
  const grown: number[] = [];
  const load = activityPages(
    (offset, limit) => Promise.resolve({ total: log.length, rows: log.toReversed().slice(offset, offset + limit) }),
    (lines) => grown.push(lines),
  );
  const { signal } = new AbortController();
  const shown = [...(await load(0, 4, signal)).rows];
  log.push(line(10), line(11));
  const second = await load(4, 4, signal);
  log.push(line(12));
  shown.push(...second.rows, ...(await load(8, 4, signal)).rows);
  expect(shown.map(({ ts }) => ts)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  expect(second.total).toBe(10);
  expect(grown).toEqual([2, 3]);
});
