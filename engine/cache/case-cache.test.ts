import { appendFile, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { channelPair } from '../../shared/channel';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { connect, serve } from '../../shared/rpc';
import { createEngine } from '../handlers';
import { MadeCase, lines, records } from './made-case';
import { madeZip } from '../sources/made-zip';
import { jsonLines, activity } from '../ingest/made-log';

let made: MadeCase;
beforeEach(() => {
  made = new MadeCase();
});
afterEach(() => made.remove());

/** How many detections there were is another number every time. */
async function foundNow() {
  return { ...(await made.client.call('findings.page', { offset: 0, limit: 100 })), generation: undefined };
}

/** Everything that an analyst sees of a log. */
async function seen(): Promise<unknown> {
  const page = { offset: 0, limit: 100 };
  const findings = await foundNow();
  const { log, detection } = await made.client.call('log.state', {});
  const users = findings.rows.map(({ user }) => user);
  return {
    // handles are other ones every time, and so is where it comes from
    log: { ...log, cache: undefined, inputs: log?.inputs.map((input) => ({ ...input, file: '' })) },
    detection,
    findings,
    rejected: await made.client.call('rejected.page', page),
    overlaps: await made.client.call('overlaps.page', page),
    events: await made.client.call('events.page', page),
    evidence: await Promise.all(
      users.map((user) => made.client.call('evidence.page', { of: { user }, offset: 0, limit: 200 })),
    ),
    // what is in no cache is read from the files
    again: (
      await made.client.call('kql.run', {
        kql: 'ZPAEvent | summarize count() by Customer, InternalReason | sort by InternalReason asc',
        at: null,
        periodMs: null,
        limits: undefined,
      })
    ).rows,
    timeline: await Promise.all(users.map((user) => made.client.call('timeline.get', { user }))),
  };
}

const ARCHIVED = [
  { name: 'one.ndjson', content: lines() },
  { name: 'two.ndjson.gz', content: gzipSync(lines(20)) },
  { name: 'readme.txt', content: 'no log' },
];
const ARRAY = JSON.stringify(records(60), null, 2);

test.each([
  ['JSON lines', () => lines()],
  ['JSON lines that are packed', () => gzipSync(lines())],
  ['JSON lines with a byte order mark', () => `\uFEFF${lines()}`],
  ['one JSON array', () => ARRAY],
  ['an archive of logs', () => madeZip(ARCHIVED).bytes],
])('a log out of the cache is the log that was read: %s', async (_what, content) => {
  const path = made.written('log', content());
  await made.started();
  expect((await made.opened(path)).cache).toBeUndefined();
  expect(await made.news()).toMatchObject({ is: 'kept' });
  const before = await seen();
  expect(before).toMatchObject({ findings: { total: expect.toSatisfy((total: number) => total > 0) } });
  await made.started();
  const log = await made.opened(path);
  expect(log.cache?.readAt).toBeGreaterThan(0);
  expect(await seen()).toEqual(before);
  expect(await made.news()).toEqual({ is: 'same' });
  expect(await seen()).toEqual(before);
});

test('with other settings it is detected again, and comes to what it would', async () => {
  const path = made.written('a.ndjson', lines());
  const parameters = { ...DEFAULT_PARAMETERS, openSessions: 'log-end' as const };
  const findings = async () => {
    const detection = await made.client.call('detection.run', { parameters });
    expect(detection.findings).toBeGreaterThan(0);
    return [detection, await foundNow()];
  };
  await made.kept(path);
  const before = await findings();
  await made.started();
  expect((await made.opened(path)).cache?.readAt).toBeGreaterThan(0);
  expect(await findings()).toEqual(before);
});

test('findings in the cache are those of the settings that were used last', async () => {
  const path = made.written('a.ndjson', lines());
  const parameters = { ...DEFAULT_PARAMETERS, minOverlapMs: 60_000 };
  const engine = await made.started();
  engine.setCase({ folder: made.caseFolder, mayWrite: false });
  await made.opened(path);
  const before = await made.client.call('detection.run', { parameters });
  engine.setCase({ folder: made.caseFolder, mayWrite: true });
  expect(await made.news()).toMatchObject({ is: 'kept' });
  await made.started();
  const files = (await made.engine.offer([{ path, name: 'a.ndjson' }])).map(({ id }) => id);
  expect((await made.client.call('log.open', { files })).cache?.readAt).toBeGreaterThan(0);
  expect(await made.client.call('detection.run', { parameters })).toEqual(before);
  expect(await made.client.call('detection.run', { parameters: DEFAULT_PARAMETERS })).toMatchObject({
    parameters: DEFAULT_PARAMETERS,
  });
});

test('a folder of logs is one log out of the cache, until a file is added to it', async () => {
  await mkdir(made.path('logs'));
  made.written('logs/a.ndjson', lines(3));
  made.written('logs/b.ndjson', lines(4));
  const { records } = await made.kept(made.path('logs'));
  await made.started();
  expect(await made.opened(made.path('logs'))).toMatchObject({ records, cache: { readAt: expect.any(Number) } });
  made.written('logs/c.ndjson', lines(1));
  await made.started();
  expect((await made.opened(made.path('logs'))).cache).toBeUndefined();
});

test('a file that has changed is read, and the cache is written again', async () => {
  const path = made.written('a.ndjson', lines());
  const { records } = await made.kept(path);
  await appendFile(path, jsonLines([activity(7)]));
  await made.started();
  const log = await made.opened(path);
  expect(log).toMatchObject({ records: records + 1, cache: { readAt: null, miss: { why: 'changed', file: path } } });
  expect(await made.news()).toMatchObject({ is: 'kept' });
  await made.started();
  expect(await made.opened(path)).toMatchObject({ records: records + 1, cache: { readAt: expect.any(Number) } });
});

test('a change that only the SHA-256 shows is said, and evidence of then is not shown as that of now', async () => {
  const path = made.written('a.ndjson', lines());
  await made.kept(path);
  const { atimeMs, mtimeMs } = await stat(path);
  const bytes = await readFile(path);
  const at = bytes.indexOf('a-3', 70_000); // not among the bytes that are looked at first
  bytes.write('a-9', at);
  await writeFile(path, bytes);
  await utimes(path, atimeMs / 1000, mtimeMs / 1000);
  await made.started();
  expect((await made.opened(path)).cache?.readAt).toBeGreaterThan(0);
  expect(await made.news()).toEqual({ is: 'other', files: ['a.ndjson'] });
  const { rows } = await made.client.call('findings.page', { offset: 0, limit: 1 });
  const user = rows[0]!.user;
  const evidence = await made.client.call('evidence.page', { of: { user }, offset: 0, limit: 1 });
  expect(evidence.rows).toMatchObject([{ raw: null, problem: 'file-changed' }]);
});

test('what is packed and has changed unseen is said as well', async () => {
  const path = made.written('a.zip', madeZip([{ name: 'a.ndjson', content: lines(), stored: true }]).bytes);
  await made.kept(path);
  const { atimeMs, mtimeMs } = await stat(path);
  const bytes = await readFile(path);
  bytes.write('a-9', bytes.indexOf('a-3', 70_000));
  await writeFile(path, bytes);
  await utimes(path, atimeMs / 1000, mtimeMs / 1000);
  await made.started();
  expect((await made.opened(path)).cache?.readAt).toBeGreaterThan(0);
  expect(await made.news()).toMatchObject({ is: 'other', files: expect.arrayContaining(['a.zip']) });
});

test('a file that was only moved away and back, or touched by a copy with its times, comes out of the cache', async () => {
  const path = made.written('a.ndjson', lines());
  await made.kept(path);
  const { atimeMs, mtimeMs } = await stat(path);
  const bytes = await readFile(path);
  await rm(path);
  await writeFile(path, bytes);
  await utimes(path, atimeMs / 1000, mtimeMs / 1000);
  await made.started();
  expect((await made.opened(path)).cache?.readAt).toBeGreaterThan(0);
  expect(await made.news()).toEqual({ is: 'same' });
});

test('an opening that waits to hear which case is open can be cancelled', async () => {
  const path = made.written('a.ndjson', lines(3000));
  const engine = createEngine({
    tempFolder: made.path('temp'),
    cache: { keyFile: made.path('data/cache-key'), awaitsCase: true, caseWithinMs: 3_600_000 },
  });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  const client = connect(here);
  const handles = await engine.offer([{ path, name: 'a.ndjson' }]);
  const cancel = new AbortController();
  const opening = client.call('log.open', { files: handles.map(({ id }) => id) }, { signal: cancel.signal });
  setTimeout(() => cancel.abort(), 50);
  await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
  client.close();
  await engine.close();
});
