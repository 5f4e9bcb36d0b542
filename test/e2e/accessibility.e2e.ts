/** Everything that can be opened is checked with axe (WCAG 2.2 AA with the size of targets), light and dark; popups close as people expect. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Page } from '@playwright/test';
import { expect } from './expect';
import { axeViolations, command, openTheSampleDay, rowOf, seeFlaggedUsers, SAMPLE_USERS } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

let doppel: RunningDoppel;
let page: Page;
beforeAll(async () => {
  doppel = await launchDoppel();
  page = doppel.page;
  await openTheSampleDay(page);
  await seeFlaggedUsers(page, SAMPLE_USERS);
});
afterAll(() => doppel.close());

const violations = (): Promise<string[]> => axeViolations(page, { rules: { 'target-size': { enabled: true } } });

/** What is opened by its command, and the dialog that it is. */
const DIALOGS = [
  ['Saved views', 'Saved views'],
  ['Columns of the table', 'Columns'],
  ['Cases', 'Cases'],
  ['Time zone', 'Time zone'],
  ['Detection settings', 'Detection settings'],
  ['The rule: run', 'The rule'],
  ['Why not', 'Why is a user not flagged?'],
  ['Keys', 'Keys'],
  ['Export: CSV', 'Export'],
  ['Activity', 'Activity'],
  ['Who decides', 'Who decides'],
] as const;

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  beforeAll(() => page.emulateMedia({ colorScheme }));

  test('the queue with facets, charts, ticks and the menu of lanes', async () => {
    await page.getByRole('button', { name: 'Facets' }).click();
    await page.getByRole('button', { name: 'Charts' }).click();
    await expect(page.getByRole('list', { name: 'Users by country' })).toBeVisible();
    await page.getByRole('checkbox', { name: 'Tick mara.lindqvist' }).check();
    await page.getByText('Lanes', { exact: true }).click();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Untick all' }).click();
    await page.getByRole('button', { name: 'Facets' }).click();
    await page.getByRole('button', { name: 'Charts' }).click();
  });

  test('the dialog of a bulk change', async () => {
    await page.getByRole('checkbox', { name: 'Tick mara.lindqvist' }).check();
    await page.keyboard.press('e');
    await expect(page.getByRole('dialog', { name: 'Change all that are ticked' })).toBeVisible();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Untick all' }).click();
  });

  test.each(DIALOGS)('%s', async (words, name) => {
    await command(page, words);
    const dialog = page.getByRole('dialog', { name });
    await expect(dialog).toBeVisible();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });
});

test('the list of commands, with and without a match', async () => {
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused();
  expect(await violations()).toEqual([]);
  await page.keyboard.type('xyz');
  await expect(page.getByRole('dialog')).toContainText('No command has these letters.');
  expect(await violations()).toEqual([]);
  await page.keyboard.press('Escape');
});

test('the menu of lanes closes on a press elsewhere and on Esc', async () => {
  const lanes = page.getByText('Lanes', { exact: true });
  const menu = page.getByRole('group', { name: 'Lanes' });
  await lanes.click();
  await expect(menu).toBeVisible();
  await rowOf(page, 'jonas.weber').click();
  await expect(menu).toBeHidden();
  await lanes.click();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
});

test('a dialog closes on a press beside it, not on one that began in it', async () => {
  await command(page, 'Saved views');
  const dialog = page.getByRole('dialog', { name: 'Saved views' });
  await dialog.getByLabel('Name').hover();
  await page.mouse.down();
  await page.mouse.move(4, 400);
  await page.mouse.up();
  await expect(dialog).toBeVisible();
  await page.mouse.click(4, 400);
  await expect(dialog).toBeHidden();
});
