/** Times are epoch milliseconds (UTC) everywhere inside Doppel, and ISO 8601 UTC with milliseconds wherever they are written. */

/** `2026-03-02T08:15:03.120Z` */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** In a text for people that is the same in every shell, whatever zone they look in: `2026-03-02 08:15:03 UTC` */
export function utcWords(epochMs: number): string {
  return `${isoTime(epochMs).slice(0, -5).replace('T', ' ')} UTC`;
}

/** Reads an ISO 8601 time; a time without an offset is UTC. Returns undefined for anything else. */
export function parseIsoTime(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const [, day, clock = '00:00', offset = 'Z'] = match;
  const epochMs = Date.parse(`${day}T${clock}${offset.toUpperCase()}`);
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNIT_MS;

/** Reads a length of time such as `4h`, `90s` or `1h30m`, in ms. Returns undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(trimmed)) return undefined;
  let total = 0;
  for (const [, count, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(count) * UNIT_MS[unit as Unit]; // the pattern admits only these units
  }
  return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : undefined;
}

/** The shortest way that parseDuration reads back: `4h`, `90s` as `1m30s`, zero as `0s`. */
export function formatDuration(ms: number): string {
  let rest = ms;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const count = Math.floor(rest / UNIT_MS[unit]);
    rest -= count * UNIT_MS[unit];
    if (count > 0) text += `${count}${unit}`;
  }
  return text || '0s';
}

/** For people: `42 min 10 s`, `3 h 5 min`, `2 d 4 h`; the two largest units, `0 s` for nothing. */
export function spellDuration(ms: number): string {
  if (ms > 0 && ms < 1000) return `${ms} ms`;
  const words: Record<Exclude<Unit, 'ms'>, string> = { d: 'd', h: 'h', m: 'min', s: 's' };
  let rest = Math.floor(ms / 1000) * 1000;
  const parts: string[] = [];
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const count = Math.floor(rest / UNIT_MS[unit]);
    rest -= count * UNIT_MS[unit];
    if (count > 0) parts.push(`${count} ${words[unit]}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 s';
}
