import { expect, test } from 'vitest';
import { byGroup, picked } from './bulk-columns';

test('rows come by group and by number in it, in whatever order they were read', () => {
  expect([...byGroup(Float64Array.of(5, 1, 2, 9), Uint32Array.of(0, 1, 0, 1), 2)]).toEqual([2, 0, 1, 3]);
  expect([...byGroup(new Float64Array(), new Uint32Array(), 0)]).toEqual([]);
});

test('a picked column keeps its kind', () => {
  expect(picked(Uint8Array.of(7, 8, 9), Uint32Array.of(2, 0, 1))).toEqual(Uint8Array.of(9, 7, 8));
});
