import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Preferences } from '../../shared/preferences';
import { dataFolder } from './data-folder';
import { LARGEST_BYTES, PreferencesFile } from './preferences-file';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preferences-test-'));
  path = join(folder, 'new', 'preferences.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const LIKED: Preferences = {
  theme: 'dark',
  views: [{ name: 'Brazil', filter: { countries: ['BR'] }, sort: { by: 'lastOverlap', descending: true } }],
};

test('what is written is read by the next run, and nothing else is left in the folder', () => {
  expect(new PreferencesFile(path).read()).toEqual({ preferences: {}, notice: null });
  new PreferencesFile(path).write({});
  new PreferencesFile(path).write(LIKED);
  expect(new PreferencesFile(path).read()).toEqual({ preferences: LIKED, notice: null });
  expect(readdirSync(join(folder, 'new'))).toEqual(['preferences.json']);
});

test.each([
  ['no JSON', '{"theme":"da'],
  ['another shape', '{"theme":"purple"}'],
  ['too large', JSON.stringify({ theme: 'dark', pad: 'x'.repeat(LARGEST_BYTES) })],
])('a damaged file (%s) is set aside with a notice', (_, text) => {
  const file = new PreferencesFile(path);
  file.write(LIKED);
  writeFileSync(path, text);
  expect(file.read()).toEqual({ preferences: {}, notice: expect.stringContaining('preferences.json.damaged') });
  expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(text);
  expect(existsSync(path)).toBe(false);
  file.write(LIKED);
  expect(file.read()).toEqual({ preferences: LIKED, notice: null });
});

test('what cannot be saved says why, and what was saved stays', () => {
  const file = new PreferencesFile(path);
  file.write(LIKED);
  const huge = {
    views: LIKED.views?.map((view) => ({ ...view, filter: { tags: ['x'.repeat(LARGEST_BYTES)] } })) ?? [],
  };
  expect(() => file.write(huge)).toThrow(expect.objectContaining({ code: 'not-saved' }));
  expect(file.read().preferences).toEqual(LIKED);
  const inFile = new PreferencesFile(join(path, 'preferences.json'));
  expect(() => inFile.write({})).toThrow(expect.objectContaining({ code: 'not-saved' }));
});

test('without a path they last as long as the engine', () => {
  const file = new PreferencesFile(undefined);
  file.write(LIKED);
  expect(file.read().preferences).toEqual(LIKED);
});

test('the folder is where each system has such things', () => {
  expect(dataFolder({ XDG_DATA_HOME: '/x' }, 'linux')).toBe(join('/x', 'doppel'));
  expect(dataFolder({ APPDATA: '/roaming' }, 'win32')).toBe(join('/roaming', 'Doppel'));
  expect(dataFolder({ DOPPEL_DATA_FOLDER: '/here', XDG_DATA_HOME: '/x' }, 'darwin')).toBe('/here');
});
