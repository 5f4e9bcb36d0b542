import { expect, test } from 'vitest';
import { GapList, lineMapOfGaps } from './lines';

test.each([
  { lines: 10, gaps: [] },
  { lines: 10, gaps: [1] },
  { lines: 10, gaps: [1, 2, 5, 9, 10] },
  { lines: 10, gaps: [10] },
  { lines: 300, gaps: Array.from({ length: 100 }, (_, index) => index * 3 + 1) },
])('records stand on the lines outside the gaps: $lines, $gaps', ({ lines, gaps }) => {
  const list = new GapList();
  for (const gap of gaps) list.add(gap);
  const map = lineMapOfGaps(list.finish());
  const outside = Array.from({ length: lines }, (_, index) => index + 1).filter((line) => !gaps.includes(line));
  expect(outside.map((_, index) => map.lineOf(index + 1))).toEqual(outside);
  expect(outside.map((line) => map.ordinalOf(line))).toEqual(outside.map((_, index) => index + 1));
  expect(gaps.map((line) => map.ordinalOf(line))).toEqual(gaps.map(() => undefined));
});
