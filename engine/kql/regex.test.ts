import { expect, test } from 'vitest';
import { unicodeClasses } from './regex';

test.each([
  ['a\\.b', 'a\\.b'],
  ['\\d+', '[\\p{Nd}]+'],
  ['[\\d_]', '[\\p{Nd}_]'],
  ['\\D', '[^\\p{Nd}]'],
  ['\\\\d', '\\\\d'],
])('%s', (pattern, wanted) => {
  expect(unicodeClasses(pattern)).toBe(wanted);
});
