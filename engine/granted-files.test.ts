import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { GrantedFiles } from './granted-files';

const path = import.meta.filename;

test('a granted file is known by its id, with its name and size', async () => {
  const granted = new GrantedFiles();
  const handle = await granted.grant({ path, name: basename(path) });
  expect(handle).toMatchObject({ name: basename(path), bytes: statSync(path).size });
  expect(granted.get(handle.id)).toEqual({ path, name: basename(path) });
  expect(() => granted.get('another')).toThrow(expect.objectContaining({ code: 'unknown-file' }));
});

test('a file that will not do is named', async () => {
  const granted = new GrantedFiles();
  await expect(granted.grant({ path: '/no/such.ndjson', name: '/no/such.ndjson' })).rejects.toMatchObject({
    code: 'file-missing',
    message: '/no/such.ndjson: there is no such file. Check the path.',
  });
});

test('a link that leads back to itself is told from a file that is not there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'doppel-links-'));
  const loop = join(folder, 'loop');
  symlinkSync(loop, loop);
  await expect(new GrantedFiles().grant({ path: loop, name: 'loop' })).rejects.toMatchObject({
    code: 'not-a-file',
    message: 'loop is a link that leads back to itself. Open the file itself.',
  });
  rmSync(folder, { recursive: true });
});
