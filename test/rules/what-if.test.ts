/** Other parameters are tried out: who would be gained and lost, with what was decided about them; the findings that stand stay. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from '../../engine/handlers';
import type { Engine } from '../../engine/handlers';
import { channelPair } from '../../shared/channel';
import type { FindingState } from '../../shared/decisions';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Parameters } from '../../shared/domain';
import { connect, serve } from '../../shared/rpc';
import type { Client } from '../../shared/rpc';

const tempFolder = mkdtempSync(join(tmpdir(), 'doppel-what-if-'));
let engine: Engine;
let client: Client;
beforeAll(async () => {
  engine = createEngine({ tempFolder });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  client = connect(here);
  const [handle] = await engine.offer([
    { path: join(import.meta.dirname, '../../samples/day.ndjson'), name: 'day.ndjson' },
  ]);
  await client.call('log.open', { files: [handle!.id] });
  await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
});
afterAll(async () => {
  client.close();
  await engine.close();
  rmSync(tempFolder, { recursive: true, force: true });
});

const users = async (): Promise<string[]> =>
  (await client.call('findings.page', { offset: 0, limit: 100 })).rows.map(({ user }) => user);
const tryOut = (changes: Partial<Parameters>) =>
  client.call('rule.what-if', { parameters: { ...DEFAULT_PARAMETERS, ...changes } });

test('what it tells is what a run with these parameters finds, and nothing of the run that stands changes', async () => {
  const before = await users();
  for (const changes of [{ minOverlapMs: 3_600_000 }, { openSessions: 'ignore' }, { idleGapMs: 0 }, {}] as const) {
    const told = await tryOut(changes);
    expect(await users()).toEqual(before);
    const parameters = { ...DEFAULT_PARAMETERS, ...changes };
    expect(await client.call('detection.run', { parameters })).toMatchObject(told.after);
    const after = await users();
    expect(told.lost.rows.map(({ user }) => user)).toEqual(before.filter((user) => !after.includes(user)));
    expect(told.gained.rows.map(({ user }) => user)).toEqual(after.filter((user) => !before.includes(user)));
    await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
  }
});

test('a confirmed verdict that would be lost is named, as it was decided last', async () => {
  const { lost } = await tryOut({ minOverlapMs: 3_600_000 });
  const [first] = lost.rows;
  expect(first).toBeDefined();
  const state: Omit<FindingState, 'verdict'> = {
    finding: first!.id,
    status: 'closed',
    assignee: null,
    tags: [],
    notes: [],
    changedAt: Date.UTC(2026, 2, 3),
    changedBy: 'ann',
  };
  await client.call('decisions.mirror', { states: [{ ...state, verdict: 'true positive' }], whole: true });
  expect(await tryOut({ minOverlapMs: 3_600_000 })).toMatchObject({
    confirmed: 1,
    lostConfirmed: { total: 1, rows: [{ user: first!.user, verdict: 'true positive' }] },
  });
  expect(await tryOut({})).toMatchObject({ confirmed: 1, lostConfirmed: { total: 0 }, lost: { total: 0 } });
  await client.call('decisions.mirror', { states: [{ ...state, verdict: 'undetermined' }], whole: true });
  expect(await tryOut({ minOverlapMs: 3_600_000 })).toMatchObject({ confirmed: 0, lostConfirmed: { total: 0 } });
});

test('given up, it leaves the findings that stand and answers the next question', async () => {
  const before = await users();
  const abort = new AbortController();
  const asked = client.call(
    'rule.what-if',
    { parameters: { ...DEFAULT_PARAMETERS, idleGapMs: 61_000 } },
    { signal: abort.signal },
  );
  abort.abort();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  expect((await tryOut({ idleGapMs: 61_000 })).before.findings).toBe(before.length);
  expect(await users()).toEqual(before);
});
