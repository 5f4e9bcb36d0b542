/** Promise 10: a key that stands twice in a record has one value, the first, however the file is written, and it is said. */
import { afterAll, expect, test } from 'vitest';
import { MadeFiles } from '../../engine/ingest/made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

const RECORD =
  '{"LogTimestamp":"Mon Mar  2 08:15:03 2026","SessionID":"s","ConnectionStatus":"open","Username":"ann",' +
  '"ClientPublicIP":"192.0.2.1","Username":"bea","ClientPublicIP":"192.0.2.2"}';

test.each([
  ['lines', `${RECORD}\n`],
  ['an array', `[${RECORD}]`],
  ['lines behind a syslog header', `<134>${RECORD}\n`],
  ['texts of ZPA_CL', `${JSON.stringify({ Message: RECORD })}\n`],
  ['a hit of Elasticsearch', `{"_index":"x","_source":${RECORD}}\n`],
])('as %s', async (_, text) => {
  const log = await files.open([files.write('log', text)]);
  const rows = await log.database.use(undefined, (connection) => connection.rows('select user_name, ip from event'));
  expect(rows).toEqual([['ann', '192.0.2.1']]);
  const [said = ''] = log.summary.inputs[0]?.warnings ?? [];
  expect(said).toMatch(
    /^1 of 1 records has a name twice, with different values \(Username, ClientPublicIP\): the first value counts$/u,
  );
});

test('in one of many records of a large log: what was looked at is said', { timeout: 60_000 }, async () => {
  const lines = Array.from({ length: 60_000 }, () => RECORD).join('\n');
  const log = await files.open([files.write('large', lines)]);
  expect(log.summary.events).toBe(60_000);
  expect(log.summary.inputs[0]?.warnings[0]).toMatch(
    /^(\d+) of \1 records looked at all over the file have a name twice/u,
  );
});

test('names that differ in letter case: the one that is said to count does', async () => {
  const own = RECORD.slice(0, RECORD.indexOf(',"Username":"bea"'));
  const text = `${own.replace('Username', 'username')}}\n${own},"username":"cat"}\n`;
  const log = await files.open([files.write('spelled', text)]);
  const rows = await log.database.use(undefined, (connection) =>
    connection.rows('select user_name from event order by id'),
  );
  expect(rows).toEqual([['ann'], ['cat']]);
  expect(log.summary.inputs[0]?.warnings[0]).toBe(
    '1 of 2 records has two names that differ in letter case only, with different values (username and Username): ' +
      'of a pair the one named first here counts, where it has a value',
  );
});

test('a column that a header names twice', async () => {
  const header = 'LogTimestamp,ConnectionStatus,Username,Username,ClientPublicIP,SessionID,sessionid';
  const log = await files.open([
    files.write('log.csv', `${header}\nMon Mar  2 08:15:03 2026,open,ann,bea,192.0.2.1,s,t\n`),
  ]);
  const rows = await log.database.use(undefined, (connection) =>
    connection.rows('select user_name, session_id from event'),
  );
  expect(rows).toEqual([['ann', 's']]);
  expect(log.summary.inputs[0]?.warnings.slice(0, 2)).toEqual([
    'its header names a column twice (Username): the first one counts',
    'its header has names that differ in letter case only (SessionID and sessionid): of a pair the first counts, where it has a value',
  ]);
});
