/** A disk that has no room for temporary files is told before the work, or ends it with nothing left behind. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import { SmallDisk } from '../small-disk';
import { CLI } from './command';

const files = new MadeFiles();
let disk: SmallDisk;
beforeAll(() => {
  disk = new SmallDisk(join(files.folder, 'disk'), '12m');
});
afterAll(async () => {
  disk.remove();
  await files.remove();
});

const lines = (records: number): string =>
  jsonLines(Array.from({ length: records }, (_, index) => activity(index % 600)));

function detectOn(temp: string, path: string): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, TMPDIR: temp };
  return spawnSync(process.execPath, [CLI, 'detect', path], { env, encoding: 'utf8' });
}

test.for([
  { what: 'known beforehand', records: 150_000, message: 'of disk for temporary files' },
  { what: 'found out while it is unpacked', records: 60_000, message: 'Free some space' },
])('too little room, $what: what to do is said, and nothing is left', { timeout: 90_000 }, (given, context) => {
  disk.require(context);
  const temp = join(disk.path, 'temp');
  mkdirSync(temp, { recursive: true });
  const run = detectOn(temp, files.write('log.gz', gzipSync(lines(given.records))));
  expect(run).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(given.message) });
  expect(run.stderr).not.toMatch(/\n {4}at /u);
  expect(readdirSync(temp)).toEqual([]);
  expect(detectOn(temp, files.write('small.gz', gzipSync(lines(100)))).status).toBe(0);
});
