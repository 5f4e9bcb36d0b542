import { expect, test } from 'vitest';
import { binInWords, gapsInWords, histogramInWords, tickInWords } from './histogram-words';
import type { Histogram } from './use-histogram';

const histogram: Histogram = {
  from: Date.parse('2026-03-02T00:00:00Z'),
  to: Date.parse('2026-03-03T00:00:00Z'),
  overlaps: Uint32Array.from([0, 1, 4, 0]),
  users: Uint32Array.from([0, 1, 3, 0]),
};

test('a bin says its time and what goes on in it', () => {
  expect(binInWords(histogram, 0)).toBe('2 Mar 2026 00:00:00 to 06:00:00 UTC: no overlap');
  expect(binInWords(histogram, 2)).toBe('2 Mar 2026 12:00:00 to 18:00:00 UTC: 4 overlaps of 3 users');
});

test('the whole is told in a sentence', () => {
  expect(histogramInWords(histogram)).toBe(
    'Overlaps from 2 Mar 2026 00:00:00 to 3 Mar 2026 00:00:00 UTC: something in 50 % of the time; most at 2 Mar 2026 12:00:00 to 18:00:00 UTC: 4 overlaps of 3 users.',
  );
  expect(histogramInWords({ ...histogram, overlaps: new Uint32Array(4) })).toMatch(/^No overlaps from/);
});

test('a tick says the day where it begins, else the time of day', () => {
  const ticks = ['2026-03-02T00:00:00Z', '2026-03-02T15:00:00Z', '2026-03-02T15:00:30Z'].map(Date.parse);
  expect(ticks.map(tickInWords)).toEqual(['2 Mar 2026', '15:00', '15:00:30']);
});

test('where the log is silent, that is said of a bin and of the whole', () => {
  const hour = 3_600_000;
  const gaps = [1, 2, 9, 20].map((at) => ({
    from: histogram.from + at * hour,
    to: histogram.from + (at + 0.5) * hour,
  }));
  gaps.push({ from: histogram.from + 12 * hour, to: histogram.from + 18 * hour });
  expect(binInWords(histogram, 2, gaps)).toMatch(/4 overlaps of 3 users; the log has no records here$/);
  expect(binInWords(histogram, 0, gaps)).toMatch(/no overlap$/);
  expect(gapsInWords(gaps)).toBe(
    'The log has no records 2 Mar 2026 12:00:00 to 18:00:00 UTC, 2 Mar 2026 01:00:00 to 01:30:00 UTC, 2 Mar 2026 02:00:00 to 02:30:00 UTC, and 2 shorter times.',
  );
});
