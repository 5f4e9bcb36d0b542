import { expect, test } from 'vitest';
import { TimeLeft } from './time-left';

const at = (bytesDone: number) => ({ bytesDone, bytesTotal: 1000 });

test('the time left is told in words, and not before it can be known', () => {
  const left = new TimeLeft();
  expect(left.words(at(0), 50_000)).toBeUndefined();
  expect(left.words(at(900), 50_100)).toBeUndefined(); // too soon
  expect(left.words(at(10), 80_000)).toBeUndefined(); // too little
  expect(left.words(at(100), 80_000)).toBe('about 5 min left'); // 30 s for a tenth
  expect(left.words(at(950), 320_000)).toBe('less than a minute left');
  expect(left.words(at(1000), 350_000)).toBeUndefined();
  expect(new TimeLeft().words({ bytesDone: 0, bytesTotal: 0 }, 0)).toBeUndefined();
});

test('hours are told as hours', () => {
  const left = new TimeLeft();
  left.words(at(0), 0);
  expect(left.words(at(100), 1_000_000)).toBe('about 3 h left');
});
