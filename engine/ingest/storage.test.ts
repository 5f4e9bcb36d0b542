import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from './made-log';
import { Allowance } from '../sources/allowance';
import { sniff } from './sniff';
import { diskNeeded, requireDisk, storageOf } from './storage';

const files = new MadeFiles();
const sourceOf = (path: string, name: string) => ({
  path,
  name,
  shownPath: path,
  isFound: false,
  allowance: Allowance.of(name, 1),
});
afterAll(() => files.remove());

test('a small log is kept in memory, a large one in a file, whatever they look like', async () => {
  const path = files.write('log', jsonLines(Array.from({ length: 100 }, (_, index) => activity(index))));
  const small = await sniff(sourceOf(path, 'log'), false);
  expect(small.recordBytes).toBeCloseTo(statSync(path).size / 100);
  expect(storageOf([small], '/folder', { threads: 2 })).toEqual({ threads: 2, memoryLimit: '960MB' });
  const gigabytes = { ...small, bytes: 4e9 };
  const file = { threads: 2, memoryLimit: '320MB', file: '/folder/tables' };
  expect(storageOf([gigabytes], '/folder', { threads: 2 })).toEqual(file);
  expect(storageOf([{ ...gigabytes, bytes: 4e8, container: 'gzip' }], '/folder', { threads: 2 })).toEqual(file);
  expect(
    storageOf(
      Array.from({ length: 10 }, () => ({ ...gigabytes, bytes: 4e8 })),
      '/folder',
      { threads: 2 },
    ),
  ).toEqual(file);
});

test('what a disk cannot hold is said with numbers, before anything is read', async () => {
  const path = files.write('needs', jsonLines(Array.from({ length: 100 }, (_, index) => activity(index))));
  const plain = { ...(await sniff(sourceOf(path, 'log'), false)), bytes: 20e9, recordBytes: 2000 };
  expect(diskNeeded([plain], false)).toBe(0);
  expect(diskNeeded([plain], true)).toBe(2e9);
  expect(diskNeeded([{ ...plain, container: 'gzip' }], false)).toBe(240e9);
  await expect(requireDisk(files.folder, 1)).resolves.toBeUndefined();
  await expect(requireDisk(files.folder, 5e18)).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringMatching(/takes about 5000000000\.0 GB .* has [\d.]+ [MG]B free/) as string,
  });
});

test('a log in a file is the same log, and the file goes when it is closed', async () => {
  const Other = 'x'.repeat(1000);
  const records = Array.from({ length: 40_000 }, (_, index) =>
    activity(index % 600, { SessionID: `s${index + 1}`, Other }),
  );
  const path = files.write('large', jsonLines(records));
  const tempFolder = join(files.folder, 'temp-of-file');
  const log = await files.open([path], { tempFolder, inMemoryRecords: 0 });
  const [folder] = readdirSync(tempFolder);
  expect(readdirSync(join(tempFolder, folder!))).toContain('tables');
  const misplaced = await log.database.use(undefined, (connection) =>
    connection.row("select count(*) filter (session_id <> 's' || ordinal), count(*) from event"),
  );
  expect(misplaced).toEqual([0, 40_000]);
  await log.close();
  expect(readdirSync(tempFolder)).toEqual([]);
});

test('an array on one line is not taken for one record', async () => {
  const path = files.write('line', JSON.stringify(Array.from({ length: 5000 }, (_, index) => activity(index))));
  expect((await sniff(sourceOf(path, 'line'), false)).recordBytes).toBe(2048);
});
