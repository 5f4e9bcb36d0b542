import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { Progress } from '../../shared/contract';
import { activity, jsonLines, MadeFiles } from './made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

test('every record of a mixed LSS log is an event, set aside by class, or rejected by line', async () => {
  const lines = [
    JSON.stringify(activity(0)),
    JSON.stringify(activity(1, { ConnectionStatus: 'Close', InternalReason: 'MT_CLOSED_TERMINATED' })),
    '',
    '{"LogTimestamp": "Mon Mar  2 08:',
    JSON.stringify(activity(2, { Username: ' ' })),
    JSON.stringify(activity(3, { ClientPublicIP: '' })),
    JSON.stringify(activity(4, { ConnectionStatus: 'weird' })),
    JSON.stringify(activity(5, { LogTimestamp: 'x', TimestampConnectionStart: '' })),
    JSON.stringify(activity(6, { LogTimestamp: 'Mon Mar  2 08:00:00 1066' })),
    '[1,2]',
    JSON.stringify({
      SessionStatus: 'ZPN_STATUS_AUTHENTICATED',
      Username: 'Ann@Example.test',
      PublicIP: '::ffff:198.51.100.9',
      SessionID: 's',
      LogTimestamp: 'Mon Mar  2 08:15:03 2026',
      TimestampAuthentication: '2026-03-02T08:00:00.000Z',
      TimestampUnAuthentication: '',
    }),
    JSON.stringify({
      SessionStatus: 'ZPN_STATUS_AUTH_FAILED',
      Username: 'ann',
      PublicIP: '198.51.100.9',
      LogTimestamp: 'Mon Mar  2 08:15:03 2026',
    }),
    JSON.stringify({
      SessionStatus: 'ZPN_STATUS_AUTHENTICATED',
      ConnectorGroup: 'g',
      PublicIP: '198.51.100.9',
      LogTimestamp: 'Mon Mar  2 08:15:03 2026',
    }),
    JSON.stringify({ AuditOperationType: 'Update', User: 'admin', SessionID: 'x' }),
    JSON.stringify({ Something: 'else' }),
  ];
  const path = files.write('mixed.ndjson', `${lines.join('\n')}\n`);
  const log = await files.open([path]);
  expect(log.summary).toMatchObject({ records: 15, events: 3, rejected: 4 });
  expect(log.summary.inputs[0]).toMatchObject({
    format: 'LSS JSON lines',
    setAside: {
      'blank-line': 1,
      'no-user': 1,
      'no-source-ip': 1,
      'unknown-action': 1,
      'auth-failed': 1,
      'connector-status': 1,
      audit: 1,
      'other-log-type': 1,
    },
  });
  expect(log.summary.inputs[0]?.incomplete).toBeUndefined();
  expect(await log.rejected({ offset: 0, limit: 10 })).toMatchObject({
    total: 4,
    rows: [
      { path: basename(path), line: 4, reason: 'not-json' },
      { path: basename(path), line: 8, reason: 'no-time' },
      { path: basename(path), line: 9, reason: 'time-out-of-range' },
      { path: basename(path), line: 10, reason: 'not-an-object' },
    ],
  });
  const events = await log.database.use(undefined, (connection) => connection.rows('select * from event order by id'));
  expect(events).toEqual([
    [
      0,
      0,
      1,
      Date.UTC(2026, 2, 2, 8),
      'open',
      'user0@example.test',
      'user0@example.test',
      '198.51.100.0',
      'session-0',
      Date.UTC(2026, 2, 2, 8),
      null,
      'DE',
      null,
      null,
      null,
      null,
      'HR',
      null,
    ],
    [
      1,
      0,
      2,
      Date.UTC(2026, 2, 2, 8, 2),
      'close',
      'user1@example.test',
      'user1@example.test',
      '198.51.100.1',
      'session-1',
      Date.UTC(2026, 2, 2, 8, 2),
      null,
      'DE',
      null,
      null,
      null,
      null,
      'HR',
      'MT_CLOSED_TERMINATED',
    ],
    [
      9,
      0,
      10,
      Date.UTC(2026, 2, 2, 8, 15, 3),
      'active',
      'Ann@Example.test',
      'ann@example.test',
      '198.51.100.9',
      's',
      Date.UTC(2026, 2, 2, 8),
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ],
  ]);
  expect(log.lineOf(0, 10)).toBe(11);
});

test('a clean log takes the fast way and gives the same', async () => {
  const path = files.write(
    'clean.ndjson',
    jsonLines(Array.from({ length: 5000 }, (_, index) => activity(index % 600))),
  );
  const log = await files.open([path]);
  expect(log.summary).toMatchObject({ records: 5000, events: 5000, rejected: 0 });
});

describe('several files', () => {
  test('are one log; each has its own account, and ids follow the order of the files', async () => {
    const first = files.write('first.ndjson', `${jsonLines([activity(0)])}oops\n${jsonLines([activity(1)])}`);
    const second = files.write(
      'second.csv',
      'LogTimestamp,ConnectionStatus,Username,ClientPublicIP\nMon Mar  2 08:15:03 2026,open,ANN,::ffff:198.51.100.9\nx\n',
    );
    const third = files.write('third.ndjson', jsonLines([{ LogTimestamp: 'x', Customer: 'y', Other: 1 }]));
    const log = await files.open([first, second, third]);
    expect(log.summary).toMatchObject({ records: 6, events: 3, rejected: 2 });
    expect(log.summary.inputs.map(({ records, events, warnings }) => ({ records, events, warnings }))).toEqual([
      { records: 3, events: 2, warnings: [] },
      { records: 2, events: 1, warnings: [] },
      { records: 1, events: 0, warnings: ['there is no record of a ZPA user in this file'] },
    ]);
    expect((await log.rejected({ offset: 0, limit: 10 })).rows).toMatchObject([
      { path: 'first.ndjson', line: 2, reason: 'not-json' },
      { path: 'second.csv', line: 3, reason: 'too-few-cells' },
    ]);
    expect((await log.rejected({ offset: 1, limit: 10 })).rows).toHaveLength(1);
    const places = await log.database.use(undefined, (connection) =>
      connection.rows('select file, ordinal, ip, user_key from event order by id'),
    );
    expect(places).toEqual([
      [0, 1, '198.51.100.0', 'user0@example.test'],
      [0, 3, '198.51.100.1', 'user1@example.test'],
      [1, 1, '198.51.100.9', 'ann'],
    ]);
    expect([log.lineOf(0, 3), log.lineOf(1, 1)]).toEqual([3, 2]);
  });
});

test('progress never goes back and ends with all bytes', async () => {
  const texts = [0, 1].map((n) => jsonLines(Array.from({ length: 20_000 }, (_, index) => activity((index + n) % 600))));
  const seen: Progress[] = [];
  await files.open([files.write('p1.ndjson', texts[0]!), files.write('p2.gz', gzipSync(texts[1]!))], {
    progress: (progress) => void seen.push(progress),
  });
  const total = seen[0]!.bytesTotal;
  for (const [index, { bytesDone, bytesTotal, records }] of seen.entries()) {
    expect(bytesTotal).toBe(total);
    expect(bytesDone).toBeGreaterThanOrEqual(seen[index - 1]?.bytesDone ?? 0);
    expect(records).toBeGreaterThanOrEqual(seen[index - 1]?.records ?? 0);
  }
  expect(new Set(seen.map(({ step }) => step))).toEqual(new Set(['checking', 'reading', 'counting']));
  expect(seen.at(-1)).toMatchObject({ bytesDone: total, records: 40_000 });
});

test('a cancelled load ends with cancelled and leaves nothing behind, wherever it is', async () => {
  const path = files.write(
    'long.gz',
    gzipSync(jsonLines(Array.from({ length: 40_000 }, (_, index) => activity(index % 600)))),
  );
  for (const step of ['checking', 'reading', 'counting']) {
    const controller = new AbortController();
    const tempFolder = join(files.folder, `temp-${step}`);
    const opening = files.open([path], {
      tempFolder,
      signal: controller.signal,
      progress: (progress) => {
        if (progress.step === step) controller.abort();
      },
    });
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(tempFolder)).toEqual([]);
  }
});

test('a closed log leaves nothing behind, and two logs in one folder do not meet', async () => {
  const tempFolder = join(files.folder, 'shared-temp');
  const paths = ['one.gz', 'two.gz'].map((name) => files.write(name, gzipSync(jsonLines([activity(0)]))));
  const [one, two] = [await files.open([paths[0]!], { tempFolder }), await files.open([paths[1]!], { tempFolder })];
  expect(readdirSync(tempFolder)).toHaveLength(2);
  await one.close();
  expect(await two.database.use(undefined, (connection) => connection.row('select count(*) from event'))).toEqual([1]);
  await two.close();
  expect(readdirSync(tempFolder)).toEqual([]);
});
