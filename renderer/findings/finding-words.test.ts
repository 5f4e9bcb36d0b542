import { expect, test } from 'vitest';
import { countInWords } from './finding-words';

test('a filtered number is never mistaken for all', () => {
  expect(countInWords(5, 5, 42, false)).toBe('5 flagged users of 42');
  expect(countInWords(3, 5, 42, true)).toBe('3 of 5 flagged users');
  expect(countInWords(1, 1, 1, false)).toBe('1 flagged user of 1');
  expect(countInWords(0, 100_000, 2_000_000, true)).toBe('0 of 100,000 flagged users');
});
