import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { kql } from './kql';
import { rule } from './rule';

const folder = mkdtempSync(join(tmpdir(), 'doppel-cli-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));
const root = join(import.meta.dirname, '../..');
const published = join(root, 'rules/shared-zpa-session.yaml');
const log = join(root, 'test/rules/defects/default-join/input.ndjson');

let written = '';
beforeEach(() => {
  written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text: unknown, done?: unknown) => {
    written += String(text);
    if (typeof done === 'function') (done as () => void)(); // what a stream calls when it has written
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

test('a query over a log, as CSV', async () => {
  expect(await kql(['ZPAEvent | summarize n = count() by DstUserName', log, '--format', 'csv'])).toBe(0);
  expect(written).toBe('"DstUserName","n"\n"ann@example.com","4"\n');
});

test('lines: each gives its answer or its error, with the place in the text', async () => {
  const file = join(folder, 'lines.jsonl');
  const queries = ['print t = ago(1h), d = dynamic([1])', 'print x = nope'];
  writeFileSync(file, queries.map((text, id) => JSON.stringify({ id, kql: text })).join('\n'));
  expect(await kql(['--lines', file, '--at', '2026-03-02'])).toBe(0);
  const [good, bad] = written
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(good).toEqual({ id: 0, columns: ['t:datetime', 'd:dynamic'], rows: [['2026-03-01T23:00:00.0000000Z', [1]]] });
  expect(bad).toMatchObject({ id: 1, error: { code: 'query-invalid', start: 10, length: 4 } });
});

test('lines: one that will not do gets its own answer, which names it, and the others are answered', async () => {
  const file = join(folder, 'broken.jsonl');
  writeFileSync(file, '{"id":1,"kql":"print 1"}\n\nnot json\n{"id":"c"}\n[]\n{"id":2,"kql":"print 2"}\n');
  expect(await kql(['--lines', file])).toBe(0);
  const answers = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: unknown; rows?: unknown; error?: { code: string; message: string } });
  expect(answers.map(({ id }) => id)).toEqual([1, null, 'c', null, 2]);
  expect(answers[1]!.error).toEqual({
    code: 'bad-params',
    message: 'Line 3 is not a JSON object with "id" and "kql". Write one query a line.',
    start: 0,
    length: 0,
  });
  expect(answers[2]!.error!.message).toContain('Line 4');
  expect(answers[4]!.rows).toEqual([[2]]);
});

test('a traced run shows rows of both sides, and where a user is lost on which values', async () => {
  expect(await rule(['run', published, log, '--trace', '--user', 'ANN@example.com'])).toBe(0);
  expect(written).toMatch(/ANN@example.com is lost at stage \d+: where SrcIpAddr != PreviousSrcIpAddr/);
  expect(written).toContain('  SrcIpAddr = 198.51.100.1, PreviousSrcIpAddr = 198.51.100.1');
  expect(written).toMatch(/where TimeGenerated > ago\(1h\)[^\n]*\n *keeps +TimeGenerated/);
  expect(written).toMatch(/drops +TimeGenerated[^]*?decided by TimeGenerated, now\(\) = 2026-03-02T/);
  written = '';
  await rule(['run', published, log, '--trace', '--user', 'ann@example.com', '--format', 'json']);
  const run = JSON.parse(written) as {
    followed: { lostAt: number; decided: string[] };
    stages: { kql: string; kept: { rows: unknown[] }; dropped: { rows: unknown[] }; deciding: { name: string }[] }[];
  };
  const lost = run.stages[run.followed.lostAt]!;
  expect(run.followed.decided).toEqual(['SrcIpAddr = 198.51.100.1, PreviousSrcIpAddr = 198.51.100.1']);
  expect(lost.deciding.map(({ name }) => name)).toEqual(['SrcIpAddr', 'PreviousSrcIpAddr']);
  expect([lost.kept.rows.length, lost.dropped.rows.length]).toEqual([0, 1]);
});

test('a rule run as JSON: stages only with --trace', async () => {
  expect(await rule(['run', published, log, '--trace', '--format', 'json', '--variant', 'published-inner'])).toBe(0);
  const run = JSON.parse(written) as { schema: string; stages: { kql: string; rowsOut: number }[]; rows: unknown[] };
  expect(run.schema).toBe('doppel.rule-run/1');
  expect(run.stages).toHaveLength(20);
  for (const stage of run.stages) {
    expect(Object.keys(stage)).toEqual(['id', 'binding', 'kql', 'rowsIn', 'rowsOut']);
  }
  expect(run.rows).toEqual([['ann@example.com', '198.51.100.1', '203.0.113.2', '198.51.100.1', 'ann@example.com']]);
  written = '';
  await rule(['run', published, log, '--format', 'json']);
  expect(Object.keys(JSON.parse(written) as object)).toEqual(['schema', 'rule', 'at', 'columns', 'rows', 'notes']);
});

test('the exported rule runs and finds the overlap', async () => {
  expect(await rule(['export', '--min-overlap', '10m'])).toBe(0);
  const file = join(folder, 'corrected.yaml');
  writeFileSync(file, written);
  written = '';
  expect(await rule(['run', file, log, '--format', 'csv'])).toBe(0);
  expect(written.split('\n')[1]).toContain('"2026-03-02T11:00:00.0000000Z","2026-03-02T12:00:00.0000000Z","60.0"');
});

test('a comparison as JSON says what its text says', async () => {
  expect(await rule(['compare', log, '--rule', published, '--format', 'json'])).toBe(0);
  const told: unknown = JSON.parse(written);
  expect(told).toMatchObject({
    schema: 'doppel.rule-comparison/1',
    rule: published,
    published: 0,
    intended: 1,
    other: 0,
  });
  written = '';
  await rule(['compare', log, '--min-overlap', '3h', '--format', 'json']);
  expect(JSON.parse(written)).toMatchObject({ rule: null, published: 0, publishedInner: 1, intended: 0 });
});

test('a hunting query is replayed too, and what stands for its schedule is said', async () => {
  const hunt = join(folder, 'hunt.yaml');
  writeFileSync(hunt, 'name: Hunt\nquery: ZPAEvent | where isnotempty(DstUserName)\n');
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await rule(['replay', hunt, log, '--format', 'json'])).toBe(0);
  expect(told.mock.calls.map(([text]) => String(text)).join('')).toContain('A hunting query has no schedule');
  const {
    runs,
    users,
    rule: ran,
  } = JSON.parse(written) as {
    runs: { at: string; alert: boolean }[];
    users: { runs: number; firstAlert: string }[];
    rule: { variant: string };
  };
  expect(ran.variant).toBe('published');
  expect(users[0]!.firstAlert).toBe(runs.find(({ alert }) => alert)!.at);
  expect(runs.filter(({ alert }) => alert).length).toBeGreaterThan(20);
});

test('a replay names the runs that raise an alert, for whom, and who was told before', async () => {
  const two = join(folder, 'two.yaml');
  writeFileSync(two, 'name: Two\nquery: ZPAEvent | where DvcAction == "open" | project DstUserName\n');
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await rule(['replay', two, log])).toBe(0);
  expect(written).toMatch(/\n {2}2026-03-02T\d\d:00:00\.000Z {2}\d rows?: ann@example\.com\n/);
  expect(written).toMatch(/ {2}\d rows?: ann@example\.com \(all told before\)\n/);
  expect(written).toMatch(/How often the same again:\n {2}ann@example\.com: \d+ runs, /);
});

test('how far columns are read again stands on a terminal, and is gone before the result', async () => {
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { isTTY, columns } = process.stderr;
  Object.assign(process.stderr, { isTTY: true, columns: 200 });
  const texts = (): string => told.mock.calls.map(([text]) => String(text)).join('');
  const again = 'ZPAEvent | summarize n = count() by Connector';
  expect(await kql([again, log])).toBe(0);
  expect(texts()).toMatch(/\rReading columns that are not kept \[#{24}\] 100 % /);
  expect(texts().endsWith('\r\u001B[K')).toBe(true);
  told.mockClear();
  Object.assign(process.stderr, { isTTY: false });
  expect(await kql([again, log])).toBe(0);
  Object.assign(process.stderr, { isTTY, columns });
  expect(texts()).not.toContain('Reading columns');
});

test('a user whom the rule never sees is not said to come through', async () => {
  await rule(['run', published, log, '--trace', '--user', 'ann']);
  expect(written).toContain('ann has no row in what the rule looks at. Check the spelling, and');
});

test('a log is read as the options say, and what does not count in it is told beside the result', async () => {
  const file = join(folder, 'mapped.csv');
  writeFileSync(file, 'When,Account,Addr\n2026-03-02T09:00:00Z,ann,192.0.2.1\nsoon,ann,192.0.2.2\n');
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const query = 'ZPAEvent | project DstUserName, SrcIpAddr';
  await kql([query, file, '--map', 'user=Account,ip=Addr,time=When', '--format', 'csv']);
  expect(written).toBe('"DstUserName","SrcIpAddr"\n"ann","192.0.2.1"\n');
  const lines = told.mock.calls.map(([text]) => String(text)).join('');
  expect(lines).toContain('mapped.csv: 2 records = 1 event + 1 rejected');
});

test.each([
  [['run', published]],
  [['run', published, log, '--user', 'ann']],
  [['run', published, log, '--delay', '5m']],
  [['replay', published, log, '--delay', 'soon']],
  [['replay', published, log, '--trace']],
  [['replay', published, log, '--format', 'csv']],
  [['compare']],
  [['compare', log, '--at', '2026-03-02']],
  [['export', log]],
  [['export', '--from', '2026-03-03', '--to', '2026-03-02'], '--from must be earlier than --to.'],
  [['exprot'], 'Did you mean export?'],
])('rule %j is wrong usage', async (args, message = 'See doppel rule') => {
  await expect(rule(args)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining(message) as string,
  });
});

test.each([
  [['print 1', '--format', 'xml']],
  [['--lines', 'a', '--format', 'csv']],
  [['--lines', 'a', '--file', 'b']],
  [[]],
])('kql %j is wrong usage', async (args) => {
  await expect(kql(args)).rejects.toMatchObject({ code: 'usage' });
});
