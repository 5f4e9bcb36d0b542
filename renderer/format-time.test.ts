import { expect, test } from 'vitest';
import { formatSpan, formatTime, formatUtc } from './format-time';

const t = (iso: string): number => Date.parse(iso);

test('a time is written in UTC and says so', () => {
  expect(formatTime(t('2026-03-02T09:10:03Z'))).toBe('2 Mar 2026 09:10:03 UTC');
  expect(formatUtc(t('2026-12-31T23:59:59.007Z'))).toBe('31 Dec 2026 23:59:59.007');
});

test('a span names its day once', () => {
  expect(formatSpan(t('2026-03-02T09:10:03Z'), t('2026-03-02T09:52:13Z'))).toBe('2 Mar 2026 09:10:03 to 09:52:13 UTC');
  expect(formatSpan(t('2026-03-02T23:10:00Z'), t('2026-03-03T00:05:00Z'))).toBe(
    '2 Mar 2026 23:10:00 to 3 Mar 2026 00:05:00 UTC',
  );
});
