import { execFileSync } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkNoInput, checkOutput, writeWhole } from './whole-file';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whole-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

test('a file is replaced whole', async () => {
  writeFileSync(at('a'), 'before, and longer');
  await writeWhole(at('a'), ['one ', 'two']);
  expect(readFileSync(at('a'), 'utf8')).toBe('one two');
  expect(readdirSync(folder)).toEqual(['a']);
});

test('what breaks off leaves what was there, and nothing beside it', async () => {
  writeFileSync(at('a'), 'before');
  const pieces = function* (): Generator<string> {
    yield 'half';
    throw new Error('stopped');
  };
  await expect(writeWhole(at('a'), pieces())).rejects.toThrow('stopped');
  expect(readFileSync(at('a'), 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['a']);
});

test.skipIf(process.platform === 'win32')('a link stays a link, and what it leads to is replaced', async () => {
  writeFileSync(at('a'), 'before');
  symlinkSync('a', at('link'));
  await writeWhole(at('link'), ['after']);
  expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(at('a'), 'utf8')).toBe('after');
});

test.skipIf(process.platform === 'win32')('a pipe or a device is not replaced by a file', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  symlinkSync('pipe', at('link'));
  for (const name of ['pipe', 'link']) {
    await expect(checkOutput(at(name))).rejects.toMatchObject({ code: 'output-unwritable' });
    await expect(writeWhole(at(name), ['x'])).rejects.toMatchObject({ code: 'output-unwritable' });
  }
  expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
});

test('a log that was read is never written to, whatever name it goes by', async () => {
  writeFileSync(at('log'), 'evidence');
  linkSync(at('log'), at('same'));
  await expect(checkNoInput([at('new'), at('same')], [at('log')])).rejects.toMatchObject({ code: 'output-unwritable' });
  await checkNoInput([at('new')], [at('log'), at('gone')]);
});
