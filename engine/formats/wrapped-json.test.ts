/** In every JSON format that wraps records: a bad one costs itself, whatever is in it, and all are accounted for. */
import { afterAll, describe, expect, test } from 'vitest';
import type { Log } from '../ingest/open-log';
import { activity, MadeFiles } from '../ingest/made-log';

const files = new MadeFiles();
afterAll(() => files.remove());
let count = 0;

async function open(lines: readonly string[], around: readonly [string, string, string]): Promise<Log> {
  const [before, between, after] = around;
  return files.open([files.write(`log-${count++}`, before + lines.join(between) + after)]);
}

async function sessions(log: Log): Promise<unknown[]> {
  const rows = await log.database.use(undefined, (connection) =>
    connection.rows('select session_id from event order by id'),
  );
  return rows.map(([session]) => session);
}

function expectBalanced({ summary }: Log): void {
  for (const { records, events, setAside, rejected, incomplete } of summary.inputs) {
    expect(Object.values(setAside).reduce((sum, n) => sum + n, events + rejected)).toBe(records);
    expect(incomplete).toBeUndefined();
  }
}

const LINES = ['', '\n', '\n'] as const;
const API = '{"tables":[{"name":"x","columns":[{"name":"TimeGenerated"},{"name":"Message"}],"rows":[\n';
const V2 =
  '[{"FrameType":"DataSetHeader"},{"FrameType":"DataTable","TableId":1,"Columns":[{"ColumnName":"TimeGenerated"},{"ColumnName":"Message"}],"Rows":[\n';

/** How each writes a record that is the text `raw`. */
const FORMATS: readonly [name: string, around: readonly [string, string, string], wrap: (raw: string) => unknown][] = [
  ['Log Analytics API', [API, ',\n', '\n]}]}'], (raw) => ['2026-03-02T08:00:00Z', raw]],
  ['Azure Data Explorer v2', [V2, ',\n', '\n]}]'], (raw) => ['2026-03-02T08:00:00Z', raw]],
  [
    'Elasticsearch answer',
    ['{"hits":{"hits":[\n', ',\n', '\n]}}'],
    (raw) => ({ _source: { event: { original: raw } } }),
  ],
  ['elasticdump', LINES, (raw) => ({ _index: 'x', _source: { event: { original: raw } } })],
  ['ECS', LINES, (raw) => ({ '@timestamp': '2026-03-02T08:00:00Z', 'event.original': raw })],
  ['Splunk export', LINES, (raw) => ({ preview: false, result: { _raw: raw } })],
  ['Splunk results', ['{"preview":false,"results":[\n', ',\n', '\n]}'], (raw) => ({ _raw: raw })],
  ['LogScale', LINES, (raw) => ({ '@rawstring': raw })],
];

const raw = (session: string, changes = {}): string => JSON.stringify(activity(1, { SessionID: session, ...changes }));

describe.each(FORMATS)('%s', (_, around, wrap) => {
  const good = (session: string): string => JSON.stringify(wrap(raw(session)));
  const firstLine = around[0] === '' ? 1 : 2;

  test('bad records cost themselves', async () => {
    const bad: readonly (readonly [string, string | undefined])[] = [
      [JSON.stringify(wrap(raw('x').slice(0, -9))), 'not-json'],
      [JSON.stringify(wrap(raw('x'))).slice(0, -20), 'not-json'],
      [JSON.stringify(wrap(raw('x', { ConnectionStatus: 'what' }))), undefined],
      [JSON.stringify(wrap(String.raw`{"Username": "\ud800"}`)), 'not-json'],
      [JSON.stringify(wrap(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`)), undefined],
      ['42', 'not-an-object'],
      ['"text"', 'not-an-object'],
    ];
    for (const [line, reason] of bad) {
      const log = await open([good('a'), good('b'), line, good('c'), good('d')], around);
      expect(await sessions(log)).toEqual(['a', 'b', 'c', 'd']);
      const { rows } = await log.rejected({ offset: 0, limit: 10 });
      expect(rows.map((row) => [row.line, row.reason])).toEqual(reason === undefined ? [] : [[firstLine + 2, reason]]);
      expectBalanced(log);
    }
  });

  test('a syslog header before the record, empty values in it, and a hostile text around it', async () => {
    const records = [
      raw('a'),
      `<134>${raw('b')}`,
      `Mar  2 08:00:00 host zpa-lss: ${raw('c')}`,
      raw('d', { Customer: 'x: ,\\": }', TrustedNetworks: null }).replace(':null', ': '),
      raw('e', { Customer: 'ü\u202e\u0000', Username: "'; drop table record; --" }),
    ];
    const log = await open(
      records.map((text) => JSON.stringify(wrap(text))),
      around,
    );
    expect(await sessions(log)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect([1, 5].map((ordinal) => log.lineOf(0, ordinal))).toEqual([firstLine, firstLine + 4]);
    expectBalanced(log);
  });

  test('a file that ends too early keeps what comes before the end', async () => {
    const text = around[0] + [good('a'), good('b'), good('c')].join(around[1]);
    const log = await files.open([files.write(`log-${count++}`, text.slice(0, -30))]);
    expect(await sessions(log)).toEqual(['a', 'b']);
    expect(log.summary.inputs[0]?.warnings).toContainEqual(expect.stringMatching(/^the file ends /u));
    expectBalanced(log);
  });
});

test('fields that lie nowhere but deep in a document are found, and names with slashes and tildes lead nobody astray', async () => {
  const document = {
    '@timestamp': '2026-03-02T08:00:00Z',
    'a/b~c': { 'user.name': 'nobody' },
    zscaler_zpa: { user_activity: { session_id: 's', 'connection.status': 'open', timestamp: null } },
    user: { name: ['ann@example.test', 'other'] },
    client: { ip: '198.51.100.7' },
  };
  const log = await files.open([files.write('deep', JSON.stringify(document))]);
  expect(await sessions(log)).toEqual(['s']);
});

test('a document with names that did not occur before is found beyond the sample', { timeout: 30_000 }, async () => {
  const nested = (name: string): string =>
    JSON.stringify({
      zscaler_zpa: { user_activity: { session_id: name, connection: { status: 'open' } } },
      user: { name },
    }).replace('{', '{"@timestamp":"2026-03-02T08:00:00Z","client":{"ip":"198.51.100.7"},');
  const dotted = nested('late').replace('"user":{"name":"late"}', '"user.name":["late"]');
  const lines = Array.from({ length: 12_000 }, () => nested('early'));
  const log = await open([...lines.slice(0, 9000), dotted, ...lines.slice(9000)], LINES);
  expect(log.summary.inputs[0]).toMatchObject({ records: 12_001, events: 12_001 });
});

test('a field that is an array in some records and plain in others is read in both', async () => {
  const hit = (status: unknown): string =>
    JSON.stringify({
      _index: 'x',
      fields: {
        '@timestamp': ['2026-03-02T11:00:00.000Z'],
        'user.email': ['ann@example.com'],
        'client.ip': ['203.0.113.2'],
        'zscaler_zpa.user_activity.session_id': ['a'],
        'zscaler_zpa.user_activity.connection.status': status,
      },
    });
  for (const statuses of [
    ['open', ['close']],
    [['open'], 'close'],
  ]) {
    const log = await open(statuses.map(hit), LINES);
    expect(log.summary.inputs).toMatchObject([{ records: 2, events: 2 }]);
  }
});
