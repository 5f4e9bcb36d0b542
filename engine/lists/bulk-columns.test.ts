import { expect, test } from 'vitest';
import { inOrder, picked } from './bulk-columns';

test('rows come by number, in groups where these are given, in whatever order they were read', () => {
  expect([...inOrder(Float64Array.of(1, 2, 5))]).toEqual([0, 1, 2]);
  expect([...inOrder(Float64Array.of(5, 1, 2))]).toEqual([1, 2, 0]);
  expect([...inOrder(Float64Array.of(5, 1, 2, 9), Uint32Array.of(0, 1, 0, 1), 2)]).toEqual([2, 0, 1, 3]);
  expect([...inOrder(new Float64Array(), new Uint32Array(), 0)]).toEqual([]);
});

test('a picked column keeps its kind', () => {
  expect(picked(Uint8Array.of(7, 8, 9), Uint32Array.of(2, 0, 1))).toEqual(Uint8Array.of(9, 7, 8));
});
