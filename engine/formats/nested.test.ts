/** Records that lie in texts inside of texts are read wherever they are, and evidence is the whole of what is around them. */
import { afterAll, expect, test } from 'vitest';
import type { Log } from '../ingest/open-log';
import { activity, jsonLines, MadeFiles } from '../ingest/made-log';
import { nestedIn } from './nested';

const files = new MadeFiles();
afterAll(() => files.remove());
let count = 0;

const open = (text: string): Promise<Log> => files.open([files.write(`log-${count++}`, text)]);
const record = (session: string, changes = {}): string =>
  JSON.stringify(activity(1, { SessionID: session, ...changes }));

async function sessions(log: Log): Promise<unknown[]> {
  const rows = await log.database.use(undefined, (connection) =>
    connection.rows('select session_id from event order by id'),
  );
  return rows.map(([session]) => session);
}

/** The names of the texts around a record, the outermost first. */
const around = (text: string, ...names: string[]): Record<string, unknown> =>
  names
    .toReversed()
    .reduce<unknown>(
      (inner, name) => ({ [name]: typeof inner === 'string' ? inner : JSON.stringify(inner) }),
      text,
    ) as Record<string, unknown>;

test('a record is found four texts deep, and not deeper', () => {
  const names = ['Message', 'log', 'data', 'event.original'];
  expect(nestedIn(around(record('a'), ...names))).toMatchObject({ text: record('a'), path: names });
  expect(nestedIn(around(record('a'), 'msg', ...names))).toBeUndefined();
});

test('what a text holds instead of a record is told', () => {
  expect(nestedIn({ Message: 'service restarted' })).toBe('not-a-log-line');
  expect(nestedIn({ Message: record('a').slice(0, -9) })).toBe('not-json');
  expect(nestedIn({ Message: '{"other":"log"}' })).toBeUndefined();
  expect(nestedIn({ Message: '' })).toBeUndefined();
  expect(nestedIn(activity(1, { SAMLAttributes: record('a') }))).toBeUndefined();
});

test('the time of collection of the nearest text around a record counts when it has no time', async () => {
  const { LogTimestamp: _, TimestampConnectionStart: __, ...timeless } = activity(1);
  const row = { TimeGenerated: '2026-03-02T09:00:00Z', Message: JSON.stringify(timeless) };
  const log = await open(jsonLines([{ result: { _raw: JSON.stringify(row) } }]));
  expect(log.summary.firstEvent).toBe(Date.parse('2026-03-02T09:00:00Z'));
});

const PLAIN = Array.from({ length: 400 }, (_, index) => record(`p${index}`));

test.each([
  ['lines', (text: string) => JSON.stringify(around(text, 'log', 'Message'))],
  [
    'lines behind a syslog header',
    (text: string) => `<134>Mar  2 08:00:00 c ${JSON.stringify(around(text, 'Message'))}`,
  ],
])('%s that have texts in texts beyond the sample are read, and evidence is the whole line', async (name, wrap) => {
  const head = name === 'lines' ? '' : '<134>Mar  2 08:00:00 c ';
  const late = [wrap(record('a')), '', wrap(record('b')), 'nonsense', wrap(`${record('c')}\r\n`)];
  const log = await open([...PLAIN.map((text) => head + text), ...late].join('\n'));
  expect((await sessions(log)).slice(-3)).toEqual(['a', 'b', 'c']);
  expect(log.summary).toMatchObject({ records: 405, events: 403, rejected: 1 });
  const raws = await log.raw(0, [1, 401, 404], undefined);
  expect(raws.map(({ raw }) => raw)).toEqual([head + (PLAIN[0] ?? ''), late[0], late[4]]);
  expect((await log.rejected({ offset: 0, limit: 9 })).rows).toMatchObject([{ line: 404, raw: 'nonsense' }]);
});

test('rows of CSV over several lines give their records, and evidence is the whole row', async () => {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = ['a', 'b'].map(
    (session) => `"two\nlines",${quoted(JSON.stringify(around(record(session), 'log'), undefined, 1))}`,
  );
  const log = await open(`Note,Message\n${rows.join('\n')}\n\nonly one\n`);
  expect(await sessions(log)).toEqual(['a', 'b']);
  expect(log.summary).toMatchObject({ records: 4, events: 2, rejected: 1 });
  expect((await log.raw(0, [2], undefined))[0]?.raw).toBe(rows[1]);
  expect(log.lineOf(0, 2)).toBe(6);
});

test('a text that is not of the kind of the others is rejected', async () => {
  const line = 'Mon Mar  2 08:15:03 2026 User Activity zpa-lss: ,x';
  const texts = [record('a'), line, record('b')].map((text) => around(text, 'log', 'Message'));
  const log = await open(jsonLines(texts));
  expect(await sessions(log)).toEqual(['a', 'b']);
  expect((await log.rejected({ offset: 0, limit: 9 })).rows).toMatchObject([{ line: 2, reason: 'not-a-log-line' }]);
});

test.each([
  ['Sentinel rows', (text: string) => ({ TimeGenerated: '2026-03-02T08:00:00Z', Message: text })],
  ['Splunk results', (text: string) => ({ preview: false, result: { _raw: text } })],
  ['LogScale events', (text: string) => ({ '@rawstring': text })],
])('a plain text in the place of the record is no line of the log: %s', async (_, wrap) => {
  const log = await open(jsonLines([record('a'), 'service restarted', ' ', record('b')].map((text) => wrap(text))));
  expect(log.summary.inputs).toMatchObject([{ events: 2, rejected: 1, setAside: { 'other-log-type': 1 } }]);
  expect((await log.rejected({ offset: 0, limit: 9 })).rows).toMatchObject([{ line: 2, reason: 'not-a-log-line' }]);
});

test('a User Status document of Elastic without a user is one without a user name', async () => {
  const status = (more: object): object => ({
    '@timestamp': '2026-03-02T08:00:00Z',
    client: { ip: '192.0.2.1' },
    zscaler_zpa: { user_status: { session: { id: 's', status: 'ZPN_STATUS_AUTHENTICATED' } } },
    ...more,
  });
  for (const documents of [[status({})], [status({ user: { name: 'ann' } }), status({})]]) {
    const log = await open(jsonLines([...documents, { ...activity(1) }]));
    expect(log.summary.inputs[0]?.setAside).toMatchObject({ 'no-user': 1 });
  }
});
