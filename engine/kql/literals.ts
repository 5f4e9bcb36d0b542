/**
 * The text of a literal, read exactly. The language service's own reading is not usable in its JavaScript build: for
 * timespan(08:00:00) it gives zero, datetimes lose what is below a second, real(nan) and 0x1F are zero.
 */
import type { LiteralValue, ScalarType } from './plan';

/** Kusto counts time in ticks of 100 ns; a datetime counts them from the year 1. */
export const TICKS = {
  microsecond: 10n,
  millisecond: 10_000n,
  second: 10_000_000n,
  minute: 600_000_000n,
  hour: 36_000_000_000n,
  day: 864_000_000_000n,
} as const;
const UNIX_EPOCH_TICKS = 621_355_968_000_000_000n;

/** Epoch milliseconds as ticks. */
export function ticksOf(epochMs: number): bigint {
  return BigInt(Math.trunc(epochMs)) * TICKS.millisecond + UNIX_EPOCH_TICKS;
}

const UNITS: readonly (readonly [RegExp, bigint])[] = [
  [/^d(ays?)?$/, TICKS.day],
  [/^h(rs?|ours?)?$/, TICKS.hour],
  [/^m(in|inutes?)?$/, TICKS.minute],
  [/^s(ec|econds?)?$/, TICKS.second],
  [/^(ms|milli(s|sec|seconds?)?)$/, TICKS.millisecond],
  [/^(us|micro(s|sec|seconds?)?)$/, TICKS.microsecond],
  [/^ticks?$/, 1n],
];

/** `timespan(x)` and its like: what stands between the brackets, without quotes. */
function inner(text: string): string {
  const match = /^[A-Za-z0-9]+\s*\(([\s\S]*)\)$/.exec(text.trim());
  return (match?.[1] ?? text).trim().replace(/^(['"])([\s\S]*)\1$/, '$2');
}
const isNull = (text: string): boolean => text === '' || text === 'null';

/** Ticks of a timespan literal such as `1.5h`, `timespan(08:00:00)` or `time(1.02:03:04.5)`; null for no value. */
export function parseTimespan(literal: string): bigint | null {
  const text = inner(literal);
  if (isNull(text)) return null;
  const counted = /^(-?)(\d+)(?:\.(\d+))?\s*([a-z]+)$/i.exec(text);
  if (counted) {
    const [, sign, whole = '0', fraction = '', unitName = ''] = counted;
    if (/^nano/i.test(unitName)) return BigInt(whole) / 100n;
    const unit = UNITS.find(([pattern]) => pattern.test(unitName.toLowerCase()))?.[1];
    if (unit === undefined) return null;
    const ticks = BigInt(whole) * unit + (BigInt(fraction || '0') * unit) / 10n ** BigInt(fraction.length);
    return sign ? -ticks : ticks;
  }
  const clock = /^(-?)(?:(\d+)\.)?(\d+):(\d+)(?::(\d+)(?:\.(\d{1,7})\d*)?)?$/.exec(text);
  if (clock) {
    const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = clock;
    const ticks =
      BigInt(days) * TICKS.day +
      BigInt(hours) * TICKS.hour +
      BigInt(minutes) * TICKS.minute +
      BigInt(seconds) * TICKS.second +
      BigInt(fraction.padEnd(7, '0'));
    return sign ? -ticks : ticks;
  }
  return /^-?\d+$/.test(text) ? BigInt(text) * TICKS.day : null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface Clock {
  hour?: string | undefined;
  minute?: string | undefined;
  second?: string | undefined;
  fraction?: string | undefined;
  offset?: string | undefined;
}
function datetimeTicks(year: number, month: number, day: number, clock: Clock = {}): bigint | null {
  const hour = Number(clock.hour ?? 0);
  const minute = Number(clock.minute ?? 0);
  const second = Number(clock.second ?? 0);
  if (year < 1 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  if (date.getUTCDate() !== day) return null;
  const fraction = BigInt((clock.fraction ?? '').slice(0, 7).padEnd(7, '0'));
  return ticksOf(date.getTime()) + fraction - offsetTicks(clock.offset);
}
function offsetTicks(offset: string | undefined): bigint {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(offset ?? '');
  if (!match) return 0n;
  const ticks = BigInt(match[2] ?? 0) * TICKS.hour + BigInt(match[3] ?? 0) * TICKS.minute;
  return match[1] === '-' ? -ticks : ticks;
}

const ISO =
  /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const AMERICAN = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?\s*(AM|PM)?)?$/i;
const MAIL =
  /^(?:[A-Za-z]{3},?\s+)?(\d{1,2})[ -]([A-Za-z]{3})[ -](\d{2,4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?(?:\s+GMT)?$/;
const PARTS = /^(\d{4}),\s*(\d{1,2}),\s*(\d{1,2})(?:,\s*(\d{1,2}),\s*(\d{1,2})(?:,\s*(\d{1,2}))?)?$/;

/** Ticks of a datetime literal; null for no value. `now` is the query's evaluation time. */
export function parseDatetime(literal: string, now: bigint): bigint | null {
  const text = inner(literal);
  if (isNull(text)) return null;
  if (text === 'now') return now;
  let match = ISO.exec(text);
  if (match) {
    const [, year, month, day = 1, hour, minute, second, fraction, offset] = match;
    return datetimeTicks(Number(year), Number(month), Number(day), { hour, minute, second, fraction, offset });
  }
  match = AMERICAN.exec(text);
  if (match) {
    const [, month, day, year, hour, minute, second, fraction, half] = match;
    const hour24 = half ? String((Number(hour) % 12) + (/pm/i.test(half) ? 12 : 0)) : hour;
    return datetimeTicks(Number(year), Number(month), Number(day), { hour: hour24, minute, second, fraction });
  }
  match = MAIL.exec(text);
  if (match) {
    const [, day, monthName = '', yearText = '', hour, minute, second] = match;
    const year = Number(yearText) < 100 ? 2000 + Number(yearText) : Number(yearText);
    return datetimeTicks(year, MONTHS.indexOf(monthName.toLowerCase()) + 1, Number(day), { hour, minute, second });
  }
  match = PARTS.exec(text);
  if (match) {
    const [, year, month, day, hour, minute, second] = match;
    return datetimeTicks(Number(year), Number(month), Number(day), { hour, minute, second });
  }
  match = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})$/.exec(text);
  return match ? datetimeTicks(Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)) : null;
}

/** A whole number, decimal or hexadecimal, as bigint; anything else that is a number as number; null for no value. */
export function parseNumber(literal: string): bigint | number | null {
  const text = inner(literal);
  if (isNull(text)) return null;
  if (/^[+-]?0x[0-9a-f]+$/i.test(text)) {
    const digits = BigInt(text.replace(/^[+-]/, ''));
    return text.startsWith('-') ? -digits : digits;
  }
  if (/^[+-]?\d+$/.test(text)) return BigInt(text);
  if (/^[+-]?inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const value = Number(text);
  return Number.isNaN(value) && !/^nan$/i.test(text) ? null : value;
}

const LONG_MAX = 2n ** 63n - 1n;
/** The value of a literal of that type from its source text. */
export function parseLiteral(type: ScalarType, text: string, now: bigint): LiteralValue {
  switch (type) {
    case 'int':
    case 'long': {
      const value = parseNumber(text);
      const whole = typeof value === 'number' ? (Number.isFinite(value) ? BigInt(Math.trunc(value)) : null) : value;
      const [least, greatest] = type === 'int' ? [-(2n ** 31n), 2n ** 31n - 1n] : [-LONG_MAX - 1n, LONG_MAX];
      return whole === null || whole < least || whole > greatest ? null : whole;
    }
    case 'real': {
      const value = parseNumber(text);
      return value === null ? null : Number(value);
    }
    case 'decimal': {
      const digits = inner(text);
      // a decimal is never nan or inf
      return /\d/.test(digits) && parseNumber(digits) !== null ? digits : null;
    }
    case 'bool': {
      const word = inner(text).toLowerCase();
      return word === 'true' || word === '1' ? true : word === 'false' || word === '0' ? false : null;
    }
    case 'datetime':
      return parseDatetime(text, now);
    case 'timespan':
      return parseTimespan(text);
    case 'guid': {
      const match = /[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}/i.exec(text);
      return match ? match[0].toLowerCase() : null;
    }
    case 'string':
    case 'dynamic':
      throw new Error(`a ${type} literal is read from its value, not its text`);
  }
}

/** `2026-03-02T08:15:03.1200000Z` */
export function formatDatetime(ticks: bigint): string {
  const sinceEpoch = ticks - UNIX_EPOCH_TICKS;
  const rest = ((sinceEpoch % TICKS.millisecond) + TICKS.millisecond) % TICKS.millisecond;
  const iso = new Date(Number((sinceEpoch - rest) / TICKS.millisecond)).toISOString();
  return `${iso.slice(0, -1)}${String(rest).padStart(4, '0')}Z`;
}

/** `1.02:03:04.5000000`, without the days and the fraction where these are zero. */
export function formatTimespan(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const two = (count: bigint): string => String(count).padStart(2, '0');
  const days = size / TICKS.day;
  const clock = [
    two((size % TICKS.day) / TICKS.hour),
    two((size % TICKS.hour) / TICKS.minute),
    two((size % TICKS.minute) / TICKS.second),
  ].join(':');
  const fraction = size % TICKS.second;
  return `${ticks < 0n ? '-' : ''}${days ? `${days}.` : ''}${clock}${fraction ? `.${String(fraction).padStart(7, '0')}` : ''}`;
}

/** A name of any characters as KQL writes it: `['a b']`. A log may name a property with a line break in it. */
export function quotedName(name: string): string {
  const escaped = name
    .replace(/['\\]/g, '\\$&')
    .replace(/[\p{Cc}\u2028\u2029]/gu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `['${escaped}']`;
}
