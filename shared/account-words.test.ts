import { expect, test } from 'vitest';
import { cappedInWords } from './account-words';

test('of overlaps that are counted and not listed one is told, and of nothing nothing', () => {
  expect(cappedInWords(0)).toBe('');
  expect(cappedInWords(1)).toBe('One user has more than 100,000 overlaps: the later ones are counted, not listed.');
  expect(cappedInWords(1200)).toMatch(/^1,200 users have more than /);
});
