/** Promise 10: a key that stands twice in a record has one value, the first, however the file is written. */
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
});
