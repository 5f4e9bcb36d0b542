/** A case is handed over as one file, opened by a colleague without the log, and the log attached again. */
import { appendFileSync, copyFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import {
  axeViolations,
  SAMPLE_USERS,
  exportDialog,
  flaggedUsers,
  readTheRecordsOfTheFirstOverlap,
  seeFlaggedUsers,
  selectUser,
  timeline,
} from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

const folder = mkdtempSync(join(tmpdir(), 'handover-e2e-'));
const file = join(folder, 'night-shift.doppel');
const part = join(folder, 'two-users.doppel');
let ann: RunningDoppel;
let bea: RunningDoppel;
afterAll(async () => {
  await ann?.close();
  await bea?.close();
  rmSync(folder, { recursive: true });
});

const strip = (page: Page) => page.getByRole('region', { name: 'Hand-over' });

beforeAll(async () => {
  ann = await launchDoppel({ files: ['samples/day.ndjson'], dataFolder: join(folder, 'ann') });
});

test('an analyst decides, and hands the case over as one file', async () => {
  const { page } = ann;
  await seeFlaggedUsers(page, SAMPLE_USERS);
  await selectUser(page, 'mara.lindqvist@alder.example');
  await flaggedUsers(page).focus();
  await page.keyboard.press('1');
  await expect(flaggedUsers(page).getByRole('row', { name: /mara/ })).toContainText('true positive');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await exportDialog(page).getByRole('button', { name: 'Hand over this case' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^doppel-case-Default-\d{4}-\d{2}-\d{2}\.doppel$/);
  await expect(exportDialog(page)).toContainText(/log records and 1 decision,/);
  copyFileSync(await saved.path(), file);
});

test('of the users who are ticked alone a hand-over is made too, and says how many they are', async () => {
  const { page } = ann;
  await page.keyboard.press('Escape');
  for (const user of [/mara/, /priya/])
    await flaggedUsers(page).getByRole('row', { name: user }).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await exportDialog(page).getByRole('button', { name: 'Hand over 2 flagged users' }).click();
  copyFileSync(await (await download).path(), part);
  await expect(exportDialog(page)).toContainText(/2 flagged users with \d+ log records and 1 decision,/);
});

test('a colleague opens it without the log: queue, timeline, records, and the decisions once they are accepted', async () => {
  bea = await launchDoppel({ files: [file], dataFolder: join(folder, 'bea') });
  const { page } = bea;
  const asked = page.getByRole('dialog', { name: 'Decisions came with it' });
  await expect(asked).toContainText('This file holds 1 decision');
  expect(await axeViolations(page)).toEqual([]);
  await asked.getByRole('button', { name: 'Take over into the case Default' }).click();
  await expect(strip(page)).toContainText('1 decision taken over.');
  await expect(strip(page)).toContainText('The log is not here');
  await seeFlaggedUsers(page, SAMPLE_USERS);
  await expect(flaggedUsers(page).getByRole('row', { name: /mara/ })).toContainText('true positive');
  await selectUser(page, 'mara.lindqvist@alder.example');
  const records = await readTheRecordsOfTheFirstOverlap(page);
  await expect(records.getByRole('listitem').first()).toContainText('mara.lindqvist@alder.example');
  await expect(timeline(page)).toContainText('198.51.100.77');
  expect(await axeViolations(page)).toEqual([]);
});

test('what needs the whole log says so', async () => {
  const { page } = bea;
  await page.getByRole('button', { name: 'Detection settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Detection settings' });
  await settings.getByLabel(/shortest overlap/i).fill('30m');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Attach the log first');
  await page.getByRole('button', { name: 'Dismiss' }).click();
});

test('another log is refused with what is other, the log itself is attached', async () => {
  const { page } = bea;
  const grown = join(folder, 'day.ndjson');
  copyFileSync('samples/day.ndjson', grown);
  appendFileSync(grown, '\n');
  const attach = async (path: string): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await strip(page)
      .getByRole('button', { name: /Attach the log|Choose files/ })
      .click();
    await (await chooser).setFiles(path);
  };
  await attach(grown);
  await expect(strip(page).getByRole('alert')).toContainText('That is not the log that was handed over');
  await expect(strip(page).getByRole('alert')).toContainText(/SHA-256 [0-9a-f]{64}; handed over were/);
  await attach('samples/day.ndjson');
  await expect(strip(page)).toContainText('Its log is attached');
  await seeFlaggedUsers(page, SAMPLE_USERS);
  await expect(flaggedUsers(page).getByRole('row', { name: /mara/ })).toContainText('true positive');
});

test('a damaged file is refused in plain words', async () => {
  const { page } = bea;
  const cut = join(folder, 'cut.doppel');
  copyFileSync(file, cut);
  truncateSync(cut, 5000);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a log file' }).click();
  await (await chooser).setFiles(cut);
  await expect(page.getByRole('alert')).toContainText('cut.doppel: the file is cut off or damaged');
  await seeFlaggedUsers(page, SAMPLE_USERS);
});

test('a hand-over of some users shows these alone, of how many, and says whom it knows nothing about', async () => {
  const { page } = bea;
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a log file' }).click();
  await (await chooser).setFiles(part);
  await seeFlaggedUsers(page, ['mara.lindqvist', 'priya.raman']);
  await expect(strip(page)).toContainText('of 2 of the 5 flagged users');
  await page.getByRole('button', { name: 'Why not?' }).click();
  const whyNot = page.getByRole('dialog', { name: 'Why is a user not flagged?' });
  await expect(whyNot).toContainText('it holds flagged users only. Attach the log to ask about anybody else.');
  await whyNot.getByRole('button', { name: /mara/ }).click();
  await expect(whyNot.getByRole('region', { name: 'Why not flagged' })).toContainText('is flagged: at ');
  await expect(whyNot.getByRole('tab', { name: 'Overlaps (1)' })).toBeVisible();
});
