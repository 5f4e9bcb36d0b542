/**
 * The intended rule once more, written straight from docs/detection.md: plain loops, quadratic, no code shared with
 * the SQL. The property test holds the SQL against it.
 */
import { createHash } from 'node:crypto';
import { RULE } from '../../shared/domain';
import type { Ending, Parameters, Starting } from '../../shared/domain';
import type { MadeEvent } from '../../engine/detect/made-events';

export interface Stretch {
  user: string;
  session: string | null;
  ip: string;
  lo: number;
  hi: number;
  seen: number;
  starting: Starting;
  ending: Ending;
  records: number;
}
interface Stay {
  user: string;
  ip: string;
  lo: number;
  hi: number;
}
export interface Pair {
  id: string;
  user: string;
  previousIp: string;
  ip: string;
  lo: number;
  hi: number;
}
export interface Flagged {
  id: string;
  user: string;
  name: string;
  distinctIps: number;
  maxConcurrentIps: number;
  overlapCount: number;
  overlapMs: number;
  firstOverlap: number;
  lastOverlap: number;
  countries: string[];
}
export interface Outcome {
  segments: Stretch[];
  orphanCloses: number;
  presence: Stay[];
  overlaps: Pair[];
  findings: Flagged[];
}

interface Evidence {
  ip: string;
  lo: number;
  hi: number;
  closes: boolean;
  weak: boolean;
  told: boolean;
}

export function reference(events: readonly MadeEvent[], parameters: Parameters, listed: number): Outcome {
  const outcome: Outcome = { segments: [], orphanCloses: 0, presence: [], overlaps: [], findings: [] };
  const newest = Math.max(...events.map((event) => event.time));
  for (const [user, records] of grouped(events, (event) => event.user.toLowerCase())) {
    const own: Stretch[] = [];
    for (const session of grouped(records, sessionKey).values()) {
      const { segments, orphans } = segmentsOf(user, session, parameters, newest);
      own.push(...segments);
      outcome.orphanCloses += orphans;
    }
    const presence = presenceOf(own, parameters);
    const overlaps = overlapsOf(presence, parameters.minOverlapMs);
    outcome.segments.push(...own);
    outcome.presence.push(...presence);
    outcome.overlaps.push(...overlaps.slice(0, listed));
    if (overlaps.length > 0) outcome.findings.push(findingOf(user, records, presence, overlaps));
  }
  return outcome;
}

function sessionKey(event: MadeEvent): string {
  return typeof event.session === 'string' ? `session ${event.session}` : `no session at ${event.ip}`;
}

function evidenceOf(event: MadeEvent): Evidence {
  const began = event.start ?? event.time;
  const ended = event.action === 'close' ? (event.end ?? event.time) : event.time;
  const closes = event.action === 'close';
  return {
    ip: event.ip,
    lo: Math.min(began, ended),
    hi: Math.max(began, ended),
    closes,
    weak: closes && typeof event.start !== 'number',
    told: typeof event.start === 'number',
  };
}

function segmentsOf(user: string, session: readonly MadeEvent[], parameters: Parameters, newest: number) {
  const evidence = session.map(evidenceOf).toSorted((a, b) => a.lo - b.lo || a.hi - b.hi || compare(a.ip, b.ip));
  const parts: Evidence[][] = [];
  let latest = -Infinity;
  evidence.forEach((item, index) => {
    const moved = item.ip !== evidence[index - 1]?.ip;
    if (moved || item.lo > latest + parameters.idleGapMs) parts.push([]);
    parts.at(-1)?.push(item);
    latest = Math.max(latest, item.hi);
  });
  const open = !evidence.some((item) => item.closes);
  if (open && parameters.openSessions === 'ignore') return { segments: [], orphans: 0 };
  const strong = parts.filter((part) => part.some((item) => !item.weak));
  const loOf = (part: Evidence[]): number => Math.min(...part.map((item) => item.lo));
  const hiOf = (part: Evidence[]): number => Math.max(...part.map((item) => item.hi));
  const handsOver = (part?: Evidence[], next?: Evidence[]): boolean => {
    if (!part || !next || part[0]?.ip === next[0]?.ip) return false;
    const between = loOf(next) - hiOf(part);
    return between >= 0 && between <= parameters.idleGapMs;
  };
  const segments = strong.map((part, index): Stretch => {
    const lasts = open && parameters.openSessions === 'log-end' && part === parts.at(-1);
    const lo = loOf(part);
    const hi = hiOf(part);
    const closed = part.some((item) => item.closes);
    return {
      user,
      session: session[0]?.session ?? null,
      ip: part[0]?.ip ?? '',
      lo,
      hi: lasts ? Math.max(hi, newest) : hi,
      seen: hi,
      starting: handsOver(strong[index - 1], part)
        ? 'handed-over'
        : part.some((item) => item.lo === lo && item.told)
          ? 'told'
          : 'first-seen',
      ending: closed ? 'closed' : lasts ? 'log-end' : handsOver(part, strong[index + 1]) ? 'handed-over' : 'last-seen',
      records: part.length,
    };
  });
  return { segments, orphans: parts.length - strong.length };
}

function presenceOf(segments: readonly Stretch[], { fromMs, toMs }: Parameters): Stay[] {
  const united: Stay[] = segments.map(({ user, ip, lo, hi }) => ({ user, ip, lo, hi }));
  // merge any two of one IP that overlap or touch, until there are none
  for (let merged = true; merged;) {
    merged = false;
    for (let i = 0; i < united.length && !merged; i++) {
      for (let j = i + 1; j < united.length && !merged; j++) {
        const [a, b] = [united[i], united[j]];
        if (!a || !b || a.ip !== b.ip || a.lo > b.hi || b.lo > a.hi) continue;
        united.splice(j, 1);
        united[i] = { ...a, lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) };
        merged = true;
      }
    }
  }
  const from = fromMs ?? -Infinity;
  const to = toMs ?? Infinity;
  return united.flatMap((stay) => {
    if (stay.lo === stay.hi) return from <= stay.lo && stay.lo < to ? [stay] : [];
    const cut = { ...stay, lo: Math.max(stay.lo, from), hi: Math.min(stay.hi, to) };
    return cut.lo < cut.hi ? [cut] : [];
  });
}

function overlapsOf(presence: readonly Stay[], minOverlapMs: number): Pair[] {
  const pairs: Pair[] = [];
  for (const a of presence) {
    for (const b of presence) {
      const first = a.lo < b.lo || (a.lo === b.lo && compare(a.ip, b.ip) < 0);
      if (!first || a.ip === b.ip || !(a.lo < b.hi && b.lo < a.hi)) continue;
      const lo = Math.max(a.lo, b.lo);
      const hi = Math.min(a.hi, b.hi);
      if (hi - lo < minOverlapMs) continue;
      const id = hash([a.user, a.ip, b.ip, lo]);
      pairs.push({ id, user: a.user, previousIp: a.ip, ip: b.ip, lo, hi });
    }
  }
  // earliest first; at one instant points come first, then by the later IP
  const isPoint = (pair: Pair): number => Number(pair.lo === pair.hi);
  return pairs.toSorted(
    (a, b) => a.lo - b.lo || isPoint(b) - isPoint(a) || compare(a.ip, b.ip) || compare(a.previousIp, b.previousIp),
  );
}

function findingOf(user: string, records: readonly MadeEvent[], presence: Stay[], overlaps: Pair[]): Flagged {
  const earliest = records.toSorted((a, b) => a.time - b.time || compare(a.user, b.user))[0];
  const countries = records.flatMap((event) => event.country ?? []);
  return {
    id: hash([RULE.id, user]),
    user,
    name: earliest?.user ?? '',
    distinctIps: new Set(presence.map((stay) => stay.ip)).size,
    maxConcurrentIps: mostAtOnce(presence),
    overlapCount: overlaps.length,
    overlapMs: lengthOfUnion(overlaps),
    firstOverlap: Math.min(...overlaps.map((pair) => pair.lo)),
    lastOverlap: Math.max(...overlaps.map((pair) => pair.hi)),
    countries: [...new Set(countries)].toSorted(compare),
  };
}

/** Looks between any two neighbouring borders, and at every point by itself. */
function mostAtOnce(presence: readonly Stay[]): number {
  const borders = bordersOf(presence);
  const between = borders.map((border, index) => {
    const next = borders[index + 1];
    return next === undefined ? 0 : presence.filter((stay) => stay.lo <= border && stay.hi >= next).length;
  });
  const points = presence
    .filter((stay) => stay.lo === stay.hi)
    .map((point) => 1 + presence.filter((stay) => stay.lo < point.lo && point.lo < stay.hi).length);
  return Math.max(...between, ...points);
}

function lengthOfUnion(intervals: readonly { lo: number; hi: number }[]): number {
  const borders = bordersOf(intervals);
  let length = 0;
  borders.forEach((border, index) => {
    const next = borders[index + 1];
    if (next !== undefined && intervals.some(({ lo, hi }) => lo <= border && hi >= next)) length += next - border;
  });
  return length;
}

function bordersOf(intervals: readonly { lo: number; hi: number }[]): number[] {
  return [...new Set(intervals.flatMap(({ lo, hi }) => [lo, hi]))].toSorted((a, b) => a - b);
}

function hash(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    groups.set(keyOf(item), [...group, item]);
  }
  return groups;
}
