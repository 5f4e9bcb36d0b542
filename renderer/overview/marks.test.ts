import { expect, test } from 'vitest';
import { fewest, hourMarks, lengthMarks, lengthPlace, lengthRange, valueMarks } from './marks';

test('a class of length says its bounds, its overlaps and its findings', () => {
  const lengths = Array.from({ length: 9 }, (_, at) => ({ overlaps: 2 * at, findings: at }));
  const marks = lengthMarks(lengths, { lengthSeconds: { min: 300, max: 900 } });
  expect(marks[3]).toEqual({
    key: '3',
    label: '5m',
    count: 6,
    words: '5 min to less than 15 min: 6 overlaps of 3 flagged users',
    chosen: true,
  });
  expect(marks.filter(({ chosen }) => chosen)).toHaveLength(1);
  expect(marks[8]?.words).toBe('7 d or longer: 16 overlaps of 8 flagged users');
  expect(lengthRange(8)).toEqual({ min: 604_800, max: null });
});

test('the shortest length that is flagged has its place among the classes', () => {
  expect([0, 300, 600, 900, 2250].map(lengthPlace)).toEqual([0, 3, 3.5, 4, 4.5]);
  expect(lengthPlace(604_800)).toBe(8);
  expect(lengthPlace(9_000_000)).toBe(8);
});

test('every hour of the day is there', () => {
  const marks = hourMarks({ values: [{ value: '9', findings: 1 }], more: 0 }, { hours: [23] }, 'UTC');
  expect(marks).toHaveLength(24);
  expect(marks[9]?.words).toBe('09:00 UTC: overlaps of 1 flagged user');
  expect(marks[9]?.count).toBe(1);
  expect(marks[23]?.chosen).toBe(true);
});

test('what the log does not have is said in words, hidden characters are written out', () => {
  const marks = valueMarks(
    {
      values: [
        { value: '', findings: 2 },
        { value: 'D\u202e', findings: 1 },
      ],
      more: 0,
    },
    [''],
  );
  expect(marks.map(({ words }) => words)).toEqual([
    'not in the log: 2 flagged users',
    expect.not.stringContaining('\u202e'),
  ]);
  expect(marks[0]?.chosen).toBe(true);
});

test('of many bars the first are kept, and those that are chosen', () => {
  const values = Array.from({ length: 10 }, (_, at) => ({ value: `ip ${at}`, findings: 10 - at }));
  const kept = fewest(valueMarks({ values, more: 0 }, ['ip 8']));
  expect(kept.map(({ key }) => key)).toEqual(['ip 0', 'ip 1', 'ip 2', 'ip 3', 'ip 4', 'ip 8']);
});
