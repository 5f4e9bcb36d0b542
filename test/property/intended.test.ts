import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../engine/db';
import { detect } from '../../engine/detect/detect';
import { emptyDatabase, makeEvents } from '../../engine/detect/made-events';
import type { MadeEvent } from '../../engine/detect/made-events';
import { ACTIONS } from '../../shared/domain';
import type { Parameters } from '../../shared/domain';
import { moment, parameters, PATIENCE_MS } from './random-logs';
import { reference } from './reference';

const record = fc.record({
  time: moment,
  action: fc.constantFrom(...ACTIONS),
  ip: fc.constantFrom('10.0.0.1', '10.0.0.2', '9.9.9.9', '::1'),
  session: fc.constantFrom('s1', 's2', 's3', 's4', 's5', null),
  start: fc.option(moment, { freq: 5 }),
  end: fc.option(moment),
  country: fc.constantFrom('DE', 'US', null),
  shout: fc.boolean(),
});
/** Each inner list is the log of one user: many small worlds in one detection. */
const worlds = fc.array(fc.array(record, { minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 12 });
const listed = fc.constantFrom(100_000, 100_000, 1, 2, 3, 4);

let databases: Database[];
beforeAll(async () => {
  databases = [await emptyDatabase(1), await emptyDatabase(2)];
});
afterAll(() => databases.forEach((database) => database.close()));

test('the SQL finds what the reference finds, on one thread and on two', { timeout: PATIENCE_MS }, async () => {
  let overlaps = 0;
  await fc.assert(
    fc.asyncProperty(worlds, parameters, listed, fc.nat(1), async (world, chosen, listedPerUser, which) => {
      const events = world.flatMap((records, user) =>
        records.map(({ shout, ...rest }): MadeEvent => {
          const name = `user${user}@example.com`;
          return { ...rest, user: shout ? name.toUpperCase() : name };
        }),
      );
      const expected = reference(events, chosen, listedPerUser);
      const found = await outcome(databases[which]!, events, chosen, listedPerUser);
      expect(found).toEqual(sorted(expected));
      overlaps += expected.overlaps.length;
    }),
    { numRuns: 300 },
  );
  expect(overlaps).toBeGreaterThan(500); // there was something to find: of 30 samples, 1,057 to 1,701
});

test('the order of the records does not matter', { timeout: PATIENCE_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(worlds, parameters, fc.infiniteStream(fc.nat()), async (world, chosen, random) => {
      const events = world.flatMap((records, user) =>
        records.map(({ shout, ...rest }): MadeEvent => ({ ...rest, user: shout ? `U${user}` : `u${user}` })),
      );
      const shuffled = events
        .map((event) => ({ event, key: random.next().value ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ event }) => event);
      const once = await outcome(databases[0]!, events, chosen, 100);
      const again = await outcome(databases[1]!, shuffled, chosen, 100);
      expect(again).toEqual(once);
    }),
    { numRuns: 50 },
  );
});

async function outcome(database: Database, events: readonly MadeEvent[], chosen: Parameters, listedPerUser: number) {
  await makeEvents(database, events);
  const summary = await detect(database, chosen, { listedPerUser });
  return database.use(undefined, async (connection) => {
    const found = {
      segments: await connection.rows(
        'select user_key, session_id, ip, lo, hi, seen, starting, ending, records from segment',
      ),
      orphanCloses: summary.orphanCloses,
      presence: await connection.rows('select user_key, ip, lo, hi from presence'),
      overlaps: await connection.rows('select id, user_key, previous_ip, ip, lo, hi from overlap'),
      findings: await connection.rows(`
        select id, user_key, user_name, distinct_ips, max_concurrent_ips, overlap_count, overlap_ms, first_overlap,
          last_overlap, countries
        from finding`),
    };
    expect(summary).toMatchObject({
      users: new Set(events.map((event) => event.user.toLowerCase())).size,
      segments: found.segments.length,
      findings: found.findings.length,
      overlaps: found.findings.reduce((sum, row) => sum + Number(row[5]), 0),
      cappedUsers: found.findings.filter((row) => Number(row[5]) > listedPerUser).length,
    });
    expect(summary.whyNone.length > 0).toBe(found.findings.length === 0);
    return sorted(found);
  });
}

/** Rows as texts, sorted: the two sides give rows in orders of their own. */
function sorted(
  outcome: Record<'segments' | 'presence' | 'overlaps' | 'findings', object[]> & { orphanCloses: number },
) {
  const lines = (rows: object[]): string[] => rows.map((row) => JSON.stringify(Object.values(row))).toSorted();
  return {
    segments: lines(outcome.segments),
    orphanCloses: outcome.orphanCloses,
    presence: lines(outcome.presence),
    overlaps: lines(outcome.overlaps),
    findings: lines(outcome.findings),
  };
}
