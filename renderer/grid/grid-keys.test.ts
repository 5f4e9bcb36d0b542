import { expect, test } from 'vitest';
import { rowAfterKey } from './grid-keys';

test('keys move by a row, by a view less one, and to the ends, never beyond', () => {
  const after = (key: string, current: number): number | undefined => rowAfterKey(key, current, 100, 11);
  expect(after('ArrowDown', 5)).toBe(6);
  expect(after('ArrowUp', 0)).toBe(0);
  expect(after('PageDown', 5)).toBe(15);
  expect(after('PageUp', 5)).toBe(0);
  expect(after('End', 5)).toBe(99);
  expect(after('PageDown', 95)).toBe(99);
  expect(after('Home', 95)).toBe(0);
});

test('other keys, and any key in an empty list, lead nowhere', () => {
  expect(rowAfterKey('a', 5, 100, 11)).toBeUndefined();
  expect(rowAfterKey('toString', 5, 100, 11)).toBeUndefined();
  expect(rowAfterKey('End', 0, 0, 11)).toBeUndefined();
});
