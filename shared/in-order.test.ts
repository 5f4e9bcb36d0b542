import { expect, test } from 'vitest';
import { inOrder } from './in-order';

test('places by value; equal values stay as they are', () => {
  expect([...inOrder(Float64Array.of(1, 2, 2, 5))]).toEqual([0, 1, 2, 3]);
  expect([...inOrder(Float64Array.of(5, 1, 3, 1, -2))]).toEqual([4, 1, 3, 2, 0]);
  expect([...inOrder(Float64Array.of(1, 2, 5))]).toEqual([0, 1, 2]);
  expect([...inOrder(Float64Array.of(5, 1, 2))]).toEqual([1, 2, 0]);
  expect([...inOrder(new Float64Array())]).toEqual([]);
});
