import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SavedReading } from '../../shared/choices';
import { chosenOf } from './mapping-file';

const READING: SavedReading = {
  schema: 'doppel.mapping/1',
  name: 'Portal export',
  savedAt: 1,
  shape: 'a',
  choices: { mapping: { user: 'Account' }, timeZone: 'Europe/Berlin' },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-mapping-'));
  vi.stubEnv('DOPPEL_DATA_FOLDER', folder);
  writeFileSync(join(folder, 'preferences.json'), JSON.stringify({ readings: [READING] }));
  writeFileSync(join(folder, 'portal.json'), JSON.stringify(READING));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const asked = { choices: { timeZone: 'UTC' }, mapping: [], reading: [] };

test('a reading that was saved in the window and one in a file are the same thing; options override it', async () => {
  const both = { mapping: { user: 'Account' }, timeZone: 'UTC' };
  expect(await chosenOf({ ...asked, reading: ['Portal export'] })).toEqual(both);
  expect(await chosenOf({ ...asked, mapping: [join(folder, 'portal.json')] })).toEqual(both);
  expect(await chosenOf(asked)).toEqual({ timeZone: 'UTC' });
});

test('a name that nothing is saved under is wrong usage, and the names are told', async () => {
  await expect(chosenOf({ ...asked, reading: ['Portal'] })).rejects.toMatchObject({
    code: 'usage',
    message: 'No reading is saved as “Portal”. Saved are “Portal export”.',
  });
});

test('several count each for files of its own shape, under what the options say for all', async () => {
  const { shape, choices } = READING;
  const other = { ...READING, name: 'other', shape: 'another', choices: { dateOrder: 'day-first' } };
  writeFileSync(join(folder, 'other.json'), JSON.stringify(other));
  const both = await chosenOf({ ...asked, mapping: [join(folder, 'other.json')], reading: ['Portal export'] });
  expect(both).toEqual({ timeZone: 'UTC', byShape: { another: other.choices, [shape]: choices } });
});
