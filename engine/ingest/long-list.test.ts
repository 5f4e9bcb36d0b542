import { expect, test } from 'vitest';
import { lineNumbers, places } from './long-list';

test.each([0, 1, 1024, 1025, 3072, 200_000])('%i numbers come back in their order', (count) => {
  const list = lineNumbers();
  for (let value = 1; value <= count; value++) {
    list.push(value);
    if (list.last !== value) throw new RangeError(`${list.last} was the last one, not ${value}`);
  }
  expect(list.length).toBe(count);
  expect(list.finish()).toEqual(Uint32Array.from({ length: count }, (_, index) => index + 1));
});

test('a place beyond 4 GB is kept as it is', () => {
  const list = places();
  list.push(2 ** 40 + 1);
  expect([...list.finish()]).toEqual([2 ** 40 + 1]);
});
