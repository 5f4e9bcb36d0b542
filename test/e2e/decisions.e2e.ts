/** An analyst decides: what was decided is there after a reload and after a restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import { axeViolations, openTheSampleDay } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

let folder: string;
let doppel: RunningDoppel;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-decisions-'));
  doppel = await launchDoppel({ files: ['--case', join(folder, 'night shift')] });
});
afterAll(async () => {
  await doppel.close();
  rmSync(folder, { recursive: true });
});

const decision = () => doppel.page.getByRole('region', { name: 'Decision' });
const seeClosed = async (): Promise<void> => {
  await expect(decision().getByLabel('Status')).toHaveValue('closed');
  await expect(decision().getByLabel('Verdict')).toHaveValue('true positive');
};

test('a finding is closed with a verdict, not without', async () => {
  await openTheSampleDay(doppel.page);
  await expect(doppel.page.getByRole('button', { name: 'Case: night shift' })).toBeVisible();
  await expect(decision().getByRole('option', { name: 'closed' })).toBeDisabled();
  await decision().getByLabel('Verdict').selectOption('true positive');
  await decision().getByLabel('Status').selectOption('closed');
  await seeClosed();
  await expect(doppel.page.getByRole('row', { selected: true })).toContainText('closedtrue positive');
});

test('undo takes back the last decision', async () => {
  await decision().getByLabel('Status').selectOption('in progress');
  await expect(decision().getByLabel('Status')).toHaveValue('in progress');
  await decision().getByRole('button', { name: 'Undo' }).click();
  await seeClosed();
});

test('by keyboard: a verdict and a status by one key each, and undo says what it takes back', async () => {
  await doppel.page.getByRole('row', { selected: true }).focus();
  await doppel.page.keyboard.press('2');
  await expect(decision().getByLabel('Verdict')).toHaveValue('benign positive');
  await doppel.page.keyboard.press('i');
  await expect(decision().getByLabel('Status')).toHaveValue('in progress');
  await expect(decision().getByRole('button', { name: 'Undo status in progress' })).toBeVisible();
  await doppel.page.keyboard.press('u');
  await expect(decision().getByRole('button', { name: 'Undo verdict benign positive' })).toBeVisible();
  await doppel.page.keyboard.press('u');
  await seeClosed();
});

test('a key by mistake decides nothing and says so; one that decides says what it did, with the way back', async () => {
  const { page } = doppel;
  const told = page.getByRole('status', { name: 'What was done' });
  await page.getByRole('searchbox', { name: 'Filter' }).focus();
  await page.keyboard.press('5');
  await page.getByRole('searchbox', { name: 'Filter' }).fill('');
  await expect(told).toBeEmpty();
  await page.getByRole('button', { name: 'Export', exact: true }).focus();
  await page.keyboard.press('5');
  await expect(told).toContainText('Nothing was decided');
  await seeClosed();
  await page.getByRole('row', { selected: true }).focus();
  await page.keyboard.press('2');
  await expect(told).toContainText('jonas.weber@alder.example: verdict benign positive');
  await expect(decision().getByLabel('Verdict')).toHaveValue('benign positive');
  expect(await axeViolations(page)).toEqual([]);
  await told.getByRole('button', { name: 'Undo ( u )' }).click();
  await expect(told).toContainText('Undone: verdict benign positive');
  await seeClosed();
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toBeEmpty();
});

test('a key right after the arrow decides about the user with the focus, not about the one before', async () => {
  const { page } = doppel;
  await page.getByRole('row', { selected: true }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('5');
  const told = page.getByRole('status', { name: 'What was done' });
  await expect(told).toContainText('elif.demir@alder.example: verdict undetermined');
  await expect(page.getByRole('row', { selected: true })).toContainText('elif.demir');
  await page.keyboard.press('u');
  await expect(told).toContainText('Undone');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('row', { selected: true })).toContainText('jonas.weber');
  await seeClosed();
});

test('the page is reloaded: the decision is there', async () => {
  await doppel.page.reload();
  await expect(decision()).toBeVisible();
  await seeClosed();
});

test('Doppel is started again on the same case: the decision is there', async () => {
  await doppel.close();
  doppel = await launchDoppel({ files: ['--case', join(folder, 'night shift')] });
  await openTheSampleDay(doppel.page);
  await expect(decision()).toBeVisible();
  await seeClosed();
});

test('without --case decisions are kept in the default case of the data folder', async () => {
  await doppel.close();
  doppel = await launchDoppel({ dataFolder: folder });
  await openTheSampleDay(doppel.page);
  await expect(doppel.page.getByRole('button', { name: 'Case: Default' })).toHaveAttribute(
    'title',
    join(folder, 'cases', 'Default'),
  );
  await decision().getByLabel('Verdict').selectOption('undetermined');
  await expect(decision().getByLabel('Verdict')).toHaveValue('undetermined');
  await doppel.close();
  doppel = await launchDoppel({ dataFolder: folder });
  await openTheSampleDay(doppel.page);
  await expect(decision().getByLabel('Verdict')).toHaveValue('undetermined');
});
