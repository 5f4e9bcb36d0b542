import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VERDICTS } from '../../shared/decisions';
import type { FindingState } from '../../shared/decisions';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Finding, Overlap } from '../../shared/domain';
import type { FindingsFilter } from '../../shared/findings-filter';
import { ipBlockOf } from '../../shared/ip-block';
import type { Database } from '../db';
import { Decisions } from '../decisions/decisions';
import { detect } from '../detect/detect';
import { parseTimeZone } from '../../shared/time-zone';
import { offsetAt } from '../../shared/zone-offset';
import { emptyDatabase, makeEvents } from '../detect/made-events';
import { findingsPage } from './findings';
import { overlapsPage } from './overlaps';

const HOUR = 3_600_000;
const DAY = Date.parse('2026-03-02T00:00:00Z');
const IPS = ['10.0.0.1', '10.0.0.9', '9.9.9.9', '2001:db8::1', '2001:db8:0:1::1', '1:0:2:3:4:5:6:7', '::1'];
const TAGS = ['vpn', "o'hara"];
const all = { offset: 0, limit: 1000 };

let database: Database;
let findings: Finding[];
let overlaps: Overlap[];
const decisions = new Decisions();
beforeAll(async () => {
  database = await emptyDatabase();
  await makeEvents(
    database,
    Array.from({ length: 40 }, (_, user) =>
      [0, 1, 2].map((visit) => ({
        time: DAY + (user % 9) * HOUR + visit * 40 * 60_000 + (user % 4) * 13 * HOUR,
        start: DAY + (user % 9) * HOUR,
        action: 'close' as const,
        user: `user${user}@example.com`,
        ip: IPS[(user * 3 + visit * (1 + (user % 2))) % IPS.length] ?? '',
        session: `s${user}-${visit}`,
        country: user % 5 === 0 ? null : (['DE', 'US', 'BR'][(user + visit) % 3] ?? null),
      })),
    ).flat(),
  );
  await detect(database, DEFAULT_PARAMETERS);
  findings = (await findingsPage(database, all)).rows;
  overlaps = (await overlapsPage(database, all)).rows;
  decisions.set(findings.filter((_, at) => at % 3 > 0).map(decided), true);
  await decisions.in(database);
});
afterAll(() => database.close());

function decided({ id }: Finding, at: number): FindingState {
  return {
    finding: id,
    status: at % 2 === 0 ? 'closed' : 'in progress',
    verdict: at % 2 === 0 ? (VERDICTS[at % VERDICTS.length] ?? null) : null,
    assignee: at % 4 === 0 ? 'Zoë' : null,
    tags: TAGS.filter((_, tag) => at % (tag + 2) === 0),
    notes: at % 4 > 1 ? [{ id: 'n', text: 'a note', author: 'ann', ts: DAY }] : [],
    changedAt: DAY,
    changedBy: 'ann',
  };
}

test('the text is found in tags too, ignoring case', async () => {
  for (const tag of TAGS) {
    const { rows } = await findingsPage(database, { ...all, filter: { text: tag.toUpperCase() } });
    const expected = findings.filter(({ id }) => decisions.of(id)?.tags.includes(tag));
    expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(rows.length).toBeGreaterThan(0);
  }
});

const some = <T>(...entries: T[]) => fc.option(fc.subarray(entries, { minLength: 1 }), { nil: undefined, freq: 2 });
const moment = fc.option(fc.integer({ min: 0, max: 60 }).map((half) => DAY + (half * HOUR) / 2));
const length = fc.option(fc.constantFrom(0, 0.001, 2400, 2400.001, 4800, 1e9));
const filters = fc.record({
  status: some('new', 'in progress', 'closed'),
  verdict: some('', ...VERDICTS),
  tags: some('', ...TAGS),
  assignee: some('', 'Zoë', 'nobody known'),
  notes: some<'' | 'with notes'>('', 'with notes'),
  countries: some('', 'DE', 'US', 'BR'),
  ips: some(...IPS),
  ipBlocks: some(...new Set(IPS.map(ipBlockOf))),
  time: fc.option(fc.record({ from: moment, to: moment }), { nil: undefined }),
  lengthSeconds: fc.option(fc.record({ min: length, max: length }), { nil: undefined }),
  hours: some(0, 1, 5, 13, 23),
  hoursIn: fc.constantFrom(undefined, 'Asia/Kolkata', '-03:30', 'Europe/Berlin'),
});

/** The words of shared/findings-filter.ts, read one by one. */
function passes(finding: Finding, filter: Partial<FindingsFilter>): boolean {
  const state = decisions.of(finding.id);
  const one = <T>(wanted: readonly T[] | undefined, has: T): boolean => wanted === undefined || wanted.includes(has);
  const any = (wanted: readonly string[] | undefined, has: readonly string[]): boolean =>
    wanted === undefined || (has.length === 0 ? wanted.includes('') : has.some((entry) => wanted.includes(entry)));
  return (
    one(filter.status, state?.status ?? 'new') &&
    one(filter.verdict, state?.verdict ?? '') &&
    one(filter.assignee, state?.assignee ?? '') &&
    any(filter.tags, state?.tags ?? []) &&
    one(filter.notes, state?.notes.length ? 'with notes' : '') &&
    any(filter.countries, finding.countries) &&
    overlaps.some((overlap) => overlap.user === finding.user && meets(overlap, filter))
  );
}

function meets(overlap: Overlap, filter: Partial<FindingsFilter>): boolean {
  const { ips, ipBlocks, time, lengthSeconds, hours, hoursIn = 'UTC' } = filter;
  const both = [overlap.SrcIpAddr, overlap.PreviousSrcIpAddr];
  const { overlapStart: lo, overlapEnd: hi } = overlap;
  const last = Math.max(lo, hi - 1);
  const during = new Set<number>();
  const shift = offsetAt(parseTimeZone(hoursIn)!, lo);
  for (let hour = Math.floor((lo + shift) / HOUR); hour <= Math.floor((last + shift) / HOUR); hour++)
    during.add(hour % 24);
  const seconds = (hi - lo) / 1000;
  return (
    (!ips || both.some((ip) => ips.includes(ip))) &&
    (!ipBlocks || both.some((ip) => ipBlocks.includes(ipBlockOf(ip)))) &&
    (!time || ((time.to === null || lo < time.to) && (time.from === null || last >= time.from))) &&
    (!lengthSeconds ||
      ((lengthSeconds.min === null || seconds >= lengthSeconds.min) &&
        (lengthSeconds.max === null || seconds < lengthSeconds.max))) &&
    (!hours || hours.some((hour) => during.has(hour)))
  );
}

test('the SQL lets through what the words of the filter say', { timeout: 120_000 }, async () => {
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(filters, async (made) => {
      const entries = Object.entries(made).filter(([, value]) => value !== undefined);
      const filter: Partial<FindingsFilter> = Object.fromEntries(entries);
      const page = await findingsPage(database, { ...all, filter });
      expect(page.rows.map(({ id }) => id)).toEqual(
        findings.filter((each) => passes(each, filter)).map(({ id }) => id),
      );
      shown += page.total;
    }),
    { numRuns: 300 },
  );
  expect(shown).toBeGreaterThan(200); // or the filters let too little through to prove anything
});

test('findings named one by one; a decision that is taken back is forgotten', async () => {
  const [first, second] = findings;
  const ids = [first!.id, second!.id, 'no such finding'];
  expect((await findingsPage(database, { ...all, filter: { ids } })).total).toBe(2);
  expect((await findingsPage(database, { ...all, filter: { ids: [] } })).total).toBe(0);
  const before = await findingsPage(database, { ...all, filter: { ids, status: ['new'] }, edition: 1 });
  decisions.set([decided(first!, 0), decided(second!, 0)], true);
  await decisions.in(database);
  const same = await findingsPage(database, { ...all, filter: { ids, status: ['new'] }, edition: 1 });
  expect(same.total).toBe(before.total);
  expect((await findingsPage(database, { ...all, filter: { ids, status: ['new'] }, edition: 2 })).total).toBe(0);
  expect((await findingsPage(database, { ...all, filter: { status: ['closed'] }, edition: 2 })).total).toBe(2);
});

test('sorted by tags, assignee and notes, both ways', async () => {
  decisions.set(findings.filter((_, at) => at % 3 > 0).map(decided), true);
  await decisions.in(database);
  const keys = {
    tags: (id: string) => decisions.of(id)?.tags.join('\n') ?? '',
    assignee: (id: string) => decisions.of(id)?.assignee ?? '',
    notes: (id: string) => String(decisions.of(id)?.notes.length ?? 0),
  };
  for (const by of ['tags', 'assignee', 'notes'] as const) {
    for (const descending of [false, true]) {
      const { rows } = await findingsPage(database, { ...all, sort: { by, descending }, edition: 3 });
      const sorted = rows.map(({ id }) => keys[by](id));
      expect(new Set(sorted).size).toBeGreaterThan(1);
      expect(sorted).toEqual(descending ? sorted.toSorted().toReversed() : sorted.toSorted());
    }
  }
});
