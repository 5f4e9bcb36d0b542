import { expect, test } from 'vitest';
import { DoppelError } from '../../shared/errors';
import { PAGE_ROWS, RowWindow } from './row-window';
import type { LoadPage } from './row-window';

const TOTAL = 100_000;
const numbers =
  (asked: number[] = []): LoadPage<number> =>
  (offset, limit) => {
    asked.push(offset);
    const rows = Array.from({ length: Math.min(limit, TOTAL - offset) }, (_, i) => offset + i);
    return Promise.resolve({ total: TOTAL, rows });
  };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('rows come as they are wanted, each page once', async () => {
  const asked: number[] = [];
  const rows = new RowWindow<number>();
  await rows.show(numbers(asked));
  expect(rows.state.total).toBe(TOTAL);
  expect(rows.row(7)).toBe(7);
  expect(rows.row(50_000)).toBeUndefined();
  rows.want(49_990, 50_010);
  rows.want(49_990, 50_010);
  await settled();
  expect(rows.row(50_000)).toBe(50_000);
  expect(asked).toEqual([0, 49_800, 50_000]);
});

test('the row after another is known as far as both are in memory', async () => {
  const rows = new RowWindow<number>();
  await rows.show(numbers());
  expect(rows.after((row) => row === 7)).toBe(8);
  expect(rows.after((row) => row === PAGE_ROWS - 1)).toBeUndefined();
  rows.want(PAGE_ROWS, PAGE_ROWS);
  await settled();
  expect(rows.after((row) => row === PAGE_ROWS - 1)).toBe(PAGE_ROWS);
  expect(rows.after((row) => row === 50_000)).toBeUndefined();
});

test('the memory is bounded: pages not used for long are fetched again', async () => {
  const asked: number[] = [];
  const rows = new RowWindow<number>();
  await rows.show(numbers(asked));
  for (let page = 1; page <= 100; page++) {
    rows.want(page * PAGE_ROWS, page * PAGE_ROWS);
    await settled();
  }
  expect(rows.row(0)).toBeUndefined();
  expect(rows.row(100 * PAGE_ROWS)).toBe(100 * PAGE_ROWS);
  rows.want(0, 10);
  await settled();
  expect(rows.row(0)).toBe(0);
});

test('a fling fetches where it ends, not all that it passed', async () => {
  const asked: number[] = [];
  const rows = new RowWindow<number>();
  await rows.show(numbers(asked));
  for (let page = 1; page <= 400; page++) rows.want(page * PAGE_ROWS, page * PAGE_ROWS + 40);
  await settled();
  expect(rows.row(400 * PAGE_ROWS)).toBe(400 * PAGE_ROWS);
  expect(asked.length).toBeLessThan(6);
});

test('of two lists the latest wins, and the old rows stay until the new ones are there', async () => {
  const rows = new RowWindow<number>();
  await rows.show(numbers());
  let answerSlow: (() => void) | undefined;
  const slow = rows.show(() => new Promise((resolve) => (answerSlow = () => resolve({ total: 1, rows: [-1] }))));
  expect(rows.state.stale).toBe(true);
  expect(rows.row(3)).toBe(3);
  await rows.show(() => Promise.resolve({ total: 2, rows: [10, 11] }));
  answerSlow?.();
  await slow;
  expect(rows.state.total).toBe(2);
  expect(rows.row(0)).toBe(10);
  expect(rows.state.list).toBe(2);
});

test('a failure is told, and the page can be asked for again', async () => {
  const rows = new RowWindow<number>();
  let broken = true;
  await rows.show((offset, limit, signal) =>
    broken && offset > 0
      ? Promise.reject(new DoppelError('disconnected', 'the engine stopped'))
      : numbers()(offset, limit, signal),
  );
  rows.want(1000, 1010);
  await settled();
  expect(rows.state.problem?.message).toBe('the engine stopped');
  broken = false;
  rows.want(1000, 1010);
  await settled();
  expect(rows.row(1000)).toBe(1000);
  expect(rows.state.problem).toBeUndefined();
});
