import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../db';
import { KqlError } from './error';
import { runKql, toJson } from './run';
import type { KqlOptions } from './run';
import type { TableSource } from './to-sql/relation';

const at = Date.UTC(2026, 2, 2, 12);
const spill = mkdtempSync(join(tmpdir(), 'doppel-kql-'));
let database: Database;

/** The columns of ZPAEvent that the published rule reads, over a table of our own. */
const ZPAEvent: TableSource = {
  from: 'event',
  order: 'id',
  columns: [
    { name: 'TimeGenerated', type: 'datetime', sql: '(time * 10000 + 621355968000000000)' },
    { name: 'DvcAction', type: 'string', sql: "coalesce(action, '')" },
    { name: 'DstUserName', type: 'string', sql: 'user_name' },
    { name: 'SrcIpAddr', type: 'string', sql: 'ip' },
    { name: 'NetworkSessionId', type: 'string', sql: 'session_id' },
  ],
};
const PUBLISHED = `let open_sessions =
ZPAEvent
| where DvcAction == 'open'
| summarize timestampstart = min(TimeGenerated) by DstUserName, SrcIpAddr, NetworkSessionId
| sort by timestampstart asc;
let closed_sessions =
ZPAEvent
| where TimeGenerated > ago(1h)
| where DvcAction == 'close'
| summarize timestampend = max(TimeGenerated) by DstUserName, SrcIpAddr, NetworkSessionId
| sort by timestampend asc;
open_sessions
| join (closed_sessions) on DstUserName
| sort by DstUserName, timestampstart
| extend prev_session_closetime = prev(timestampend,1)
| extend prev_session_starttime = prev(timestampstart,1)
| extend PreviousSrcIpAddr = prev(SrcIpAddr, 1)
| extend prev_sessionuser = prev(DstUserName, 1)
| where DstUserName == prev_sessionuser
| where SrcIpAddr != PreviousSrcIpAddr
| where prev_session_closetime > timestampstart
| project DstUserName, SrcIpAddr, PreviousSrcIpAddr
| extend IPCustomEntity = SrcIpAddr, AccountCustomEntity = DstUserName`;

beforeAll(async () => {
  database = await Database.open({ readable: [], spillFolder: spill, memoryLimit: '500MB', threads: 2 });
  await database.use(undefined, async (connection) => {
    await connection.run(
      'create table event (id bigint, time bigint, action varchar, user_name varchar, ip varchar, session_id varchar)',
    );
    // ann at A from 10:00 and at B from 11:00, both closed within the last hour
    const events = [
      [1, -120, 'open', '203.0.113.1', 's1'],
      [2, -60, 'open', '198.51.100.2', 's2'],
      [3, -30, 'close', '203.0.113.1', 's1'],
      [4, -10, 'close', '198.51.100.2', 's2'],
    ] as const;
    for (const [id, minutes, action, ip, session] of events) {
      await connection.run("insert into event values ($id, $time, $action, 'ann', $ip, $session)", {
        id,
        time: at + minutes * 60_000,
        action,
        ip,
        session,
      });
    }
  });
});
afterAll(() => {
  database.close();
  rmSync(spill, { recursive: true });
});

const run = (kql: string, options: Partial<KqlOptions> = {}) => runKql(database, kql, { at, ...options });
async function refusal(kql: string, options: Partial<KqlOptions> = {}): Promise<KqlError> {
  const error: unknown = await run(kql, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof KqlError)) throw new Error(`not refused: ${kql}`, { cause: error });
  return error;
}

describe('the published rule', () => {
  const tables = { ZPAEvent };

  test('finds nothing, and its stages show where', async () => {
    const { rows, stages, notes } = await run(PUBLISHED, { tables, trace: true });
    expect(rows).toEqual([]);
    expect(stages.map(({ binding, operator, rowsIn, rowsOut }) => [binding, operator, rowsIn, rowsOut])).toEqual([
      ['open_sessions', 'source', 4, 4],
      ['open_sessions', 'where', 4, 2],
      ['open_sessions', 'summarize', 2, 2],
      ['open_sessions', 'sort', 2, 2],
      ['closed_sessions', 'source', 4, 4],
      ['closed_sessions', 'where', 4, 2],
      ['closed_sessions', 'where', 2, 2],
      ['closed_sessions', 'summarize', 2, 2],
      ['closed_sessions', 'sort', 2, 2],
      ['', 'join kind=innerunique', 4, 2],
      ['', 'sort', 2, 2],
      ['', 'extend', 2, 2],
      ['', 'extend', 2, 2],
      ['', 'extend', 2, 2],
      ['', 'extend', 2, 2],
      ['', 'where', 2, 1],
      ['', 'where', 1, 0],
      ['', 'where', 0, 0],
      ['', 'project', 0, 0],
      ['', 'extend', 0, 0],
    ]);
    expect(notes).toEqual([expect.stringContaining('one left row a key'), expect.stringContaining('rows that tie')]);
    for (const { span, text } of stages) expect(PUBLISHED.slice(span.start, span.start + span.length)).toBe(text);
  });

  test('with kind=inner it pairs the sessions', async () => {
    const inner = PUBLISHED.replace('| join (', '| join kind=inner (');
    const { rows, columns } = await run(inner, { tables });
    expect(columns.map(({ name }) => name)).toEqual([
      'DstUserName',
      'SrcIpAddr',
      'PreviousSrcIpAddr',
      'IPCustomEntity',
      'AccountCustomEntity',
    ]);
    expect(rows).toEqual([['ann', '203.0.113.1', '198.51.100.2', '203.0.113.1', 'ann']]);
  });
});

describe('a query reaches nothing but its tables', () => {
  test.each([
    'event | count',
    'duckdb_settings | count',
    "externaldata(x:string)['file:///etc/passwd']",
    'cluster("x").database("y").T',
  ])('%s', async (kql) => {
    expect((await refusal(kql, { tables: { ZPAEvent } })).code).toMatch(/^query-(invalid|unsupported)$/);
  });

  test('text that looks like SQL stays text', async () => {
    const hostile = `'; drop table event; --`;
    const { rows, columns } = await run(`print ['a"b'] = "${hostile}", x = "$p1" | where x has "$p1"`);
    expect(columns[0]?.name).toBe('a"b');
    expect(rows).toEqual([[hostile, '$p1']]);
    expect((await run('ZPAEvent | count', { tables: { ZPAEvent } })).rows).toEqual([['4']]);
  });
});

test('the first queries of a log may come at once, and one of them be cancelled', async () => {
  const fresh = await Database.open({ readable: [], spillFolder: spill, memoryLimit: '500MB', threads: 2 });
  const abort = new AbortController();
  const cancelled = runKql(fresh, 'print 1', { at, signal: abort.signal });
  const others = ['print 2', 'print 3'].map((kql) => runKql(fresh, kql, { at }));
  abort.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect((await Promise.all(others)).map(({ rows }) => rows)).toEqual([[['2']], [['3']]]);
  fresh.close();
});

describe('limits', () => {
  test('more rows than the limit are cut, and this is said', async () => {
    const { rows, truncated } = await run('range x from 1 to 100 step 1', { limits: { rows: 10 } });
    expect([rows.length, truncated]).toEqual([10, true]);
    expect((await run('range x from 1 to 10 step 1', { limits: { rows: 10 } })).truncated).toBe(false);
  });

  test('fewer than no rows are none', async () => {
    expect((await run('print 1 | take -1')).rows).toEqual([]);
  });

  test('a query that takes too long is stopped', async () => {
    const endless =
      'let T = range x from 1 to 5000000 step 1 | extend k = 1; T | join kind=inner (T | extend y = x) on k | summarize sum(x * y)';
    expect((await refusal(endless, { limits: { ms: 200 } })).code).toBe('query-limit');
  });

  test('cancelling is not a limit', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(run('print 1', { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  const nested = (depth: number): string => `print x = ${'toint(tostring('.repeat(depth)}'1'${'))'.repeat(depth)}`;
  const doubled = Array.from({ length: 40 }, (_, index) => `let a${index + 1} = a${index} + a${index};`).join('\n');
  const functions = Array.from(
    { length: 14 },
    (_, index) => `let f${index + 1} = (x:long) { f${index}(x) + f${index}(x) };`,
  );
  test.each([
    ['calls in calls', nested(14)],
    ['lets that double', `let a0 = 1;\n${doubled}\nprint a40`],
    ['functions that double', `let f0 = (x:long) { x };\n${functions.join('\n')}\nprint f14(1)`],
    ['a long range', 'range x from 1 to 100000000 step 1 | count'],
    [
      'a long scan',
      'range x from 1 to 50000 step 1 | scan declare(n:long) with (step s: true => n = s.n + 1;) | count',
    ],
    ['a very long text', `print "${'x'.repeat(100_001)}"`],
  ])('%s', async (_name, kql) => {
    expect((await refusal(kql)).code).toBe('query-limit');
  });
  test('what is nested as people do is not refused', async () => {
    expect((await run(nested(4))).rows).toEqual([['1']]);
  });
});

test('cells as JSON values', () => {
  expect(toJson('long', '5')).toBe(5);
  expect(toJson('long', '9223372036854775807')).toBe('9223372036854775807');
  expect(toJson('real', 'NaN')).toBe('NaN');
  expect(toJson('bool', 'True')).toBe(true);
  expect(toJson('dynamic', '{"a":[1]}')).toEqual({ a: [1] });
  expect(toJson('datetime', '2026-03-02T00:00:00.0000000Z')).toBe('2026-03-02T00:00:00.0000000Z');
  expect(toJson('long', null)).toBeNull();
});
