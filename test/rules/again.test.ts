/**
 * Columns of ZPAEvent that Doppel does not keep are read from the log again: the same records as LSS JSON, in ZPA_CL as CSV,
 * as Elasticsearch hits and as LEEF lines give the same rows.
 */
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/handlers';
import type { Engine } from '../../engine/handlers';
import type { ReadingAgain } from '../../shared/rules';

const here = join(import.meta.dirname, 'again');
const tempFolder = mkdtempSync(join(tmpdir(), 'doppel-again-'));
afterAll(() => rmSync(tempFolder, { recursive: true, force: true }));

async function opened(...files: string[]): Promise<Engine> {
  const engine = createEngine({ tempFolder });
  const handles = await engine.offer(files.map((path) => ({ path, name: path.split('/').at(-1)! })));
  await engine.handlers['log.open'](
    { files: handles.map(({ id }) => id) },
    { signal: new AbortController().signal, progress: () => undefined },
  );
  return engine;
}
function asked(engine: Engine, kql: string, progress: (told: ReadingAgain) => void = () => undefined) {
  const signal = new AbortController().signal;
  return Promise.resolve(
    engine.handlers['kql.run']({ kql, at: null, periodMs: null, limits: undefined }, { signal, progress }),
  );
}
const rowsOf = async (engine: Engine, kql: string) => (await asked(engine, kql)).rows;

/** Each a rule or query of the solution for ZPA, in short: what it reads is not kept. */
const QUERIES: readonly [name: string, kql: string, rows: (string | null)[][]][] = [
  [
    'Abnormal total bytes size',
    `let usual = ZPAEvent | summarize avg(tolong(ZENTotalBytesRxConnector)) | extend k = 1;
    ZPAEvent | extend k = 1 | join kind=inner usual on k
    | where tolong(ZENTotalBytesRxConnector) > 2 * avg_ZENTotalBytesRxConnector
    | project DstUserName, ZENTotalBytesRxConnector`,
    [['cat@example.com', '90000']],
  ],
  [
    'Unexpected update operation',
    `ZPAEvent | where isnotempty(AuditOperationType)
    | extend before = extract(@'"expectedVersion":"([0-9.]+)', 1, AuditOldValue), after = extract(@'"currentVersion":"([0-9.]+)', 1, AuditNewValue)
    | project TimeGenerated, User, ObjectName, before, after`,
    [['2026-03-02T09:35:00.0000000Z', 'admin@example.com', 'edge-1', '23.5', '23.4']],
  ],
  [
    'Top connectors',
    `ZPAEvent | where isnotempty(Connector) and Connector != '0' | summarize bytes = sum(tolong(BytesRxInterface)) by Connector | top 20 by bytes desc`,
    [
      ['edge-2', '900'],
      ['edge-1', '500'],
    ],
  ],
  [
    'Rare urlhostname requests',
    `ZPAEvent | where isnotempty(UrlHostname) | summarize url = count() by UrlHostname | sort by url asc, UrlHostname asc | take 20`,
    [
      ['crm.example.com', '1'],
      ['wiki.example.com', '2'],
      ['hr.example.com', '3'],
    ],
  ],
  [
    'Destination ports by IP',
    `ZPAEvent | where DvcAction == 'open' and isnotempty(DstIpAddr) | summarize make_set(DstIpAddr) by DstPortNumber`,
    [['443', '["192.0.2.20"]']],
  ],
  [
    'Users access groups',
    `ZPAEvent | where isnotempty(AppGroup) | summarize make_set(AppGroup) by DstUserName | count`,
    [['4']],
  ],
  [
    'Server error by user',
    `ZPAEvent | where EventResult contains 'AST_MT_SETUP_ERR_OPEN_SERVER_ERROR' | summarize n = count() by DstUserName`,
    [['dan@example.com', '1']],
  ],
];
/** What else the alias table says, on records of every kind. */
const ALIASES: typeof QUERIES = [
  [
    'of User Activity',
    `ZPAEvent | where DvcAction == 'active'
    | project SrcBytes, DstBytes, SrcDvcHostname, SrcNatIpAddr, SrcGeoLatitude, SrcGeoLongitude, Latitude, ClientZEN, NetworkRuleName, ConnectorPort, DstPortNumber, NetworkProtocol, ConnectionID, Customer, InternalReason`,
    [
      '110|20|crm.example.com|10.1.1.1|52.5|13.25||EU-DE-1|Allow HR|40000|22|6|b1,cb1|Example, Ltd|OPEN_OR_ACTIVE_CONNECTION'.split(
        '|',
      ),
    ],
  ],
  [
    'of User Status, where an action that Doppel does not know has its word',
    `ZPAEvent | where DvcAction startswith 'ZPN_' and isnotempty(DstUserName) | sort by DvcAction asc
    | project DvcAction, SessionStatus, DstUserName, SrcBytes, DstBytes, Version, Latitude, SrcGeoLatitude, DvcHostname, PosturesHit has 'av'`,
    [
      [
        'ZPN_STATUS_AUTHENTICATED',
        'ZPN_STATUS_AUTHENTICATED',
        'ann@example.com',
        '70',
        '80',
        '4.1',
        '52.5',
        '',
        'LAP-7',
        'True',
      ],
      ['ZPN_STATUS_PAUSED', 'ZPN_STATUS_PAUSED', 'eve@example.com', '5', '6', '', '', '', '', 'False'],
    ],
  ],
  [
    'of Browser Access, with and without a status',
    `ZPAEvent | where isnotempty(HttpStatusCode) | sort by HttpStatusCode asc
    | project DvcAction, DstUserName, UrlHostname, HttpRequestMethod, HttpStatusCode, SrcPortNumber, HttpRequestBodyBytes, HttpResponseBodyBytes, Exporter, UrlOriginal, EventResultDetails`,
    [
      ['', 'ann@example.com', 'wiki.example.com', 'GET', '200', '50000', '11', '22', 'ext.example.com', '/a,b', 'ok'],
      [
        'open',
        'bob@example.com',
        'wiki.example.com',
        'GET',
        '404',
        '50000',
        '11',
        '22',
        'ext.example.com',
        '/a,b',
        'ok',
      ],
    ],
  ],
];

describe.each(['lss.ndjson', 'zpa-cl.csv', 'elastic.ndjson', 'qradar.leef'])('%s', (file) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await opened(join(here, file));
  });
  afterAll(() => engine.close());

  test.each([...QUERIES, ...ALIASES])('%s', async (_, kql, rows) => {
    const result = await asked(engine, kql);
    expect(result.rows).toEqual(rows);
    expect(result.notes).toEqual([]);
  });

  test('a row for every record', async () => {
    expect(await rowsOf(engine, 'ZPAEvent | count')).toEqual([['11']]);
    expect((await rowsOf(engine, 'ZPAEvent'))[0]).toHaveLength(153);
  });
});

test.each([
  ['lss.ndjson', '{"LogTimestamp": "Mon Mar  2 09:00:00 2026", '],
  ['zpa-cl.csv', '{"LogTimestamp": "Mon Mar  2 09:00:00 2026", '],
  ['qradar.leef', '<166>Mon Mar 02 09:00:00 2026 conn01 LEEF:1.0|Zscaler|'],
  ['../../golden/format-syslog-json/input.txt', '{"LogTimestamp": "Mon Mar  2 09:00:00 2026", '],
  ['../../golden/format-lss-template-csv/input.csv', 'Mon Mar  2 09:00:00 2026 User Activity zpa-lss: ,'],
  ['../../golden/format-zpa-cl-json-lines/input.json', '{"LogTimestamp": "Mon Mar  2 09:00:00 2026", '],
])('Message of %s is the text that LSS sent, of each record its own', async (file, start) => {
  const engine = await opened(join(here, file));
  const query = 'ZPAEvent | where isnotempty(DstUserName)';
  const [[first]] = (await rowsOf(engine, `${query} | take 1 | project Message`)) as [[string]];
  expect(first.slice(0, start.length)).toBe(start);
  // a text of another record would name another user
  const counts = `summarize count(), countif(Message contains DstUserName), countif(isnotempty(Message) and isnotempty(Customer))`;
  const [[rows, own, both]] = (await rowsOf(engine, `${query} | ${counts}`)) as [[string, string, string]];
  expect(Number(rows)).toBeGreaterThan(5);
  expect([own, both]).toEqual([rows, rows]);
  await engine.close();
});

test('what was read is there for the next query, and all files of a log are read as one', async () => {
  const engine = await opened(join(here, 'lss.ndjson'), join(here, 'qradar.leef'));
  const told: string[] = [];
  const files = async (kql: string): Promise<string[]> => {
    told.length = 0;
    await asked(engine, kql, ({ file }) => told.push(file));
    return [...new Set(told)];
  };
  const kql = "ZPAEvent | where SrcBytes == '90000' | project DstUserName, SrcBytes";
  expect(await files(kql)).toEqual(['lss.ndjson', 'qradar.leef']);
  expect(await rowsOf(engine, kql)).toEqual([
    ['cat@example.com', '90000'],
    ['cat@example.com', '90000'],
  ]);
  expect(await files('ZPAEvent | summarize max(tolong(SrcBytes)) by DstUserName')).toEqual([]);
  expect(await files('ZPAEvent | project SrcBytes, Customer')).toEqual(['lss.ndjson', 'qradar.leef']);
  expect(await files("ZPAEvent | where DvcAction == 'open' | project DstUserName, SrcIpAddr")).toEqual([]);
  await engine.close();
});

test('a rule is traced and replayed over columns that were read again', async () => {
  const engine = await opened(join(here, 'lss.ndjson'));
  const work = { signal: new AbortController().signal, progress: () => undefined };
  const kql = "ZPAEvent | where isnotempty(Connector) and Connector != '0' | project DstUserName = Connector";
  const run = await engine.handlers['rule.run'](
    { kql, at: null, periodMs: 86_400_000, variant: 'published', trace: 'samples', limits: undefined },
    work,
  );
  expect(run.stages.map(({ rowsIn, rowsOut }) => [rowsIn, rowsOut])).toEqual([
    [11, 11],
    [11, 5],
    [5, 5],
  ]);
  expect(run.stages[1]!.sample!.dropped.rows.map((row) => row.at(-1))).toEqual(['0', '', '', '', '']);
  const trigger = { operator: 'gt', threshold: 0 } as const;
  const schedule = { frequencyMs: 3_600_000, periodMs: 3_600_000, delayMs: 0 };
  const replay = await engine.handlers['rule.replay']({ kql, variant: 'published', trigger, ...schedule }, work);
  expect(replay.users.map(({ user, runs }) => [user, runs])).toEqual([
    ['edge-1', 2],
    ['edge-2', 1],
  ]);
  await engine.close();
});

test('a file that is no longer what it was is not read again, and a query that was cancelled leaves nothing behind', async () => {
  const path = join(tempFolder, 'copy.ndjson');
  copyFileSync(join(here, 'lss.ndjson'), path);
  const engine = await opened(path);
  const kql = 'ZPAEvent | summarize sum(tolong(SrcBytes))';
  const cancelled = { signal: AbortSignal.abort(), progress: () => undefined };
  const params = { kql, at: null, periodMs: null, limits: undefined };
  await expect(engine.handlers['kql.run'](params, cancelled)).rejects.toMatchObject({ code: 'cancelled' });
  expect(await rowsOf(engine, kql)).toEqual([['90307']]);
  appendFileSync(path, '{"Username":"new"}\n');
  expect(await rowsOf(engine, kql)).toEqual([['90307']]);
  await expect(asked(engine, 'ZPAEvent | summarize sum(tolong(DstBytes))')).rejects.toMatchObject({
    code: 'file-changed',
    message: expect.stringContaining('copy.ndjson is no longer what it was') as unknown,
  });
  expect(await rowsOf(engine, 'ZPAEvent | where DvcAction == "open" | count')).toEqual([['3']]);
  await engine.close();
});

test.each(['csv', 'tsv'])('the default template as %s, whose cells have no names', async (kind) => {
  const engine = await opened(join(here, `../../golden/format-lss-template-${kind}/input.${kind}`));
  const kql = `ZPAEvent | where DvcAction == 'open' and isnotempty(DstPortNumber)
    | summarize n = count() by Customer, SrcBytes, Connector, NetworkRuleName, UrlHostname, HttpStatusCode | sort by n asc`;
  expect(await rowsOf(engine, kql)).toEqual([
    ['Example, Ltd', '10', '', '', 'hr.example.com', '200', '1'],
    ['Example Ltd', '12', 'conn-1', 'Allow HR', 'hr.example.com', '', '2'],
    ['Example, Ltd', '12', 'conn-1', 'Allow HR', 'hr.example.com', '', '4'],
  ]);
  await engine.close();
});
