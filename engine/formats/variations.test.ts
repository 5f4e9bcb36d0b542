import { afterAll, expect, test } from 'vitest';
import { activity, MadeFiles } from '../ingest/made-log';

// forms of a format that differ in one thing from its golden case

const files = new MadeFiles();
afterAll(() => files.remove());

const RECORDS = [1, 2, 3].map((number) => JSON.stringify(activity(number, { SessionID: `s${number}` })));
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

async function read(text: string): Promise<{ account: object; events: unknown[] }> {
  const log = await files.open([files.write('log', text)]);
  const [input] = log.summary.inputs;
  const { records, events, rejected, setAside, incomplete } = input!;
  expect(incomplete).toBeUndefined();
  const rows = await log.database.use(undefined, (connection) =>
    connection.rows('select session_id, time from event order by id'),
  );
  return { account: { records, events, rejected, setAside }, events: rows };
}

const WHOLE = { records: 3, events: 3, rejected: 0, setAside: {} };

test.each([
  ['braces in structured data', '<134>1 2026-03-02T08:15:04.003Z c zpa 12 ID47 [a@1 x="{1}" y="\\"]"][b@2] '],
  ['a byte order mark after structured data', '<134>1 2026-03-02T08:15:04Z c zpa - - [a@1 x="1"] \ufeff'],
  ['the length of the message in front', '412 <134>1 2026-03-02T08:15:04Z c zpa - - - '],
  ['a year in front of the date', '2026 Mar  2 08:15:04 c '],
  ['a year behind the date', 'Mar 02 2026 08:15:04 c : '],
])('a syslog header with %s', async (_, header) => {
  const { account } = await read(RECORDS.map((record) => `${header}${record}\n`).join(''));
  expect(account).toEqual(WHOLE);
});

test.each(['event.original', '@rawstring', 'Some Text'])(
  'the header of CSV with records in %s is no record',
  async (name) => {
    const { account } = await read(
      `"@timestamp","${name}"\n${RECORDS.map((text) => `"x",${quoted(text)}\n`).join('')}`,
    );
    expect(account).toEqual(WHOLE);
  },
);

test('the last result of a Splunk search is a record, the line behind it is none', async () => {
  const row = (text: string, last: object): string =>
    `${JSON.stringify({ preview: false, ...last, result: { _raw: text } })}\n`;
  const rows = RECORDS.map((text, index) => row(text, index === 2 ? { lastrow: true } : {})).join('');
  const { account } = await read(`${rows}{"preview":false,"lastrow":true}\n`);
  expect(account).toEqual({ ...WHOLE, records: 4, setAside: { 'query-row': 1 } });
});

test.each([
  ['TimeGenerated', '2026/03/02 08:15:04', '2026-03-02T08:15:04Z'],
  ['TimeGenerated', '2026/03/02 08:15:04.250', '2026-03-02T08:15:04.250Z'],
  ['TimeGenerated', 'Mon, 02 Mar 2026 08:15:04 GMT', '2026-03-02T08:15:04Z'],
  ['TimeGenerated_Local_Time__s', '3/2/2026, 8:15:04.250 AM', '2026-03-02T08:15:04.250Z'],
  ['TimeGenerated_UTC__s', '3/2/2026, 8:15:04 AM', '2026-03-02T08:15:04Z'],
])('%s may be written %s', async (name, text, time) => {
  const { events } = await read(
    `"${name}",DvcAction,DstUserName,SrcIpAddr,NetworkSessionId\n"${text}",open,ann,192.0.2.1,s\n`,
  );
  expect(events).toEqual([['s', Date.parse(time)]]);
});

test('of records without LogTimestamp the last sign of life is the time', async () => {
  const { events } = await read(
    `{"SessionID":"s","ConnectionStatus":"active","Username":"ann","ClientPublicIP":"192.0.2.1",
      "TimestampConnectionStart":"2026-03-02T08:00:00.000Z","TimestampZENLastRxClient":"2026-03-02T09:00:00.000Z"}\n`,
  );
  expect(events).toEqual([['s', Date.parse('2026-03-02T09:00:00Z')]]);
});

test('a Browser Access line of the CSV template without an address is set aside', async () => {
  const start = '2026-03-02T08:15:03.120Z';
  const line = (ip: string): string =>
    `Mon Mar  2 08:15:03 2026 Browser Access zpa-lss: ,c1,exporter,${Array.from({ length: 9 }, () => start).join(',')},` +
    `1,2,3,4,5,6,GET,HTTPS,host,/a,"x, y",,ann@example.test,200,1,2,443,${ip},50001,,Example,close,"",,\n`;
  const { account } = await read(line('192.0.2.1') + line(''));
  expect(account).toEqual({ records: 2, events: 1, rejected: 0, setAside: { 'no-source-ip': 1 } });
});

test('CSV that ends without a line end, or has no column for the action, says so', async () => {
  const warningsOf = async (text: string): Promise<string[] | undefined> =>
    (await files.open([files.write('log', text)])).summary.inputs[0]?.warnings;
  const header = 'LogTimestamp,What,Username,ClientPublicIP\n';
  expect(await warningsOf(`${header}2026-03-02T08:15:04Z,open,ann,192.0.2.1`)).toEqual([
    expect.stringContaining('no column is read as the action'),
    expect.stringMatching(/^line 2, the last one, has no line end/u),
  ]);
});
