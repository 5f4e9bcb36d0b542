/** What an analyst likes is there on the next day, although the address of the page is another one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import { SAMPLE_USERS, filterFor, openTheSampleDay, seeFlaggedUsers, sortBy } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

let dataFolder: string;
let doppel: RunningDoppel;
beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'doppel-views-'));
  doppel = await launchDoppel({ dataFolder });
});
afterAll(async () => {
  await doppel.close();
  rmSync(dataFolder, { recursive: true });
});

const views = () => doppel.page.getByRole('dialog', { name: 'Saved views' });
const heads = () => doppel.page.getByRole('grid', { name: 'Flagged users' }).getByRole('columnheader');
const openViews = () => doppel.page.getByRole('button', { name: 'Views' }).click();

test('a filter and an order are saved under a name', async () => {
  await openTheSampleDay(doppel.page);
  await filterFor(doppel.page, 'er@');
  await sortBy(doppel.page, 'User', 'descending');
  await seeFlaggedUsers(doppel.page, ['jonas.weber']);
  await doppel.page.getByRole('button', { name: 'Columns' }).click();
  await doppel.page.getByRole('checkbox', { name: 'Overlaps', exact: true }).uncheck();
  await doppel.page.getByRole('button', { name: 'Move Countries to the left' }).click();
  await doppel.page.keyboard.press('Escape');
  await expect(heads()).toHaveText([
    /^$/,
    /User/,
    /At once/,
    /Countries/,
    /Overlap length/,
    /First/,
    /Last/,
    /Status/,
    /Verdict/,
    /Tags/,
    /Notes/,
  ]);
  await openViews();
  await views().getByLabel('Name').fill('ends in er');
  await views().getByRole('button', { name: 'Save what is shown now' }).click();
  await expect(views().getByRole('listitem')).toContainText('Contains: er@');
  await doppel.page.keyboard.press('Escape');
  await doppel.page.getByRole('button', { name: 'Theme: system' }).click();
  await expect(doppel.page.getByRole('button', { name: 'Theme: light' })).toBeVisible();
});

test('Doppel is started again: the filter, the order, the columns, the view and the theme are there; the view is applied, then deleted', async () => {
  await doppel.close();
  doppel = await launchDoppel({ dataFolder });
  await openTheSampleDay(doppel.page);
  await expect(doppel.page.getByRole('button', { name: 'Theme: light' })).toBeVisible();
  await expect(heads()).toHaveCount(11);
  await expect(doppel.page.getByRole('list', { name: 'Filter conditions' })).toContainText('Filter from last time:');
  await seeFlaggedUsers(doppel.page, ['jonas.weber']);
  await expect(doppel.page.getByRole('columnheader', { name: 'User' })).toHaveAttribute('aria-sort', 'descending');
  await doppel.page.getByRole('button', { name: 'Clear the filter' }).click();
  await sortBy(doppel.page, 'Overlap length', 'descending');
  await seeFlaggedUsers(doppel.page, SAMPLE_USERS);
  await doppel.page.getByRole('button', { name: 'Columns' }).click();
  await doppel.page.getByRole('button', { name: 'Columns as at first' }).click();
  await doppel.page.keyboard.press('Escape');
  await expect(heads()).toHaveCount(12);
  await openViews();
  await views().getByRole('button', { name: 'ends in er', exact: true }).click();
  await seeFlaggedUsers(doppel.page, ['jonas.weber']);
  await expect(doppel.page.getByRole('columnheader', { name: 'User' })).toHaveAttribute('aria-sort', 'descending');
  await expect(heads()).toHaveCount(11);
  await openViews();
  await views().getByRole('button', { name: 'Delete ends in er' }).click();
  await expect(views()).toContainText('No view is saved yet');
});
