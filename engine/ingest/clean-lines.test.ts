import { expect, test } from 'vitest';
import { cleanLines } from './clean-lines';

test('a clean block comes back as it is', () => {
  const block = Buffer.from('a\r\nb ü\n\n');
  expect(cleanLines(block)).toBe(block);
});

test('inner carriage returns and NULs lines that are not UTF-8 are overwritten, and nothing moves', () => {
  const block = Buffer.concat([Buffer.from('a\rb\0c\r\nx'), Buffer.of(0xff), Buffer.from('y\nü\n')]);
  const clean = Buffer.from(cleanLines(block));
  expect(clean.toString()).toBe('a b?c\r\n???\nü\n');
  expect(clean.length).toBe(block.length);
});
