import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readings } from './readings';

let folder = '';
const saved = (name: string, choices: object): object => ({
  schema: 'doppel.mapping/1',
  name,
  savedAt: 0,
  shape: 'a',
  choices,
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-readings-'));
  vi.stubEnv('DOPPEL_DATA_FOLDER', folder);
  const kept = {
    theme: 'dark',
    readings: [saved('one', { mapping: { user: 'Account' } }), saved('two', { timeZone: '+02:00' })],
  };
  writeFileSync(join(folder, 'preferences.json'), JSON.stringify(kept));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function names(): string[] {
  const { theme, readings: all } = JSON.parse(readFileSync(join(folder, 'preferences.json'), 'utf8'));
  expect(theme).toBe('dark');
  return all.map(({ name }: { name: string }) => name);
}

test('a saved reading is renamed and deleted, the others and the rest of the preferences stay', async () => {
  await readings(['rename', 'one', ' first ']);
  expect(names()).toEqual(['first', 'two']);
  await readings(['delete', 'two']);
  expect(names()).toEqual(['first']);
});

test.each([
  [['rename', 'one', 'two'], 'already'],
  [['rename', 'one', ' '], '1 to 100'],
  [['rename', 'one'], 'It takes nothing'],
  [['delete', 'three'], 'No reading is saved as “three”'],
  [['delete', 'one', 'two'], 'It takes nothing'],
  [['--format', 'csv'], 'table, json'],
])('%j is refused and nothing is changed', async (args, words) => {
  await expect(readings(args)).rejects.toThrow(words);
  expect(names()).toEqual(['one', 'two']);
});
