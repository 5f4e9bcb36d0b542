import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachGrowing, GrowingList, numberAt } from './growing';
import type { Growing } from './growing';

function gathered(values: readonly number[]): Growing {
  const list = new GrowingList();
  for (const value of values) {
    list.push(value);
    if (list.last !== value) throw new RangeError(`${list.last} was the last one, not ${value}`);
  }
  return list.finish();
}

test('any numbers come back, one by one and in order', () => {
  const step = fc.oneof(fc.nat(200), fc.integer({ min: -70_000, max: 70_000 }), fc.nat(2 ** 42));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      let at = 2 ** 44;
      const values = steps.map((one) => (at += one));
      const growing = gathered(values);
      expect(growing.length).toBe(values.length);
      expect([...eachGrowing(growing)]).toEqual(values);
      for (const [index, value] of values.entries()) expect(numberAt(growing, index)).toBe(value);
      for (const index of [-1, values.length, values.length + 64]) expect(numberAt(growing, index)).toBeUndefined();
    }),
  );
});

test('a million places of short values take less than two bytes each', () => {
  const { steps, firsts, places } = gathered(Array.from({ length: 1_000_000 }, (_, index) => index * 2));
  expect(steps.byteLength + firsts.byteLength + places.byteLength).toBeLessThan(2_000_000);
});
