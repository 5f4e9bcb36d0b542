import { expect, test } from 'vitest';
import { unicodeClasses, wrongSyntax, withOnlyGroup } from './regex';

test.each([
  ['a\\.b', 'a\\.b'],
  ['\\d+', '[\\p{Nd}]+'],
  ['[\\d_]', '[\\p{Nd}_]'],
  ['\\D', '[^\\p{Nd}]'],
  ['\\\\d', '\\\\d'],
])('%s', (pattern, wanted) => {
  expect(unicodeClasses(pattern)).toBe(wanted);
});

test.each([
  'a(b|c)*',
  '(?i)a',
  '(?P<name>x+)',
  '[[:alpha:]]+',
  '\\p{L}{2,3}',
  '(?s-m:a.b)',
  '\\Q(\\E',
  '\\x{41}{1000}',
  'a{2}?',
])('%s is a regular expression', (pattern) => {
  expect(wrongSyntax(pattern)).toBeUndefined();
});

test.each([
  ['([', 'unterminated character class'],
  ['(', 'unterminated group'],
  ['a)', "unmatched ')'"],
  ['*a', 'nothing to repeat'],
  ['[z-a]', 'range out of order in character class'],
  ['a{2000}', '{2000} repeats more than 1000 times'],
])('%s is none', (pattern, why) => {
  expect(wrongSyntax(pattern)).toBe(why);
});

test('only one group catches', () => {
  expect(withOnlyGroup(String.raw`(a)(?:b)([()\]]+)\((?P<n>c)`, 2)).toBe(String.raw`(?:a)(?:b)([()\]]+)\((?:c)`);
  expect(withOnlyGroup('(a)(b)', 1)).toBe('(a)(?:b)');
});
