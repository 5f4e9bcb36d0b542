import { expect, test } from 'vitest';
import { formatDatetime, formatTimespan, parseDatetime, parseLiteral, parseTimespan, ticksOf } from './literals';

const now = ticksOf(Date.UTC(2026, 2, 2));

test.each([
  ['timespan(08:00:00)', '08:00:00'],
  ['time(1.02:03:04.5)', '1.02:03:04.5000000'],
  ['1.5h', '01:30:00'],
  ['-30m', '-00:30:00'],
  ['10tick', '00:00:00.0000010'],
  ['timespan(2)', '2.00:00:00'],
  ['100ns', undefined],
  ['timespan(null)', undefined],
])('the timespan %s', (literal, text) => {
  const ticks = parseTimespan(literal);
  expect(ticks === null ? undefined : formatTimespan(ticks)).toBe(text);
});

test.each([
  ['datetime(2026-03-04)', '2026-03-04T00:00:00.0000000Z'],
  ['datetime(2026-03-04 05:06:07.1234567)', '2026-03-04T05:06:07.1234567Z'],
  ['datetime("2026-03-04T05:06:07+01:00")', '2026-03-04T04:06:07.0000000Z'],
  ['datetime(3/4/2026 1:02:03 PM)', '2026-03-04T13:02:03.0000000Z'],
  ['datetime(2026, 3, 4)', '2026-03-04T00:00:00.0000000Z'],
  ['datetime(0001-01-01)', '0001-01-01T00:00:00.0000000Z'],
  ['datetime(2026-02-30)', undefined],
  ['datetime(null)', undefined],
])('the datetime %s', (literal, text) => {
  const ticks = parseDatetime(literal, now);
  expect(ticks === null ? undefined : formatDatetime(ticks)).toBe(text);
});

test('numbers and truth values', () => {
  expect(parseLiteral('long', '0x1F', now)).toBe(31n);
  expect(parseLiteral('long', '9223372036854775808', now)).toBeNull();
  expect(parseLiteral('int', 'int(2147483648)', now)).toBeNull();
  expect(parseLiteral('real', 'real(nan)', now)).toBeNaN();
  expect(parseLiteral('real', 'real(-inf)', now)).toBe(-Infinity);
  expect(parseLiteral('bool', 'bool(null)', now)).toBeNull();
  expect(parseLiteral('guid', 'guid(74BE27DE-1e4e-49d9-b579-fe0b331d3642)', now)).toBe(
    '74be27de-1e4e-49d9-b579-fe0b331d3642',
  );
});
