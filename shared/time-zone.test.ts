import { expect, test } from 'vitest';
import { formatTimeZone, parseTimeZone } from './time-zone';

test.each([
  ['UTC', 'UTC'],
  ['z', 'UTC'],
  ['europe/berlin', 'Europe/Berlin'],
  ['+02:00', 'UTC+02:00'],
  ['UTC+2', 'UTC+02:00'],
  ['-0530', 'UTC-05:30'],
])('%s is the zone %s', (text, written) => {
  const zone = parseTimeZone(text);
  expect(zone && formatTimeZone(zone)).toBe(written);
});

test.each(['', 'Berlin', '+25:00', '+02:75', "Europe/Berlin'; drop table record"])('%j is no zone', (text) => {
  expect(parseTimeZone(text)).toBeUndefined();
});
