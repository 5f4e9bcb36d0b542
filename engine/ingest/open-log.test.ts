import { afterAll, expect, test } from 'vitest';
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
  expect(await log.rejected(0, 10)).toEqual({
    total: 4,
    rows: [
      { path, line: 4, reason: 'not-json' },
      { path, line: 8, reason: 'no-time' },
      { path, line: 9, reason: 'time-out-of-range' },
      { path, line: 10, reason: 'not-an-object' },
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
