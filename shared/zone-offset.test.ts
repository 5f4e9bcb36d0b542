import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTimeZone } from './time-zone';
import type { TimeZone } from './time-zone';
import { formatOffset, isoTimeIn, offsetAt, offsetsIn, timeAtClock } from './zone-offset';

const zoneOf = (text: string): TimeZone => parseTimeZone(text)!;
const at = (text: string): number => Date.parse(text);

test.each([
  ['UTC', '2026-03-02T08:15:03.120Z', '2026-03-02T08:15:03.120Z'],
  ['Europe/Berlin', '2026-03-02T08:15:03.120Z', '2026-03-02T09:15:03.120+01:00'],
  ['Europe/Berlin', '2026-07-02T23:15:03.000Z', '2026-07-03T01:15:03.000+02:00'],
  ['Asia/Kolkata', '2026-03-02T08:15:03.000Z', '2026-03-02T13:45:03.000+05:30'],
  ['America/St_Johns', '2026-01-01T00:00:00.000Z', '2025-12-31T20:30:00.000-03:30'],
  ['-05:30', '2026-01-01T00:00:00.000Z', '2025-12-31T18:30:00.000-05:30'],
])('in %s, %s is %s', (zone, utc, written) => {
  expect(isoTimeIn(zoneOf(zone), at(utc))).toBe(written);
});

const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  '+14:00',
);
const times = fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2037-12-31T00:00:00Z') });

test('what is written with its offset is read back as the same time', () => {
  fc.assert(
    fc.property(zones, times, (zone, time) => {
      expect(at(isoTimeIn(zoneOf(zone), time))).toBe(time);
      expect(formatOffset(offsetAt(zoneOf(zone), time))).toMatch(/^[+-]\d\d:\d\d$/);
    }),
  );
});

test('the clock of a time leads back to it, but for the hour that comes twice', () => {
  fc.assert(
    fc.property(zones, times, (name, time) => {
      const zone = zoneOf(name);
      const clock = time + offsetAt(zone, time);
      const back = timeAtClock(zone, clock);
      expect(back + offsetAt(zone, back)).toBe(clock);
      expect(back).toBeLessThanOrEqual(time);
      expect(time - back).toBeLessThanOrEqual(3_600_000);
    }),
  );
});

test('the changes of a year are found to the quarter', () => {
  const changes = offsetsIn(zoneOf('Europe/Berlin'), at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'));
  expect(changes.slice(1).map(({ from, offsetMs }) => [new Date(from).toISOString(), offsetMs])).toEqual([
    ['2026-03-29T01:00:00.000Z', 7_200_000],
    ['2026-10-25T01:00:00.000Z', 3_600_000],
  ]);
  fc.assert(
    fc.property(zones, times, fc.integer({ min: 0, max: 400 * 86_400_000 }), (name, from, length) => {
      const zone = zoneOf(name);
      const found = offsetsIn(zone, from, from + length);
      for (const share of [0, 0.3, 0.7, 1]) {
        const time = from + Math.floor(share * length);
        expect(found.findLast((each) => each.from <= time)?.offsetMs).toBe(offsetAt(zone, time));
      }
    }),
    { numRuns: 50 },
  );
});
