import * as v from 'valibot';

/** A zone by its IANA name, or by its distance from UTC in ms (positive east of Greenwich). */
export type TimeZone = { name: string } | { offsetMs: number };

const OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?$/iu;
const MINUTE = 60_000;

/** Reads `Europe/Berlin`, `UTC`, `+02:00`, `UTC+2` or `-0530`. Undefined when there is no such zone. */
export function parseTimeZone(text: string): TimeZone | undefined {
  const bare = text.trim();
  if (/^(?:UTC|GMT|Z)$/iu.test(bare)) return { offsetMs: 0 };
  const [, sign, hours, minutes = '0'] = OFFSET.exec(bare) ?? [];
  if (sign !== undefined) {
    const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE;
    return offset > 14 * 60 * MINUTE ? undefined : { offsetMs: sign === '-' ? -offset : offset };
  }
  try {
    return { name: new Intl.DateTimeFormat('en', { timeZone: bare }).resolvedOptions().timeZone };
  } catch {
    return undefined;
  }
}

/** As people write it: `Europe/Berlin`, `UTC`, `UTC+02:00`. */
export function formatTimeZone(zone: TimeZone): string {
  if ('name' in zone) return zone.name;
  if (zone.offsetMs === 0) return 'UTC';
  const minutes = Math.abs(zone.offsetMs) / MINUTE;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `UTC${zone.offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A zone as text. */
export const ZoneText = v.pipe(
  v.string(),
  v.maxLength(60),
  v.check((text) => parseTimeZone(text) !== undefined, 'no time zone'),
);
