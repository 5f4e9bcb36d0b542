import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VERDICTS } from '../../shared/decisions';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { FACETS, LENGTH_BOUNDS } from '../../shared/facets';
import type { FindingsFilter } from '../../shared/findings-filter';
import { ipBlockOf } from '../../shared/ip-block';
import type { Database } from '../db';
import { Decisions } from '../decisions/decisions';
import { detect } from '../detect/detect';
import { emptyDatabase, makeEvents } from '../detect/made-events';
import { findingsFacets, overviewOf } from './facets';
import { findingsPage } from './findings';

const HOUR = 3_600_000;
const DAY = Date.parse('2026-03-02T00:00:00Z');
const IPS = ['10.0.0.1', '10.0.0.9', '9.9.9.9', '2001:db8::1', '2001:db8:0:1::1', '::1'];
const COUNTRIES = ['DE', 'US', 'BR'];
const TOP = Object.fromEntries(FACETS.map((facet) => [facet, 1000]));

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase();
  await makeEvents(
    database,
    Array.from({ length: 30 }, (_, user) =>
      [0, 1, 2].map((visit) => ({
        time: DAY + (user % 9) * HOUR + visit * 40 * 60_000,
        start: DAY + (user % 9) * HOUR,
        action: 'close' as const,
        user: `user${user}@example.com`,
        ip: IPS[(user * 5 + visit * (1 + (user % 2))) % IPS.length] ?? '',
        session: `s${user}-${visit}`,
        country: user % 5 === 0 ? null : (COUNTRIES[(user + visit * (user % 2)) % 3] ?? null),
      })),
    ).flat(),
  );
  await detect(database, DEFAULT_PARAMETERS);
  const { rows } = await findingsPage(database, { offset: 0, limit: 1000 });
  const decisions = new Decisions();
  decisions.set(
    rows
      .filter((_, at) => at % 3 > 0)
      .map(({ id }, at) => ({
        finding: id,
        status: at % 2 === 0 ? 'closed' : 'in progress',
        verdict: at % 2 === 0 ? (VERDICTS[at % VERDICTS.length] ?? null) : null,
        assignee: at % 4 === 0 ? 'Zoë' : null,
        tags: ['vpn', "o'hara"].filter((_tag, tag) => at % (tag + 2) === 0),
        notes: at % 4 > 1 ? [{ id: 'n', text: 'a note', author: 'ann', ts: DAY }] : [],
        changedAt: DAY,
        changedBy: 'ann',
      })),
    true,
  );
  await decisions.in(database);
});
afterAll(() => database.close());

const some = <T>(...entries: T[]) => fc.option(fc.subarray(entries, { minLength: 1 }), { nil: undefined, freq: 2 });
const filters = fc
  .record({
    text: fc.constantFrom(undefined, undefined, 'user1', '9.9.9.9'),
    status: some('new', 'in progress', 'closed'),
    verdict: some('', ...VERDICTS),
    tags: some('', 'vpn', "o'hara"),
    notes: some<'' | 'with notes'>('', 'with notes'),
    countries: some('', ...COUNTRIES),
    ipBlocks: some(...new Set(IPS.map(ipBlockOf))),
    lengthSeconds: fc.constantFrom(undefined, { min: 2400, max: null }, { min: null, max: 2400.001 }),
    hours: some(0, 1, 5),
  })
  .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)))
  .map((made): Partial<FindingsFilter> => made);

const totalOf = async (filter: Partial<FindingsFilter>): Promise<number> =>
  (await findingsPage(database, { offset: 0, limit: 1, filter })).total;

test('a count is of the findings that remain when that value alone is chosen', { timeout: 120_000 }, async () => {
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(filters, fc.constantFrom(...FACETS), async (filter, facet) => {
      const counts = (await findingsFacets(database, { filter, top: { [facet]: 1000 } }))[facet];
      expect(counts?.more).toBe(0);
      const { [facet]: _, ...others } = filter;
      const values = counts?.values ?? [];
      for (const { value, findings } of values) {
        // the values come from the engine, which has written what the filter takes
        expect(await totalOf({ ...others, [facet]: [value] } as Partial<FindingsFilter>)).toBe(findings);
        counted += findings;
      }
      // and no value is missing: all of them together let through what no condition does
      const all = { ...others, [facet]: values.map(({ value }) => value) } as Partial<FindingsFilter>;
      expect(values.length === 0 ? 0 : await totalOf(all)).toBe(await totalOf(others));
    }),
    { numRuns: 60 },
  );
  expect(counted).toBeGreaterThan(200); // or the filters let too little through to prove anything
});

test('the most frequent come first, the chosen ones are always there, the rest is counted', async () => {
  const all = await findingsFacets(database, { top: TOP });
  expect(all.countries?.values.map(({ value }) => value).toSorted()).toEqual(['', 'BR', 'DE', 'US']);
  const ranked = all.ipBlocks?.values ?? [];
  expect(ranked.map(({ findings }) => findings)).toEqual(
    ranked.map(({ findings }) => findings).toSorted((a, b) => b - a),
  );
  const last = ranked.at(-1)!;
  const few = await findingsFacets(database, { filter: { ipBlocks: [last.value] }, top: { ipBlocks: 2 } });
  expect(few).toEqual({ ipBlocks: { values: [...ranked.slice(0, 2), last], more: ranked.length - 3 } });
});

test('a mark of the overview counts the findings that remain when it is chosen', { timeout: 120_000 }, async () => {
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(filters, fc.constantFrom('UTC', 'Asia/Kolkata', '-03:30'), async (filter, timeZone) => {
      const { lengths, ips, hours } = await overviewOf(database, { filter, timeZone });
      const { lengthSeconds: _length, ...anyLength } = filter;
      for (const [at, { findings, overlaps }] of lengths.entries()) {
        const range = { min: LENGTH_BOUNDS[at]!, max: LENGTH_BOUNDS[at + 1] ?? null };
        expect(await totalOf({ ...anyLength, lengthSeconds: range })).toBe(findings);
        expect(overlaps).toBeGreaterThanOrEqual(findings);
      }
      for (const { value, findings } of ips.values) {
        expect(await totalOf({ ...filter, ips: [value] })).toBe(findings);
        counted += findings;
      }
      const { hours: _hours, ...anyHour } = filter;
      for (let hour = 0; hour < 24; hour++) {
        const found = hours.values.find(({ value }) => value === String(hour))?.findings ?? 0;
        expect(await totalOf({ ...anyHour, hours: [hour], hoursIn: timeZone })).toBe(found);
      }
    }),
    { numRuns: 20 },
  );
  expect(counted).toBeGreaterThan(20);
});
