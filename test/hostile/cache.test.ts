/** Promise 14b: the cache of a case on a disk that is full, and of an engine that is killed while it is written. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MadeCase, lines } from '../../engine/cache/made-case';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { LogSummary } from '../../shared/domain';
import { connectCase } from '../../shared/case-client';
import { connect } from '../../shared/rpc';
import type { Client } from '../../shared/rpc';
import { openWebSocket, webSocketChannel } from '../contract/web-socket-channel';
import { startServe } from '../e2e/launch';
import { SmallDisk } from '../small-disk';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-hostile-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a disk with too little room has no cache, and that is said', async (context) => {
  const disk = new SmallDisk(join(folder, 'disk'), '2m');
  const made = new MadeCase();
  try {
    disk.require(context);
    const engine = await made.started();
    engine.setCase({ folder: disk.path, mayWrite: true });
    await made.opened(made.written('a.ndjson', lines(5)));
    expect(await made.news()).toMatchObject({ is: 'not-kept', why: expect.stringContaining('too little room') });
    expect(readdirSync(disk.path)).toEqual([]);
  } finally {
    await made.remove();
    disk.remove();
  }
});

/** Starts Doppel on the log, opens it as a page does, and ends Doppel after `work`. */
async function withDoppel(log: string, data: string, work: (client: Client, opened: LogSummary) => Promise<void>) {
  const shell = await startServe([log], data);
  try {
    const client = connect(webSocketChannel(await openWebSocket(shell.url)));
    const keeper = connectCase(webSocketChannel(await openWebSocket(shell.url, { path: '/case' })));
    await keeper.call('case.state', {});
    const files = (await client.call('files.offered', {})).map(({ id }) => id);
    const opened = await client.call('log.open', { files });
    await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
    await work(client, opened);
    client.close();
    keeper.close();
  } finally {
    const ended = new Promise((resolve) => shell.process.once('exit', resolve));
    shell.process.kill('SIGINT');
    await ended;
  }
}

test('an engine that is killed while it writes a cache leaves a whole one, or none', { timeout: 240_000 }, async () => {
  const log = join(folder, 'a.csv');
  const row = (n: number): string =>
    `2026-03-02T08:00:00Z,open,u${n % 500}@alder.example,192.0.2.${n % 250},${n % 900}`;
  const rows = Array.from({ length: 100_000 }, (_, n) => row(n));
  writeFileSync(log, `LogTimestamp,ConnectionStatus,Username,ClientPublicIP,SessionID\n${rows.join('\n')}\n`);
  const data = join(folder, 'data');
  mkdirSync(data);
  const inCase = (): string[] =>
    readdirSync(join(data, 'cases', 'Default')).filter((name) => name.startsWith('cache.'));
  for (const ms of [0, 100, 250, 500]) {
    await withDoppel(log, data, async (client) => {
      await wait(ms);
      process.kill((await client.call('app.info', {})).pid, 'SIGKILL');
    });
    await withDoppel(log, data, async (client, { records, cache }) => {
      expect([records, cache?.miss]).toEqual([100_000, undefined]);
      expect(['kept', 'same']).toContain((await client.call('log.cache', {})).is);
    });
    expect(inCase()).toEqual(['cache.duckdb', 'cache.json']);
    for (const name of inCase()) rmSync(join(data, 'cases', 'Default', name));
  }
});
