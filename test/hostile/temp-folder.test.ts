/** Promise 14: a full disk, a temporary folder that is gone, and a killed process cost no log and leave nothing. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from '../../engine/handlers';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import { openLog } from '../../engine/ingest/open-log';
import { channelPair } from '../../shared/channel';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { connect, serve } from '../../shared/rpc';
import { SmallDisk } from '../small-disk';
import { CLI } from './command';

const files = new MadeFiles();
let disk: SmallDisk;
beforeAll(() => {
  disk = new SmallDisk(join(files.folder, 'disk'), '24m');
});
afterAll(async () => {
  disk.remove();
  await files.remove();
});

const small = jsonLines(Array.from({ length: 300 }, (_, index) => activity(index)));
/** 50 MB of records that fit into 1 MB. */
const big = (): string =>
  jsonLines(Array.from({ length: 60_000 }, (_, index) => activity(index % 600, { Other: 'x'.repeat(300) })));

/** An engine with a page, in this process; `work` opens logs through it. */
async function withEngine(
  tempFolder: string,
  work: (open: (path: string) => Promise<unknown>, ask: () => Promise<number>) => Promise<void>,
): Promise<void> {
  const engine = createEngine({ tempFolder });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  const client = connect(here);
  try {
    await work(
      async (path) => {
        const [handle] = await engine.offer([{ path, name: path.slice(path.lastIndexOf('/') + 1) }]);
        return client.call('log.open', { files: [handle?.id ?? ''], limits: { maxExpansion: 200, keepFreeBytes: 1 } });
      },
      async () => {
        await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
        return (await client.call('events.page', { offset: 0, limit: 1 })).total;
      },
    );
  } finally {
    client.close();
    await engine.close();
  }
}

test('promise 14: a disk that gets full ends the opening in words; the log that was open stays, and nothing is left', async (context) => {
  disk.require(context);
  const good = files.write('good.ndjson', small);
  const text = big();
  const large = {
    'big.gz': gzipSync(text),
    'big.json': `[${text.trim().replaceAll('\n', ',')}]`,
    'big.csv': `LogTimestamp,ConnectionStatus,Username,ClientPublicIP,SessionID\n${'Mon Mar  2 08:15:03 2026,open,u,198.51.100.9,s\n'.repeat(700_000)}"\n`,
  };
  await withEngine(disk.path, async (open, ask) => {
    await open(good);
    const before = readdirSync(disk.path);
    for (const [name, content] of Object.entries(large)) {
      await expect(open(files.write(name, content))).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.stringMatching(/[Ff]ree (some|space)/) as string,
      });
      expect(readdirSync(disk.path)).toEqual(before);
      expect(await ask()).toBe(300);
    }
    // not a byte is left: what needs no disk is still opened
    writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(Math.max(0, statfsSync(disk.path).bavail * 4096)));
    await open(good);
    expect(await ask()).toBe(300);
    rmSync(join(disk.path, 'ballast'));
  });
  expect(readdirSync(disk.path)).toEqual([]);
});

test('promise 14: a temporary folder that somebody clears away costs nothing but what lay in it', async () => {
  const tempFolder = join(files.folder, 'cleared');
  mkdirSync(tempFolder);
  const packed = files.write('good.gz', gzipSync(small));
  await withEngine(tempFolder, async (open, ask) => {
    await open(packed);
    rmSync(tempFolder, { recursive: true });
    expect(await ask()).toBe(300);
    await open(packed);
    expect(await ask()).toBe(300);
    rmSync(tempFolder, { recursive: true });
  });
});

test('promise 14: a temporary folder that is deleted under an open log is said to be the reason, and the next log opens', async () => {
  const tempFolder = join(files.folder, 'deleted');
  const packed = files.write('packed.gz', gzipSync(small));
  const log = await openLog([{ path: packed, name: 'packed.gz' }], { tempFolder });
  rmSync(tempFolder, { recursive: true });
  // a private copy that is gone leaves the records without their text, and nothing else
  expect(await log.raw(0, [1], undefined)).toMatchObject([{ raw: null, problem: 'file-unreadable' }]);
  await log.close();
  const next = await openLog([{ path: packed, name: 'packed.gz' }], { tempFolder });
  expect(next.summary).toMatchObject({ events: 300 });
  await next.close();
});

test('promise 14: a load that is killed leaves files only until the next start', { timeout: 60_000 }, async () => {
  const temp = mkdtempSync(join(files.folder, 'killed-'));
  const env = { ...process.env, TMPDIR: temp };
  const many = jsonLines(Array.from({ length: 60_000 }, (_, index) => activity(index % 600)));
  const path = files.write('many.ndjson.gz', gzipSync(many, { level: 1 }));
  const child = spawn(process.execPath, [CLI, 'detect', path], { env, stdio: 'ignore' });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  while (!readdirSync(temp, { recursive: true }).some((name) => String(name).includes('text-'))) {
    await setTimeout(5);
  }
  child.kill('SIGKILL');
  await gone;
  expect(readdirSync(temp)).toHaveLength(1);
  expect(spawnSync(process.execPath, [CLI, 'detect', files.write('next', small)], { env }).status).toBe(0);
  expect(readdirSync(temp)).toEqual([]);
});
