/** The rule lab over real files: the published rule's defects, each with the smallest log that shows it; trace, replay, refusals. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/handlers';
import type { Engine } from '../../engine/handlers';
import { channelPair } from '../../shared/channel';
import { decidingValues } from '../../shared/deciding';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { connect, serve } from '../../shared/rpc';
import type { Client } from '../../shared/rpc';

const defects = join(import.meta.dirname, 'defects');
const publishedYaml = readFileSync(join(import.meta.dirname, '../../rules/shared-zpa-session.yaml'), 'utf8');
const tempFolder = mkdtempSync(join(tmpdir(), 'doppel-rules-'));
let engine: Engine;
let client: Client;
beforeAll(() => {
  engine = createEngine({ tempFolder });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  client = connect(here);
});
afterAll(async () => {
  client.close();
  await engine.close();
  rmSync(tempFolder, { recursive: true, force: true });
});

async function open(name: string, file = 'input.ndjson'): Promise<void> {
  const [handle] = await engine.offer([{ path: join(defects, name, file), name: file }]);
  await client.call('log.open', { files: [handle!.id] });
}
async function published() {
  return (await client.call('rule.read', { file: 'shared-zpa-session.yaml', yaml: publishedYaml })).rule;
}
async function run(
  variant: 'published' | 'published-inner',
  trace: 'none' | 'counts' | 'samples' = 'none',
  user?: string,
) {
  const { query: kql, periodMs } = await published();
  return client.call('rule.run', {
    kql,
    periodMs,
    at: null,
    variant,
    trace,
    ...(user ? { user } : {}),
    limits: undefined,
  });
}

describe('defects of the published rule', () => {
  test.each(readdirSync(defects))('%s', async (name) => {
    const wanted: unknown = JSON.parse(readFileSync(join(defects, name, 'case.json'), 'utf8'));
    await open(name);
    const usersOf = ({ rows }: { rows: (string | null)[][] }): number => new Set(rows.map(([user]) => user)).size;
    const { findings } = await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
    expect({
      published: usersOf(await run('published')),
      publishedInner: usersOf(await run('published-inner')),
      intended: findings,
    }).toEqual(Object.fromEntries(Object.entries(wanted as object).filter(([key]) => key !== 'note')));
  });

  test('without pairs it reports sessions one after the other in the right order too', async () => {
    await open('unpaired');
    const { query, periodMs } = await published();
    const inOrder = query
      .replace('join (', 'join kind=inner (')
      .replace('sort by DstUserName, timestampstart', 'sort by DstUserName asc, timestampstart asc');
    const paired = inOrder.replace('on DstUserName', 'on DstUserName, SrcIpAddr, NetworkSessionId');
    const rowsOf = async (kql: string): Promise<number> => {
      const params = { kql, periodMs, at: null, variant: 'published', trace: 'none', limits: undefined } as const;
      return (await client.call('rule.run', params)).rows.length;
    };
    expect([await rowsOf(inOrder), await rowsOf(paired)]).toEqual([1, 0]);
  });

  test('docs/rule.md names every one', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/rule.md'), 'utf8');
    for (const name of readdirSync(defects)) expect(text).toContain(`test/rules/defects/${name}`);
  });
});

test('the trace shows where a user is lost, and on which values', async () => {
  await open('default-join');
  const { stages, userLostAt } = await run('published', 'samples', 'ANN@example.com');
  const lost = stages[userLostAt!]!;
  expect(lost.kql).toBe('where SrcIpAddr != PreviousSrcIpAddr');
  expect(lost.sample?.userRows).toEqual({ in: 1, out: 0 });
  const row = Object.fromEntries(
    lost.sample!.dropped.columns.map((name, index) => [name, lost.sample!.dropped.rows[0]![index]]),
  );
  expect(row['SrcIpAddr']).toBe(row['PreviousSrcIpAddr']);
  expect(decidingValues(lost)).toEqual(['SrcIpAddr = 198.51.100.1, PreviousSrcIpAddr = 198.51.100.1']);
  const hour = stages.find(({ kql }) => kql === 'where TimeGenerated > ago(1h)')!;
  expect(decidingValues(hour)[0]).toMatch(/^TimeGenerated = 2026-.*Z, now\(\) = 2026-.*Z$/);
  const join = stages.find(({ operator }) => operator.startsWith('join'))!;
  expect(join.sample?.dropped.rows).toHaveLength(1);
  expect(join.notes.join()).toContain('one left row a key');
  const counted = (await run('published', 'counts')).stages;
  expect(stages.map(({ kql, rowsIn, rowsOut }) => [kql, rowsIn, rowsOut])).toEqual(
    counted.map(({ kql, rowsIn, rowsOut }) => [kql, rowsIn, rowsOut]),
  );
});

test('a user is followed under every spelling, and samples show the first rows in the order of the log', async () => {
  await open('user-spelling');
  const { stages } = await run('published', 'samples', '  ANN@Example.com ');
  const opens = stages.find(({ kql }) => kql === "where DvcAction == 'open'")!;
  expect(opens.sample?.userRows).toEqual({ in: 4, out: 2 });
  const users = opens.sample!.kept.columns.indexOf('DstUserName');
  expect(opens.sample!.kept.rows.map((row) => row[users])).toEqual(['Ann@example.com', 'ann@example.com']);
  expect(opens.sample!.dropped.rows).toHaveLength(2);
  const nobody = await run('published', 'samples', 'nobody');
  expect(nobody.stages[1]!.sample).toMatchObject({ userRows: { in: 0, out: 0 }, kept: { rows: [] } });
  expect(nobody.userLostAt).toBeNull();
});

test('the schedule: each hour on the clock, and a run that comes too late sees nothing', async () => {
  await open('default-join');
  const { query: kql, frequencyMs, periodMs, trigger } = await published();
  const schedule = {
    kql,
    variant: 'published-inner',
    frequencyMs: frequencyMs!,
    periodMs: periodMs!,
    trigger: trigger!,
  } as const;
  const { runs, users } = await client.call('rule.replay', { ...schedule, delayMs: 0 });
  expect(runs.filter(({ alert }) => alert).map(({ at }) => new Date(at).toISOString())).toEqual([
    '2026-03-02T12:00:00.000Z',
    '2026-03-02T13:00:00.000Z',
  ]);
  expect(users).toMatchObject([{ user: 'ann@example.com', runs: 2 }]);
  const late = await client.call('rule.replay', { ...schedule, delayMs: 2 * 3_600_000 });
  expect(late.users).toEqual([]);
  // planned once, it gives what a run at that time gives
  for (const { at, rows } of runs) {
    const alone = await client.call('rule.run', {
      kql,
      periodMs,
      at,
      variant: 'published-inner',
      trace: 'none',
      limits: undefined,
    });
    expect(alone.rows).toHaveLength(rows);
  }
});

test('the comparison gives a reason for each difference', async () => {
  await open('descending-sort');
  await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
  const { differences } = await client.call('rule.compare', {});
  expect(differences).toMatchObject([{ user: 'ann@example.com', publishedInner: true, intended: false }]);
  expect(differences[0]!.reason).toContain('never two at once');
});

test('another text is compared beside them: with kind=inner written out it finds what that variant finds', async () => {
  await open('descending-sort');
  await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
  const { query, frequencyMs, periodMs, trigger } = await published();
  const schedule = {
    variant: 'published',
    frequencyMs: frequencyMs!,
    periodMs: periodMs!,
    trigger: trigger!,
  } as const;
  const written = query.replace('| join (', '| join kind=inner (');
  expect(written).not.toBe(query);
  const found = await client.call('rule.compare', { other: { kql: written, ...schedule } });
  expect(found).toMatchObject({ published: 0, publishedInner: 1, intended: 0, other: 1 });
  expect(found.differences).toMatchObject([{ user: 'ann@example.com', other: true, overlapCount: 0 }]);
  const nobody = { kql: 'ZPAEvent | where false | project AccountCustomEntity = DstUserName', ...schedule };
  expect(await client.call('rule.compare', { other: nobody })).toMatchObject({
    other: 0,
    differences: [{ other: false }],
  });
});

test('what the rule looks for is told with each run', async () => {
  await open('default-join');
  const { predicates } = await run('published');
  expect(predicates.map(({ column, operator, value }) => [column, operator, value].join(' '))).toEqual([
    "DvcAction eq 'open'",
    'TimeGenerated gt 2026-03-02T11:30:00.0000000Z',
    "DvcAction eq 'close'",
    'DstUserName eq prev_sessionuser',
    'SrcIpAddr ne PreviousSrcIpAddr',
    'prev_session_closetime gt timestampstart',
  ]);
});

test('a rule that reads what Doppel does not have is told so, in a run and in a replay', async () => {
  await open('../../golden/format-csv-zpaevent', 'input.csv');
  const notes = async (kql: string): Promise<string[]> => {
    const run = await client.call('kql.run', { kql, at: null, periodMs: null, limits: undefined });
    const schedule = { frequencyMs: 3_600_000, periodMs: 86_400_000, delayMs: 0 };
    const trigger = { operator: 'gt', threshold: 0 } as const;
    const replay = await client.call('rule.replay', { kql, variant: 'published', trigger, ...schedule });
    const told = run.notes.filter((note) => note.includes('It uses'));
    expect(replay.notes.filter((note) => note.includes('It uses'))).toEqual(told);
    return told;
  };
  expect(await notes("ZPAEvent | where Message != 'x' | project DstUserName")).toEqual([
    'It uses Message, the text that LSS sent. input.csv has no such texts: it is empty here, not in Sentinel.',
  ]);
  expect(await notes('ZPAEvent | project DstUserName')).toEqual([]);
  const kql = 'ZPAEvent | where isnotempty(Message) | project DstUserName';
  const traced = await client.call('rule.run', {
    kql,
    at: null,
    periodMs: null,
    variant: 'published',
    trace: 'samples',
    limits: undefined,
  });
  expect(traced.stages.map(({ notes: told }) => told)).toEqual([
    [],
    ['Empty here, because Doppel does not have it: Message.'],
    [],
  ]);
});

describe('rule text is untrusted', () => {
  test.each([
    "externaldata(x:string)['file:///etc/passwd']",
    'record | count',
    'duckdb_settings() | count',
    'read_text("/etc/passwd")',
    'evaluate python(typeof(*), "1")',
  ])('%s', async (kql) => {
    const params = { kql, at: null, periodMs: null, limits: undefined };
    await expect(client.call('kql.run', params)).rejects.toMatchObject({ code: /^query-/ } as never);
    const [first] = await client.call('kql.diagnose', { kql });
    expect(first!.message).not.toBe('');
  });
  test('rows and time are limited', async () => {
    const kql = 'range x from 1 to 100 step 1';
    expect(await client.call('kql.run', { kql, at: null, periodMs: null, limits: { rows: 5 } })).toMatchObject({
      truncated: true,
    });
  });
});

test('the data of a connector is read however it is spelled', async () => {
  const connector = (key: string): string =>
    `requiredDataConnectors:\n  - connectorId: CustomLogsAma\n    ${key}: [ZPA_CL]\n`;
  for (const key of ['dataTypes', 'datatypes']) {
    const { rule } = await client.call('rule.read', {
      file: 'r.yaml',
      yaml: `name: x\nquery: ZPAEvent\n${connector(key)}`,
    });
    expect(rule.connectors).toEqual([{ connectorId: 'CustomLogsAma', dataTypes: ['ZPA_CL'] }]);
  }
});

test.each([
  ['query: [', 'line 1'],
  ['name: x\nquery: ZPAEvent\nqueryFrequency: often\n', 'line 3'],
  ['name: x\n', 'there is no query'],
])('a rule file that will not do is refused with its place: %j', async (yaml, place) => {
  await expect(client.call('rule.read', { file: 'bad.yaml', yaml })).rejects.toMatchObject({
    code: 'rule-invalid',
    message: expect.stringContaining(place) as string,
  });
});
