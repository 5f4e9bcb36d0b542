import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecentFiles } from './recent-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recent-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('newest first, each once, ten at most, kept over a restart', () => {
  const file = join(folder, 'deep/recent.json');
  const recent = new RecentFiles(file);
  for (let index = 1; index <= 12; index++) recent.add([`/${index}`]);
  recent.add(['/5']);
  recent.remove('/11');
  const expected = ['/5', '/12', '/10', '/9', '/8', '/7', '/6', '/4', '/3'];
  expect(recent.paths).toEqual(expected);
  expect(new RecentFiles(file).paths).toEqual(expected);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['recent.json']);
});

test.each(['', '{', '[]', '{"files":[1]}', '{"files":"x"}', 'null'])('a list that reads %j is an empty one', (text) => {
  const file = join(folder, 'recent.json');
  writeFileSync(file, text);
  const recent = new RecentFiles(file);
  expect(recent.paths).toEqual([]);
  recent.add(['/a']);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ files: ['/a'] });
});

test('where nothing can be written the list lives for this run', () => {
  const recent = new RecentFiles(join(folder, 'recent.json', '\0'));
  recent.add(['/a']);
  expect(recent.paths).toEqual(['/a']);
});
