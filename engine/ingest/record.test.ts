import { afterAll, describe, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from './made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

describe('times', () => {
  const at = Date.UTC(2026, 2, 2, 8, 15, 3);
  test.each<[unknown, number]>([
    ['Mon Mar  2 08:15:03 2026', at],
    ['Mon Mar 2 08:15:03 2026', at],
    ['2026-03-02T08:15:03.120Z', at + 120],
    ['2026-03-02T08:15:03.1204567Z', at + 120],
    ['2026-03-02 08:15:03', at],
    ['2026-03-02T10:15:03+02:00', at],
    ['2026-03-02T10:15:03+0200', at],
    ['2026-03-02', Date.UTC(2026, 2, 2)],
    ['2026-03-20', Date.UTC(2026, 2, 20)],
    [at / 1000, at],
    [String(at / 1000), at],
    [`${at / 1000}.5`, at + 500],
    [at, at],
    [at * 1000, at],
    ['3/2/2026, 8:15:03.482 AM', at + 482],
    ['3/2/2026, 8:15:03 AM', at],
    ['3/2/2026, 8:15:03.482\u202fAM', at + 482],
    ['3/2/2026, 8:15:03.5\u00a0PM', at + 12 * 3_600_000 + 500],
    ['12/31/2026, 12:00:00 AM', Date.UTC(2026, 11, 31)],
  ])('%j is read', async (LogTimestamp, expected) => {
    const log = await files.open([files.write('time', jsonLines([activity(0, { LogTimestamp })]))]);
    expect(log.summary).toMatchObject({ events: 1, firstEvent: expected });
  });

  test.each<[unknown, string]>([
    ['infinity', 'time-out-of-range'],
    ['epoch', 'time-out-of-range'],
    ['', 'no-time'],
    ['tomorrow', 'no-time'],
    ['2026-02-30T00:00:00Z', 'no-time'],
    ['2026-13-01T00:00:00Z', 'no-time'],
    ['2026-03-02T08:15:03+99:00', 'no-time'],
    ['1989-12-31T23:59:59Z', 'time-out-of-range'],
    ['0001-01-01T00:00:00Z', 'time-out-of-range'],
    ['9999-12-31T23:59:59Z', 'time-out-of-range'],
    ['294247-01-10T04:00:54Z', 'no-time'],
    ['Mon Mar  2 08:15:03 0026', 'time-out-of-range'],
    [0, 'time-out-of-range'],
    [9_007_199_254_740_991, 'time-out-of-range'],
    ['1e400', 'time-out-of-range'],
    ['NaN', 'no-time'],
    [-5, 'time-out-of-range'],
  ])('%j is rejected: %s', async (LogTimestamp, reason) => {
    const record = activity(0, { LogTimestamp, TimestampConnectionStart: '' });
    const log = await files.open([files.write('time', jsonLines([activity(1), record]))]);
    expect((await log.rejected({ offset: 0, limit: 10 })).rows.map((row) => row.reason)).toEqual([reason]);
  });

  test('without a LogTimestamp the time is TimeGenerated, which is said; else the end or start of the connection', async () => {
    const none = { LogTimestamp: undefined, TimestampConnectionStart: '2026-03-02T08:00:00Z' };
    const log = await files.open([
      files.write(
        'fallback',
        jsonLines([
          activity(0, { ...none, TimeGenerated: '2026-03-02T09:00:00Z' }),
          activity(1, { ...none, TimestampConnectionEnd: '2026-03-02T08:30:00Z' }),
          activity(2, none),
          activity(3, { ...none, LogTimestamp: 'soon', TimestampConnectionEnd: '1066-01-01T00:00:00Z' }),
        ]),
      ),
    ]);
    const times = await log.database.use(undefined, (connection) =>
      connection.columns('select time, connection_end from event order by id'),
    );
    const clock = (hour: number, minute = 0): number => Date.UTC(2026, 2, 2, hour, minute);
    expect(times[0]).toEqual([clock(9), clock(8, 30), clock(8)]);
    expect(times[1]).toEqual([null, clock(8, 30), null]);
    expect(log.summary.inputs[0]?.warnings).toEqual([expect.stringMatching(/^1 of 3 events .*TimeGenerated/)]);
    expect((await log.rejected({ offset: 0, limit: 10 })).rows).toMatchObject([
      { line: 4, reason: 'time-out-of-range' },
    ]);
  });
});

test('users fold in one place, spellings are kept, and white space does not count', async () => {
  const names = ['Jos\u00e9', 'JOSE\u0301', '\u00a0jos\u00e9\t', 'ALİCE', 'corp\\\\x'];
  const log = await files.open([
    files.write('users', jsonLines(names.map((Username, index) => activity(index, { Username })))),
  ]);
  const rows = await log.database.use(undefined, (connection) =>
    connection.rows('select user_name, user_key from event order by id'),
  );
  expect(rows.slice(0, 3).map(([, key]) => key)).toEqual(['jos\u00e9', 'jos\u00e9', 'jos\u00e9']);
  expect(rows.map(([name]) => name)).toEqual([...names.slice(0, 2), 'jos\u00e9', ...names.slice(3)]);
});
