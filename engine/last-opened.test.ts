import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { channelPair } from '../shared/channel';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import { connect, serve } from '../shared/rpc';
import type { Client } from '../shared/rpc';
import { createEngine } from './handlers';
import type { Engine } from './handlers';
import { MadeFiles } from './ingest/made-log';

const SAMPLE = join(import.meta.dirname, '../samples/day.ndjson');
const PARAMETERS = { ...DEFAULT_PARAMETERS, minOverlapMs: 60_000 };

const made = new MadeFiles();
const tempFolder = join(made.folder, 'engine');
mkdirSync(tempFolder);
const lastOpenedFile = join(made.folder, 'open-log');
const day = { path: join(made.folder, 'day.ndjson'), name: 'day.ndjson' };
const night = { path: join(made.folder, 'night.ndjson'), name: 'night.ndjson' };
const notes = { path: join(made.folder, 'notes.txt'), name: 'notes.txt' };
copyFileSync(SAMPLE, day.path);
copyFileSync(SAMPLE, night.path);
writeFileSync(notes.path, 'no log\n');
const engines: Engine[] = [];
afterAll(async () => {
  for (const engine of engines) await engine.close();
  await made.remove();
});

/** As the shell starts one after a crash, with the files of this run granted again. */
async function start(): Promise<{ client: Client; ids: string[] }> {
  const engine = createEngine({ tempFolder, lastOpenedFile });
  engines.push(engine);
  engine.setSample(SAMPLE);
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  const ids = (await engine.offer([day, night, notes])).map(({ id }) => id);
  return { client: connect(here, { check: true }), ids };
}

test('an engine that is started again knows what was open, of all that was granted, and with which settings', async () => {
  const first = await start();
  expect((await first.client.call('log.state', {})).before).toBeNull();
  await first.client.call('log.open', { files: [first.ids[0]!], choices: { [first.ids[0]!]: { timeZone: 'UTC' } } });
  await first.client.call('detection.run', { parameters: PARAMETERS });
  // what failed was never open
  await expect(first.client.call('log.open', { files: [first.ids[2]!] })).rejects.toMatchObject({});

  const second = await start();
  const { before } = await second.client.call('log.state', {});
  const [id] = second.ids;
  expect(before?.files).toEqual([{ id, name: 'day.ndjson', bytes: expect.any(Number) as number }]);
  expect(before).toMatchObject({ choices: { [id!]: { timeZone: 'UTC' } }, parameters: PARAMETERS });
  await second.client.call('log.open', { files: [second.ids[1]!] });
  expect((await second.client.call('log.state', {})).before).toBeNull();

  const third = await start();
  expect((await third.client.call('log.state', {})).before).toMatchObject({
    files: [{ name: 'night.ndjson' }],
    parameters: null,
  });
  const sample = await third.client.call('files.sample', {});
  await third.client.call('log.open', { files: [sample.id] });
  const fourth = await start();
  expect((await fourth.client.call('log.state', {})).before?.files).toMatchObject([{ name: 'day.ndjson (sample)' }]);
});

test('a file of the run that was cut off is none', async () => {
  writeFileSync(lastOpenedFile, '{"files": [{"pa');
  const { client } = await start();
  expect((await client.call('log.state', {})).before).toBeNull();
});
