import { expect, test } from 'vitest';
import { listWords, usersWords } from './related-words';

test('what is shared is named as far as it is listed, and counted beyond', () => {
  expect(listWords([], 0)).toBe('');
  expect(listWords(['a', 'b'], 2)).toBe('a, b');
  expect(listWords(['a', 'b'], 1234)).toBe('a, b and 1,232 more');
});

test('an IP of two users alone is told from one that many share', () => {
  expect([0, 2, 3, 5000].map(usersWords)).toEqual(['', 'only these two', '3 users in all', '5,000 users in all']);
});
