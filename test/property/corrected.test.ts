/** The corrected rule as KQL finds what the intended SQL finds, on random logs; both run over the same records. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../engine/db';
import { detect } from '../../engine/detect/detect';
import { emptyDatabase, makeEvents } from '../../engine/detect/made-events';
import type { MadeEvent } from '../../engine/detect/made-events';
import recordText from '../../engine/ingest/record.sql?raw';
import { correctedKql } from '../../engine/rules/corrected';
import { runRule } from '../../engine/rules/run-rule';
import { sqlStep, sqlSteps } from '../../engine/sql';
import { ACTIONS } from '../../shared/domain';
import { isoTime } from '../../shared/time';
import { DAY, moment, parameters, PATIENCE_MS } from './random-logs';

const record = fc.record({
  time: moment,
  action: fc.constantFrom(...ACTIONS),
  ip: fc.constantFrom('10.0.0.1', '10.0.0.2', '9.9.9.9', '::1'),
  session: fc.constantFrom('s1', 's2', 's3', 's4', null),
  start: fc.option(moment, { freq: 5 }),
  end: fc.option(moment),
});
const worlds = fc.array(fc.array(record, { minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 8 });

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase(2);
  const types = ['record-class', 'action-type', 'action-spelling'].map((name) => sqlStep(sqlSteps(recordText), name));
  await database.use(undefined, async (connection) => {
    for (const type of types) await connection.run(type);
  });
});
afterAll(() => database.close());

test('overlaps of the KQL are those of the SQL', { timeout: PATIENCE_MS }, async () => {
  let overlaps = 0;
  await fc.assert(
    fc.asyncProperty(worlds, parameters, async (world, chosen) => {
      const events = world.flatMap((records, user) =>
        records.map((rest, index): MadeEvent => ({
          ...rest,
          user: index % 3 === 0 ? `U${user}@EXAMPLE.COM` : `u${user}@example.com`,
        })),
      );
      await makeEvents(database, events);
      await detect(database, chosen);
      const sql = await database.use(undefined, async (connection) => {
        await connection.run(`create or replace table record as
          select 'event'::record_class as class, null::action_spelling as written_action,
            * replace (action::record_action as action) from event order by id`);
        return connection.rows('select user_key, previous_ip, ip, lo, hi from overlap');
      });
      const { rows } = await runRule(database, {
        kql: correctedKql(chosen),
        at: DAY * 2,
        periodMs: null,
        variant: 'published',
        trace: 'none',
        limits: undefined,
      });
      overlaps += sql.length;
      const spelt = (ip: unknown): string => (ip === '0000:0000:0000:0000:0000:0000:0000:0001' ? '::1' : String(ip));
      const found = rows.map(([user, ip, previous, start, end]) => {
        const times = [start, end].map((time) => String(time).replace(/0000Z$/, 'Z'));
        return [String(user).toLowerCase(), spelt(previous), spelt(ip), ...times].join(' ');
      });
      const wanted = sql.map(([user, previous, ip, lo, hi]) =>
        [user, previous, ip, isoTime(Number(lo)), isoTime(Number(hi))].join(' '),
      );
      expect(found.toSorted()).toEqual(wanted.toSorted());
    }),
    { numRuns: 150 },
  );
  expect(overlaps).toBeGreaterThan(100);
});
