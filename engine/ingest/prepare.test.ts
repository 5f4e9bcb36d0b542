import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { Allowance } from '../sources/allowance';
import { MadeFiles } from './made-log';
import { prepareInput } from './prepare';
import type { PrepareJob } from './prepare';

const files = new MadeFiles();
afterAll(() => files.remove());

const PLAIN: Omit<PrepareJob, 'path' | 'name'> = {
  container: 'plain',
  encoding: { charset: 'utf-8', markBytes: 0, bareReturns: false },
  cut: { by: 'line' },
  allowance: Allowance.of('log', 1000).state,
};
const hooks = { progress: () => undefined, goesOn: () => true };

test('the hash and size are those of the file as it lies, and the copy is what is in it', async () => {
  const text = '{"a":1}\n\n{"a":2}';
  const packed = gzipSync(text);
  const path = files.write('log.gz', packed);
  const copyTo = join(files.folder, 'copy');
  const prepared = await prepareInput({ ...PLAIN, path, name: 'log.gz', container: 'gzip', copyTo }, hooks);
  expect(prepared).toMatchObject({
    bytes: packed.length,
    sha256: createHash('sha256').update(packed).digest('hex'),
    text: { path: copyTo, bytes: text.length },
    rows: 2,
    blankLines: 1,
    sourceLines: 3,
    endsInLine: true,
    damage: undefined,
  });
  expect(readFileSync(copyTo, 'utf8')).toBe(text);
});

test('an archive that unpacks to more than 200 times its size is refused', async () => {
  const packed = gzipSync(Buffer.alloc(8 * 1024 * 1024, 'x\n'), { level: 9 });
  const path = files.write('bomb.gz', packed);
  const allowance = (freeMib: number) => ({
    ...Allowance.of('bomb.gz', packed.length).state,
    freeBytes: freeMib * 1024 * 1024,
  });
  const job: PrepareJob = { ...PLAIN, path, name: 'bomb.gz', container: 'gzip', allowance: allowance(1) };
  await expect(prepareInput(job, hooks)).rejects.toMatchObject({
    code: 'unpacks-too-far',
    message: /^bomb\.gz \(.*\) unpacks to more than 200 times.*--max-expansion/,
  });
  expect((await prepareInput({ ...job, allowance: allowance(16) }, hooks))?.rows).toBe(4 * 1024 * 1024);
});

test('a cancelled pass gives nothing', async () => {
  const path = files.write('log', 'x\n');
  expect(await prepareInput({ ...PLAIN, path, name: 'log' }, { ...hooks, goesOn: () => false })).toBeUndefined();
});
