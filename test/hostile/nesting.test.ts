/** Promise 10: however deep a value is nested, it neither ends the process nor hides what follows it. */
import { afterAll, expect, test } from 'vitest';
import { MadeFiles } from '../../engine/ingest/made-log';
import { evidencePage } from '../../engine/lists/evidence';
import { arrayAround, expectWhole, good, linesAround, rejectsOf, SESSIONS, sessionsOf } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());

const LEVELS = 1_000_000;
const ARRAYS = '['.repeat(LEVELS) + ']'.repeat(LEVELS);
const OBJECTS = '{"a":'.repeat(LEVELS) + '1' + '}'.repeat(LEVELS);
const ALL = ['g1', 'g2', 'g3', 'x', 'g4', 'g5', 'g6'];

test.each([
  ['arrays', ARRAYS],
  ['objects', OBJECTS],
])(
  'promise 10: a record with a million %s in one another is an event, and its text can be looked at',
  async (name, value) => {
    const deep = `${good('x').slice(0, -1)},"Other":${value}}`;
    for (const [kind, around] of [
      ['lines', linesAround],
      ['array', arrayAround],
    ] as const) {
      const log = await files.open([files.write(`${kind} of ${name}`, around(deep))]);
      expect(await sessionsOf(log)).toEqual(ALL);
      expectWhole(log.summary);
      const { rows } = await evidencePage(log, {
        of: { user: 'user1@example.test', session: 'x' },
        offset: 0,
        limit: 10,
      });
      expect(rows).toMatchObject([{ isCut: true, problem: null, line: 4 }]);
      // it goes to the page as it is
      expect(structuredClone(JSON.parse(JSON.stringify(rows)))).toEqual(rows);
    }
  },
);

test.each([
  ['arrays', '['.repeat(LEVELS)],
  ['objects', '{"a":'.repeat(LEVELS)],
  ['closing brackets', ']}'.repeat(LEVELS)],
])('promise 8: a line of a million %s costs itself', async (name, value) => {
  const log = await files.open([files.write(`broken ${name}`, linesAround(value))]);
  expect(await sessionsOf(log)).toEqual(SESSIONS);
  expect(await rejectsOf(log)).toEqual(['4 not-json']);
  expectWhole(log.summary);
});
