import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { connect } from '../../shared/rpc';
import type { Client } from '../../shared/rpc';
import { buildFakeEngine } from '../../test/contract/build-fake-engine';
import { EngineProcess } from './engine-process';

/** How long a busy machine may take. */
const PATIENCE_MS = 30_000;

let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'engine-process-test-'));
  file = await buildFakeEngine(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

let engine: EngineProcess;
let crashes: { reason: string; gaveUp: boolean }[];
const start = (options: { file?: string; args?: string[]; sample?: string } = {}): void => {
  crashes = [];
  engine = new EngineProcess({
    file,
    args: [],
    ...options,
    onCrash: (reason, gaveUp) => void crashes.push({ reason, gaveUp }),
  });
};
afterEach(() => engine.stop());

const client = (): Client => connect(engine.open()!, { check: true });

test('a killed engine fails the call in flight, comes back, and knows its files and its sample again', async () => {
  start({ sample: 'day.ndjson' });
  const gone = join(folder, 'gone.ndjson');
  writeFileSync(gone, '');
  engine.offer([
    { path: file, name: 'stays' },
    { path: gone, name: 'goes' },
  ]);
  rmSync(gone);
  const before = client();
  const { pid, engine: state } = await before.call('app.info', {});
  expect(state).toBe('aborted 0; sample day.ndjson; offered stays,goes');

  const call = before.call('log.open', { files: ['a'] }, { onProgress: () => process.kill(pid, 'SIGKILL') });
  await expect(call).rejects.toMatchObject({ code: 'disconnected' });

  await vi.waitUntil(() => engine.pid !== undefined && engine.pid !== pid);
  const after = await client().call('app.info', {});
  expect(after.pid).not.toBe(pid);
  expect(after.engine).toBe('aborted 0; sample day.ndjson; offered stays');
  expect(crashes).toEqual([{ reason: 'it ended with SIGKILL', gaveUp: false }]);
});

test('files that are granted again after a crash open by themselves in no page', async () => {
  start();
  engine.offer([{ path: file, name: 'crashes' }]);
  const { pid } = await client().call('app.info', {});
  process.kill(pid, 'SIGKILL');
  await vi.waitUntil(() => engine.pid !== undefined && engine.pid !== pid);
  const after = client();
  const opened: string[] = [];
  after.on('files.offered', (files) => opened.push(...files.map(({ name }) => name)));
  await after.call('app.info', {});
  engine.offer([{ path: file, name: 'new' }]);
  await vi.waitFor(() => expect(opened).toEqual(['new']), PATIENCE_MS);
});

test('an engine that cannot start is given up, with the reason', { timeout: 30_000 }, async () => {
  const broken = join(folder, 'broken.mjs');
  writeFileSync(broken, "import 'no-such-package-at-all';");
  start({ file: broken });
  await vi.waitUntil(() => crashes.at(-1)?.gaveUp, { timeout: 30_000 });
  expect(crashes.map(({ gaveUp }) => gaveUp)).toEqual([false, false, false, false, true]);
  expect(crashes[0]?.reason).toMatch(/Cannot find package 'no-such-package-at-all'/);
  expect(crashes[0]?.reason).not.toContain('\n');
  expect(engine.open()).toBeUndefined();
});

test('stopping ends the process, is no crash, and fails what is pending', async () => {
  start();
  const page = client();
  const { pid } = await page.call('app.info', {});
  const call = page.call('log.open', { files: ['a'] }, { onProgress: () => void engine.stop() });
  await expect(call).rejects.toMatchObject({ code: 'disconnected' });
  await engine.stop();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(crashes).toEqual([]);
});

test("the shell's folder goes with the engine once the shell is gone", async () => {
  const uploads = mkdtempSync(join(folder, 'uploads-'));
  writeFileSync(join(uploads, 'upload'), 'x');
  start({ args: [uploads] });
  await client().call('app.info', {});
  expect(existsSync(uploads)).toBe(true);
  // to the engine, a stop and a death of the shell are the same: the pipe is closed
  await engine.stop();
  expect(existsSync(uploads)).toBe(false);
});

test('an engine that will not end is killed', async () => {
  const stubborn = join(folder, 'stubborn.mjs');
  writeFileSync(
    stubborn,
    "process.on('message', () => undefined); process.on('disconnect', () => setInterval(() => undefined, 1000));",
  );
  start({ file: stubborn, sample: 'x' });
  const { pid } = engine;
  await engine.stop();
  expect(() => process.kill(pid!, 0)).toThrow('ESRCH');
});
