import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeTempFolder } from './temp-folder';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'temp-folder-test-'));
});
afterEach(() => rmSync(root, { recursive: true }));

test('the folder is private and goes away with all that is in it', async () => {
  const folder = await makeTempFolder(root);
  expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  writeFileSync(join(folder.path, 'copy.ndjson'), 'x');
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
});

test('leftovers of dead processes go, those of living ones and other folders stay', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const leftover = join(root, `doppel-${dead}-abcdef`);
  const alive = join(root, `doppel-${process.pid}-abcdef`);
  const other = join(root, 'doppel-notes');
  for (const path of [leftover, alive, other]) mkdirSync(path);
  await makeTempFolder(root);
  expect([leftover, alive, other].map((path) => existsSync(path))).toEqual([false, true, true]);
});
