/** What fuzzing found (docs/reliability.md), each in its smallest form. */
import { afterAll, expect, test } from 'vitest';
import { MadeFiles } from '../../engine/ingest/made-log';
import { arrayAround, expectWhole, good, row, rejectsOf, rowsAround, SESSIONS, sessionsOf } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());

test('a CSV whose first line end is a carriage return inside quotes, with a broken row', async () => {
  const rows = rowsAround('no row').toString().replace(row('g1'), row('"g\r1"'));
  const [header = '', ...others] = rows.split('\n');
  const log = await files.open([
    files.write('a.csv', [header.replace('Username', '"Username\r"'), ...others].join('\n')),
  ]);
  expectWhole(log.summary);
  expect(await rejectsOf(log)).toEqual(['5 too-few-cells']);
  expect(await sessionsOf(log)).toEqual(['g\r1', ...SESSIONS.slice(1)]);
});

test.each([
  ['a bracket that stays open', good('bad', { Customer: ['x'] }).replace('"x"]', '"x",'), ['4 not-json']],
  ['brackets too many', good('bad', { Customer: ['x'] }).replace('["x"', '[[[["x"'), ['4 not-json']],
  ['a quote too many', good('bad').replace('"Customer"', '""Customer"'), ['4 not-json']],
])('%s in a JSON array costs its own record', async (_, bad, rejects) => {
  for (const text of [arrayAround(bad).toString(), arrayAround(bad).toString().replaceAll('\n', '')]) {
    const log = await files.open([files.write('a.json', text)]);
    expectWhole(log.summary);
    expect(await sessionsOf(log)).toEqual([...SESSIONS]);
    const onOneLine = text.includes('\n') ? rejects : rejects.map((reject) => reject.replace(/^\d+/u, '1'));
    expect(await rejectsOf(log)).toEqual(onOneLine);
  }
});

test('where brackets do not add up to the end of the file, it is incomplete, and the lines are named', async () => {
  const text = `[${good('g1')},\n{"x": [\n"${'y'.repeat(20)}",\n"z"\n`;
  const log = await files.open([files.write('open.json', text)]);
  expect(log.summary.inputs[0]).toMatchObject({ events: 1, rejected: 1, records: 2 });
  expect(log.summary.inputs[0]?.incomplete).toMatch(/^lines 2 to 5 could not all be read/u);
});

test('a user name that begins with a byte order mark is the name without it, in every format', async () => {
  const users = async (name: string, text: string): Promise<unknown> => {
    const log = await files.open([files.write(name, text)]);
    return log.database.use(undefined, (connection) =>
      connection.rows('select distinct user_name, length(user_name) from event'),
    );
  };
  const json = good('g1', { Username: '\ufeffann' });
  expect(await users('mark.ndjson', `${json}\n${good('g2', { Username: 'ann' })}\n`)).toEqual([['ann', 3]]);
  expect(await users('mark.json', `[${json}]`)).toEqual([['ann', 3]]);
  const csv = rowsAround(row('g7')).toString();
  expect(await users('mark.csv', csv.replaceAll(',u,', ',\ufeffann,'))).toEqual([['ann', 3]]);
});
