import { expect, test } from 'vitest';
import { afterEach } from 'vitest';
import { formatShort, formatSpan, formatTime } from './format-time';
import { zoneStore } from './time-zone/zone';

afterEach(() => void zoneStore.choose('UTC'));

const t = (iso: string): number => Date.parse(iso);

test('a time is written in UTC and says so', () => {
  expect(formatTime(t('2026-03-02T09:10:03Z'))).toBe('2 Mar 2026 09:10:03 UTC');
  expect(formatShort(t('2026-12-31T23:59:59.007Z'))).toBe('31 Dec 2026 23:59:59.007');
});

test('a span names its day once', () => {
  expect(formatSpan(t('2026-03-02T09:10:03Z'), t('2026-03-02T09:52:13Z'))).toBe('2 Mar 2026 09:10:03 to 09:52:13 UTC');
  expect(formatSpan(t('2026-03-02T23:10:00Z'), t('2026-03-03T00:05:00Z'))).toBe(
    '2 Mar 2026 23:10:00 to 3 Mar 2026 00:05:00 UTC',
  );
});

test('in another zone every time has its distance from UTC, once in a span where it is the same', () => {
  expect(zoneStore.choose('Europe/Berlin')).toBe(true);
  expect(formatTime(t('2026-03-02T23:10:03Z'))).toBe('3 Mar 2026 00:10:03 UTC+01:00');
  expect(formatShort(t('2026-07-02T09:10:03Z'))).toBe('2 Jul 2026 11:10:03 +02:00');
  expect(formatSpan(t('2026-03-02T09:10:03Z'), t('2026-03-02T09:52:13Z'))).toBe(
    '2 Mar 2026 10:10:03 to 10:52:13 UTC+01:00',
  );
  expect(formatSpan(t('2026-03-29T00:30:00Z'), t('2026-03-29T01:30:00Z'))).toBe(
    '29 Mar 2026 01:30:00 UTC+01:00 to 03:30:00 UTC+02:00',
  );
  expect(zoneStore.choose('Mars/Olympus')).toBe(false);
  expect(formatTime(t('2026-03-02T09:10:03Z'))).toBe('2 Mar 2026 10:10:03 UTC+01:00');
});
