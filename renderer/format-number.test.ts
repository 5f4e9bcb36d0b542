import { expect, test } from 'vitest';
import { countOf, formatBytes, shortCount } from './format-number';

test('sizes are short and decimal', () => {
  expect([0, 999, 1000, 4_234_567, 312_000_000, 999_960_000, 1_000_000_000].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '4.2 MB',
    '312 MB',
    '1.0 GB',
    '1.0 GB',
  ]);
});

test('one is singular', () => {
  expect(countOf(1, 'record')).toBe('1 record');
  expect(countOf(0, 'record')).toBe('0 records');
  expect(countOf(1_204_332, 'user at two IPs', 'users at two IPs')).toBe('1,204,332 users at two IPs');
});

test('an axis has room for short numbers', () => {
  expect([0, 850, 12_000, 100_000, 1_240_000].map(shortCount)).toEqual(['0', '850', '12K', '100K', '1.2M']);
});
