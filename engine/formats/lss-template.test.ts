import { afterAll, expect, test } from 'vitest';
import { MadeFiles } from '../ingest/made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

const START = '2026-03-02T08:15:03.120Z';

/** A User Activity line of 56 fields, with some of its texts changed. */
function line({
  customer = 'Example',
  ids = 's1,s1,c1',
  user = 'ann@example.test',
  ip = '198.51.100.7',
  policy = 'p',
}): string {
  const tail = [START, ...Array.from({ length: 13 }, () => ''), ...Array.from({ length: 8 }, () => '1')].join(',');
  return (
    `Mon Mar  2 08:15:03 2026 User Activity zpa-lss: ,${customer},${ids},,active,6,0,${user},443,${ip},,52.0,13.0,DE,` +
    `zen,${policy},con,zen,,0,host,HR,group,0,,443,5,6,${tail},idp,0,Berlin,0,0\n`
  );
}

async function read(text: string): Promise<{ events: unknown[]; rejected: number[] }> {
  const log = await files.open([files.write('lines.csv', text)]);
  expect(log.summary.inputs[0]?.incomplete).toBeUndefined();
  const { rows } = await log.rejected({ offset: 0, limit: 100 });
  const events = await log.database.use(undefined, (connection) =>
    connection.rows('select user_name, session_id, application, city, connection_start from event order by id'),
  );
  return { events, rejected: rows.map((row) => row.line) };
}

test('a comma in the customer or the policy moves nothing that is taken', async () => {
  const start = Date.parse(START);
  const { events, rejected } = await read(
    line({}) + line({ customer: 'Example, Inc., Berlin' }) + line({ policy: 'a, b' }) + line({ ip: '2001:db8::7' }),
  );
  expect(rejected).toEqual([]);
  expect(events).toEqual([
    ['ann@example.test', 's1', 'HR', 'Berlin', start],
    ['ann@example.test', 's1', 'HR', 'Berlin', start],
    // which of the cells before it holds the comma cannot be told, so the application is not taken
    ['ann@example.test', 's1', null, 'Berlin', start],
    ['ann@example.test', 's1', 'HR', 'Berlin', start],
  ]);
});

test('a line whose anchors do not hold is rejected, never guessed at', async () => {
  const { events, rejected } = await read(
    line({}) +
      line({ user: 'Doe, Ann' }) +
      line({ ip: 'unknown' }) +
      // either the customer holds a comma or the ConnectionID does
      line({ customer: 'Example, Inc.', ids: 's1,c1' }) +
      line({}).slice(0, -60),
  );
  expect(events).toHaveLength(1);
  expect(rejected).toEqual([2, 3, 4, 5]);
});

test('a ConnectionID without a comma, or with another SessionID in it, stands beside a SessionID', async () => {
  const id = 'aaaaAAAA1111bbbb+/BB';
  const { events } = await read(line({ ids: 's1,c1' }) + line({ ids: `${id},sanitised,c1` }));
  expect(events.map((event) => (Array.isArray(event) ? event[1] : undefined))).toEqual(['s1', id]);
});

test('a Browser Access line has its user and address, whatever its URL and its quoted texts hold', async () => {
  const times = Array.from({ length: 9 }, () => START).join(',');
  const { events, rejected } = await read(
    `${line({})}Mon Mar  2 08:15:03 2026 Browser Access zpa-lss: ,c1,ext.example.com,${times},1,1,1,1,1,1,GET,HTTPS,hr,` +
      String.raw`/a,b,"Mozilla/5.0 (KHTML, like \"Gecko\")",,eve@example.test,200,1,1,443,203.0.113.2,50000,,Example, Inc.,` +
      'close,"a, b",,\n',
  );
  expect(rejected).toEqual([]);
  expect(events[1]).toEqual(['eve@example.test', 'c1', null, null, Date.parse(START)]);
});

test('a Browser Access line without a status is set aside, one that is cut off before it is rejected', async () => {
  const times = Array.from({ length: 9 }, () => START).join(',');
  const start = `Mon Mar  2 08:15:03 2026 Browser Access zpa-lss: ,c1,ext.example.com,${times},1,1,1,1,1,1,GET,HTTPS,hr,/,"",,`;
  const end = 'eve@example.test,200,1,1,443,203.0.113.2,50000,,Example, Inc.';
  const log = await files.open([files.write('browser.csv', `${start}${end},,"",,\n${start}${end}\n${start}${end},\n`)]);
  expect(log.summary.inputs[0]).toMatchObject({
    records: 3,
    events: 0,
    setAside: { 'unknown-action': 1 },
    rejected: 2,
  });
});
