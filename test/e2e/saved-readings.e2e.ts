/** How a file is read is saved once; files with the same columns are read so from then on, on other days too. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import { seeFlaggedUsers } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

const table = (user: string, day: number) =>
  [
    'Moment,Account,Peer,Sitzung',
    ...[0, 5, 10, 15].map((minute, index) => {
      const [ip, session] = index % 2 === 0 ? ['198.51.100.1', 's1'] : ['203.0.113.7', 's2'];
      return `${day}/2/2026 10:${String(minute).padStart(2, '0')}:00,${user},${ip},${session}`;
    }),
  ].join('\n');

let folder: string;
let doppel: RunningDoppel;
const start = async (file: string): Promise<void> => {
  doppel = await launchDoppel({ files: [join(folder, file)], dataFolder: join(folder, 'data') });
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-readings-'));
  writeFileSync(join(folder, 'monday.csv'), table('ann', 3));
  writeFileSync(join(folder, 'tuesday.csv'), table('bea', 4));
  await start('monday.csv');
});
afterAll(async () => {
  await doppel.close();
  rmSync(folder, { recursive: true });
});

const dialog = (): Locator => doppel.page.getByRole('dialog', { name: 'How the file is read' });
const saved = (): Locator => dialog().getByRole('group', { name: 'Saved readings' });
const strip = (): Locator => doppel.page.getByRole('region', { name: 'Import' });

test('a reading is saved under a name, and the file is read so', async () => {
  await expect(dialog()).toContainText('Doppel does not know its columns');
  await expect(dialog().getByLabel('First row')).toBeFocused();
  await dialog().getByLabel('Dates as 3/2/2026').selectOption('day-first');
  await dialog().getByLabel('Time zone').fill('+01:00');
  await expect(saved()).toContainText('Give it a name');
  await saved().getByLabel('Name').fill('Portal export');
  await saved().getByRole('button', { name: 'Save this reading' }).click();
  await expect(saved().getByRole('button', { name: 'Saved' })).toBeDisabled();
  await dialog().getByRole('button', { name: 'Read the file so' }).click();
  await seeFlaggedUsers(doppel.page, ['ann']);
});

test('Doppel is started again: a file with the same columns is read the same way, and that is said', async () => {
  await doppel.close();
  await start('tuesday.csv');
  await seeFlaggedUsers(doppel.page, ['bea']);
  await expect(strip()).toContainText('tuesday.csv is read as “Portal export”, saved on ');
  await expect(strip()).toContainText('4 Feb 2026 09:00:00');
  await strip().getByRole('button', { name: 'Change how it is read' }).click();
  await expect(dialog().getByLabel('Time zone')).toHaveValue('+01:00');
  await expect(saved().getByLabel('Saved reading')).toHaveValue('Portal export');
});

test('it is renamed; another choice for one file goes before it; it is taken again from the list', async () => {
  await saved().getByLabel('Name').fill('Portal in Berlin');
  await saved().getByRole('button', { name: 'Rename the reading' }).click();
  await expect(saved().getByLabel('Saved reading')).toHaveValue('Portal in Berlin');
  await dialog().getByLabel('Time zone').fill('UTC');
  await expect(saved().getByLabel('Saved reading')).toHaveValue('');
  await dialog().getByRole('button', { name: 'Read the file so' }).click();
  await expect(strip()).toContainText('4 Feb 2026 10:00:00');
  await expect(strip()).not.toContainText('is read as “');
  await doppel.page.getByRole('button', { name: 'Import details' }).click();
  await doppel.page.getByRole('button', { name: 'Change how it is read' }).click();
  await saved().getByLabel('Saved reading').selectOption('Portal in Berlin');
  await expect(dialog().getByLabel('Time zone')).toHaveValue('+01:00');
});

test('all saved readings are listed, renamed and deleted, and kept with the preferences', async () => {
  const kept = (): string => readFileSync(join(folder, 'data/preferences.json'), 'utf8');
  await expect.poll(kept).toContain('Portal in Berlin');
  await doppel.page.keyboard.press('Escape');
  await strip().getByRole('button', { name: 'Saved readings (1)' }).click();
  const all = doppel.page.getByRole('dialog', { name: 'Saved readings' });
  await expect(all).toContainText('dates are day/month/year, times without a zone are +01:00. Saved on');
  await all.getByRole('button', { name: 'Rename Portal in Berlin' }).click();
  await all.getByLabel('New name of Portal in Berlin').fill('Berlin');
  await doppel.page.keyboard.press('Enter');
  await expect.poll(kept).toContain('"Berlin"');
  await all.getByRole('button', { name: 'Delete Berlin' }).click();
  await expect(all).toContainText('None is saved yet');
  await expect.poll(kept).not.toContain('Berlin');
});
