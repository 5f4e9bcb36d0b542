/** An analyst chooses which case decisions are kept in, and works where another Doppel has the same case open. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import type { Page } from '@playwright/test';
import { expect } from './expect';
import { openTheSampleDay, rowOf } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

let dataFolder: string;
let doppel: RunningDoppel;
beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'doppel-cases-'));
  doppel = await launchDoppel({ dataFolder });
});
afterAll(async () => {
  await doppel.close();
  rmSync(dataFolder, { recursive: true });
});

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Cases' });
const caseButton = (page: Page, name: string) => page.getByRole('button', { name: `Case: ${name}` });
const verdict = (page: Page) => page.getByRole('region', { name: 'Decision' }).getByLabel('Verdict');
const openCase = async (page: Page, from: string, to: string): Promise<void> => {
  await caseButton(page, from).click();
  await dialog(page)
    .getByRole('button', { name: `Open ${to}` })
    .click();
  await expect(dialog(page)).toBeHidden();
  await expect(caseButton(page, to)).toBeVisible();
};

test('a case is made and decided in; the other one knows nothing of it', async () => {
  const { page } = doppel;
  await openTheSampleDay(page);
  await caseButton(page, 'Default').click();
  await dialog(page).getByLabel('New case').fill('night/shift');
  await dialog(page).getByRole('button', { name: 'Make and open it' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('a name without');
  await dialog(page).getByLabel('New case').fill('night shift');
  await page.keyboard.press('Enter');
  await expect(caseButton(page, 'night shift')).toBeVisible();
  await verdict(page).selectOption('benign positive');
  await expect(rowOf(page, 'jonas.weber')).toContainText('benign positive');
  await openCase(page, 'night shift', 'Default');
  await expect(verdict(page)).toHaveValue('');
  await expect(rowOf(page, 'jonas.weber')).not.toContainText('benign positive');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  await openCase(page, 'Default', 'night shift');
  await expect(verdict(page)).toHaveValue('benign positive');
});

test('Doppel is started again: the last case is open', async () => {
  await doppel.close();
  doppel = await launchDoppel({ dataFolder });
  await openTheSampleDay(doppel.page);
  await expect(caseButton(doppel.page, 'night shift')).toBeVisible();
  await expect(verdict(doppel.page)).toHaveValue('benign positive');
});

test('a second Doppel on the same case says who has it, reads along, and can open another one', async () => {
  const second = await launchDoppel({ dataFolder });
  try {
    const { page } = second;
    const notice = page.getByRole('alert').filter({ hasText: 'Case in use by process' });
    await openTheSampleDay(page);
    await expect(notice).toContainText('decisions are read only here');
    await expect(verdict(page)).toBeDisabled();
    await expect(verdict(page)).toHaveValue('benign positive');
    await verdict(doppel.page).selectOption('true positive');
    await expect(rowOf(page, 'jonas.weber')).toContainText('true positive');

    await notice.getByRole('button', { name: 'Open another case' }).click();
    await dialog(page).getByRole('button', { name: 'Open Default' }).click();
    await expect(notice).toBeHidden();
    await verdict(page).selectOption('undetermined');
    await expect(rowOf(page, 'jonas.weber')).toContainText('undetermined');

    await openCase(page, 'Default', 'night shift');
    await expect(notice).toBeVisible();
    await doppel.close();
    await expect(notice).toBeHidden();
    await verdict(page).selectOption('benign positive');
    await expect(rowOf(page, 'jonas.weber')).toContainText('benign positive');
  } finally {
    doppel = second;
  }
});
