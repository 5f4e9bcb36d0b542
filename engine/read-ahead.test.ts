import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { channelPair } from '../shared/channel';
import { connect, serve } from '../shared/rpc';
import type { Client } from '../shared/rpc';
import { createEngine } from './handlers';
import type { Engine } from './handlers';

const RECORD =
  '{"LogTimestamp": "Mon Mar  2 08:15:03 2026","SessionID": "a","ConnectionID": "a,1","ConnectionStatus": "close",' +
  '"Username": "ann@alder.example","ClientPublicIP": "192.0.2.1","TimestampConnectionStart": "2026-03-02T08:00:00.000Z",' +
  '"TimestampConnectionEnd": "2026-03-02T08:15:00.000Z"}\n';

let folder: string;
let path: string;
let engine: Engine;
let client: Client;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doppel-ahead-'));
  path = join(folder, 'a.ndjson');
  await writeFile(path, RECORD);
  engine = createEngine({ tempFolder: folder });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  client = connect(here);
});

afterEach(async () => {
  client.close();
  await engine.close();
  await rm(folder, { recursive: true });
});

async function offered(): Promise<string[]> {
  const handles = await engine.offer([{ path, name: 'a.ndjson' }], true);
  return handles.map(({ id }) => id);
}

/** What lies in the engine's folder once a log is being read there. */
async function readingAhead(): Promise<void> {
  await expect.poll(async () => (await readdir(folder)).find((name) => name.startsWith('log-'))).toBeDefined();
}

test('what was read ahead is what is opened, and nothing is open before', async () => {
  const files = await offered();
  await readingAhead();
  expect((await client.call('log.state', {})).log).toBeNull();
  const before = (await readdir(folder)).filter((name) => name.startsWith('log-'));
  expect((await client.call('log.open', { files })).records).toBe(1);
  expect(await readdir(folder)).toEqual(expect.arrayContaining(before));
  expect((await client.call('log.state', {})).log?.records).toBe(1);
});

test('nothing of a log that was read ahead and never asked for is left', async () => {
  await offered();
  await readingAhead();
  await engine.close();
  expect((await readdir(folder)).filter((name) => name.startsWith('log-'))).toEqual([]);
});

test('a file that has changed since is read again', async () => {
  const files = await offered();
  await readingAhead();
  await appendFile(path, RECORD);
  expect((await client.call('log.open', { files })).records).toBe(2);
});

test('other choices, and another log, are read as if nothing had been read ahead', async () => {
  const files = await offered();
  const [file = ''] = files;
  const chosen = await client.call('log.open', { files, choices: { [file]: { timeZone: 'Europe/Berlin' } } });
  expect(chosen.inputs[0]?.reading.timeZone).toBe('Europe/Berlin');
  expect((await client.call('log.open', { files })).inputs[0]?.reading.timeZone).toBe('UTC');
});

test('what is wrong with a file is told to who opens it', async () => {
  await writeFile(path, 'no log\n');
  const files = await offered();
  await expect(client.call('log.open', { files })).rejects.toMatchObject({ code: 'no-zpa-records' });
});

test('whoever opens it can cancel it', async () => {
  await writeFile(path, RECORD.repeat(20_000));
  const files = await offered();
  const stop = new AbortController();
  const opening = client.call('log.open', { files }, { signal: stop.signal, onProgress: () => stop.abort() });
  await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
  expect((await client.call('log.open', { files })).records).toBe(20_000);
});
