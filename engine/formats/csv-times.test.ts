import { expect, test } from 'vitest';
import { csvTimesOf, timeCell } from './csv-times';

function timesOf(name: string, ...texts: string[]): ReturnType<typeof csvTimesOf> {
  return csvTimesOf({ delimiter: ',', header: ['Username', name], rows: texts.map((text) => ['12/31/2025', text]) });
}

test('month before day is taken, and said, unless the rows show which it is', () => {
  const open = timesOf('TimeGenerated [UTC]', '3/2/2026, 8:15:09 AM');
  expect(open.isDayFirst).toBe(false);
  expect(open.warnings).toEqual([expect.stringContaining('month/day/year')]);
  expect(timesOf('TimeGenerated [UTC]', '3/2/2026, 8:15:09 AM', '3/25/2026, 8:15:09 AM')).toEqual({
    isDayFirst: false,
    warnings: [],
  });
  expect(timesOf('TimeGenerated [UTC]', '3/2/2026, 08:15:09', '25/2/2026, 08:15:09')).toEqual({
    isDayFirst: true,
    warnings: [],
  });
});

test('a time without a zone is said to be read as UTC', () => {
  expect(timesOf('TimeGenerated [Local Time]', '2026-03-02T08:15:09').warnings).toEqual([
    'TimeGenerated [Local Time] is read as UTC: the file does not name its time zone',
  ]);
  expect(timesOf('@timestamp', 'Mar 2, 2026 @ 08:15:09.000').warnings).toEqual([
    expect.stringContaining('time zone of whoever exports'),
  ]);
});

test('only times are turned round', () => {
  const dayFirst = timesOf('TimeGenerated', '25/2/2026, 08:15:09');
  expect(timeCell(dayFirst, 'user', 'c0')).toBe('c0');
  expect(timeCell(dayFirst, 'timeGenerated', 'c1')).toContain('regexp_replace(c1');
});
