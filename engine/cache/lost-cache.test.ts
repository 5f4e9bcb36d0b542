import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MadeCase, lines } from './made-case';

let made: MadeCase;
beforeEach(() => {
  made = new MadeCase();
});
afterEach(() => made.remove());

test('a cache that is damaged at any byte costs the cache and nothing else', async () => {
  const path = made.written('a.ndjson', lines(5));
  const { records } = await made.kept(path);
  const whole = await readFile(join(made.caseFolder, 'cache.duckdb'));
  const label = await readFile(join(made.caseFolder, 'cache.json'));
  for (let round = 0; round < 12; round++) {
    const bytes = Buffer.from(whole);
    const at = Math.floor((bytes.length * (round + 0.5)) / 12);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    await writeFile(join(made.caseFolder, 'cache.duckdb'), bytes);
    await writeFile(join(made.caseFolder, 'cache.json'), label);
    await made.started({ fromRecords: 1000 });
    expect(await made.opened(path)).toMatchObject({ records, cache: { readAt: null, miss: { why: 'damaged' } } });
  }
  await writeFile(join(made.caseFolder, 'cache.duckdb'), whole.subarray(0, 5000));
  await made.started({ fromRecords: 1000 });
  expect((await made.opened(path)).cache).toMatchObject({ miss: { why: 'damaged' } });
  await writeFile(join(made.caseFolder, 'cache.duckdb'), whole);
  for (const text of ['', '{', '{"label":{},"seal":""}', label.toString().replace('"seal":"', '"seal":"0')]) {
    await writeFile(join(made.caseFolder, 'cache.json'), text);
    await made.started({ fromRecords: 1000 });
    expect((await made.opened(path)).cache).toMatchObject({ miss: { why: 'damaged' } });
  }
});

test('a cache that somebody else wrote is not opened', async () => {
  const path = made.written('a.ndjson', lines(5));
  await made.kept(path);
  await rm(made.path('data/cache-key'));
  await made.started();
  expect((await made.opened(path)).cache).toMatchObject({ readAt: null, miss: { why: 'other-version' } });
});

test('other choices are read, and asking for the files reads the files', async () => {
  const path = made.written('a.ndjson', lines(5));
  await made.kept(path);
  const engine = await made.started();
  const [handle] = await engine.offer([{ path, name: 'a.ndjson' }]);
  const files = [handle!.id];
  const choices = { [handle!.id]: { timeZone: 'Europe/Berlin' } };
  expect((await made.client.call('log.open', { files, choices })).cache).toMatchObject({
    miss: { why: 'other-choices' },
  });
  expect((await made.client.call('log.open', { files })).cache?.readAt).toBeGreaterThan(0);
  expect((await made.client.call('log.open', { files, fresh: true })).cache).toBeUndefined();
});

test('deleted, there is no cache, and another one is written', async () => {
  const path = made.written('a.ndjson', lines(5));
  await made.kept(path);
  for (const name of ['cache.duckdb', 'cache.json']) {
    await rm(join(made.caseFolder, name));
    await made.started();
    expect((await made.opened(path)).cache).toBeUndefined();
    expect(await made.news()).toMatchObject({ is: 'kept' });
  }
});

test('after an engine failed with it, the next one of the same run reads the files', async () => {
  const path = made.written('a.ndjson', lines(5));
  await made.kept(path);
  const lastOpenedFile = made.path('open-log');
  await made.started({ lastOpenedFile });
  expect((await made.opened(path)).cache?.readAt).toBeGreaterThan(0);
  await made.started({ lastOpenedFile });
  expect((await made.opened(path)).cache).toMatchObject({ readAt: null, miss: { why: 'failed' } });
});

test('nothing is written into a case that another Doppel holds, nor of a log that is small; it is read from all the same', async () => {
  const path = made.written('a.ndjson', lines(5));
  await made.started({ fromRecords: 1_000_000 });
  await made.opened(path);
  expect(await made.news()).toEqual({ is: 'nothing' });
  const engine = await made.started();
  engine.setCase({ folder: made.caseFolder, mayWrite: false });
  await made.opened(path);
  await expect(readdir(made.caseFolder)).resolves.toEqual([]);
  const stop = new AbortController();
  const waiting = made.client.call('log.cache', {}, { signal: stop.signal });
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  engine.setCase({ folder: made.caseFolder, mayWrite: true });
  expect(await made.news()).toMatchObject({ is: 'kept' });
  const reader = await made.started();
  reader.setCase({ folder: made.caseFolder, mayWrite: false });
  expect((await made.opened(path)).cache?.readAt).toBeGreaterThan(0);
});

test('another case that is opened has the log as well, and what a killed Doppel was writing there is gone', async () => {
  const path = made.written('a.ndjson', lines(5));
  await made.kept(path);
  const other = made.path('other');
  await mkdir(other);
  await writeFile(join(other, 'cache.duckdb.12345.new'), 'half');
  made.engine.setCase({ folder: other, mayWrite: true });
  await expect.poll(() => readdir(other)).toEqual(['cache.duckdb', 'cache.json']);
});

test('closing while the cache is written leaves nothing half written', async () => {
  const path = made.written('a.ndjson', lines(300));
  const engine = await made.started();
  await made.opened(path);
  await engine.close();
  expect((await readdir(made.caseFolder)).filter((name) => name.endsWith('.new'))).toEqual([]);
  expect(await readdir(made.path('temp'))).toEqual([]);
});
