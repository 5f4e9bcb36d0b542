/** The main job in Chromium against the web shell: open, sort, filter, select, zoom, export, and the CLI says the same. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from './expect';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, test } from 'vitest';
import {
  SAMPLE_USERS,
  askWhyNot,
  axeViolations,
  command,
  exportCsv,
  filterFor,
  flaggedUsers,
  layoutShifts,
  openTheSampleDay,
  pressOnTimeline,
  readTheRecordsOfTheFirstOverlap,
  saveReport,
  seeFlaggedUsers,
  selectUser,
  sortBy,
  timeline,
} from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

const SAMPLE = 'samples/day.ndjson';

let doppel: RunningDoppel;
let page: Page;
beforeAll(async () => {
  doppel = await launchDoppel();
  page = doppel.page;
});
afterAll(() => doppel.close());

const csvOfTheCli = async (...options: string[]): Promise<string> => {
  const args = ['dist/node/cli.js', 'detect', SAMPLE, '--format', 'csv', ...options];
  return (await promisify(execFile)(process.execPath, args)).stdout;
};

test('the sample day opens with five flagged users, the longest overlap first, and numbers that add up', async () => {
  expect(await axeViolations(page)).toEqual([]);
  await openTheSampleDay(page);
  await seeFlaggedUsers(page, SAMPLE_USERS);
  await expect(page.getByRole('region', { name: 'Import' })).toContainText(
    '3,433 records = 3,414 events + 17 set aside + 2 rejected',
  );
  expect(await axeViolations(page)).toEqual([]);
});

test('nothing moves while the log comes, users are looked at, tables and dialogs are opened, and something is decided', async () => {
  for (const user of SAMPLE_USERS) await selectUser(page, `${user}@alder.example`);
  for (const tab of await timeline(page).getByRole('tab').all()) {
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }
  for (const words of ['The rule: run', 'Why not', 'Saved views', 'Export: CSV', 'Activity', 'Keys', 'Cases']) {
    await command(page, words);
    const dialog = page.getByRole('dialog').last();
    await expect(dialog.getByRole('heading').first()).not.toHaveText('Commands');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await flaggedUsers(page).getByRole('row').nth(1).click();
  await page.keyboard.press('2');
  await expect(page.getByRole('region', { name: 'Decision' }).getByLabel('Verdict')).toHaveValue('benign positive');
  await page.keyboard.press('u');
  const shifts = await layoutShifts(page);
  const score = shifts.reduce((sum, each) => sum + each.score, 0);
  expect(score, JSON.stringify(shifts)).toBeLessThan(0.005);
});

test('what the table shows is exported, and the CLI writes the same', async () => {
  expect(await exportCsv(page)).toBe(await csvOfTheCli());
});

test('sorting by user orders the table and the export', async () => {
  await sortBy(page, 'User', 'ascending');
  await seeFlaggedUsers(page, SAMPLE_USERS.toSorted());
  const users = (await exportCsv(page))
    .split('\r\n')
    .slice(1, -1)
    .map((row) => row.split(',')[0]);
  expect(users).toEqual(users.toSorted((a, b) => (a ?? '').localeCompare(b ?? '')));
  expect(new Set(users).size).toBe(SAMPLE_USERS.length);
});

test('a filter leaves the users that match, in the table and in the export', async () => {
  await filterFor(page, 'elif');
  await seeFlaggedUsers(page, ['elif.demir@alder.example']);
  const rows = (await exportCsv(page)).split('\r\n').slice(1, -1);
  const ofTheCli = (await csvOfTheCli()).split('\r\n').filter((row) => row.includes('elif.demir'));
  expect(rows).toEqual(ofTheCli);
  await filterFor(page, 'mail.alder.EXAMPLE'); // an application that all of them were let to
  await seeFlaggedUsers(page, SAMPLE_USERS.toSorted());
  await filterFor(page, 'nobody.at.all');
  await expect(page.getByText(/No flagged user matches|no flagged users match/i)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Selected user' })).toContainText('Not in the list now');
  await page.getByRole('region', { name: 'Selected user' }).focus();
  await page.keyboard.press('q');
  await expect(page.getByRole('region', { name: 'Selected user' })).not.toContainText('Not in the list now');
  await seeFlaggedUsers(page, SAMPLE_USERS.toSorted());
});

test('a user who is not flagged: the condition that decided is told, with the sessions', async () => {
  const answer = await askWhyNot(page, 'helene');
  await expect(answer).toContainText(
    'helene.faure@alder.example was at 2 source IPs, but never at two at once. The nearest',
  );
  await expect(answer.getByRole('tab', { name: /Segments/ })).toHaveAttribute('aria-selected', 'true');
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
});

test('every key is told, and every command is found by a few letters', async () => {
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Filter the flagged users');
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await command(page, 'detection set');
  await expect(page.getByRole('dialog', { name: 'Detection settings' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Filter' })).toBeFocused();
});

test('the column heads stay in view when the list is scrolled', async () => {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1280, height: 480 });
  const grid = flaggedUsers(page);
  await expect.poll(() => grid.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeGreaterThan(40);
  await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(grid.getByRole('columnheader', { name: 'User' })).toBeInViewport({ ratio: 1 });
  const [head, top] = await grid.evaluate((element) => [
    element.querySelector('[role="columnheader"]')?.getBoundingClientRect().top ?? 0,
    element.getBoundingClientRect().top,
  ]);
  expect(head).toBeGreaterThanOrEqual(top ?? 0);
  await grid.evaluate((element) => element.scrollTo(0, 0));
  await page.setViewportSize(size ?? { width: 1440, height: 900 });
});

test('a selected user has a timeline that zooms, pans and fits by keys', async () => {
  await selectUser(page, 'mara.lindqvist@alder.example');
  await pressOnTimeline(page, '+');
  await pressOnTimeline(page, 'ArrowRight');
  await pressOnTimeline(page, 'f');
  await pressOnTimeline(page, 'o');
  expect(await axeViolations(page)).toEqual([]);
});

test('the overlaps are in a table too, with both source IPs', async () => {
  const overlaps = page.getByRole('grid', { name: /overlaps/i });
  await expect(overlaps).toContainText('42 min');
});

test('the log records behind an overlap are shown as they stand in the file', async () => {
  await selectUser(page, 'mara.lindqvist@alder.example');
  const records = await readTheRecordsOfTheFirstOverlap(page);
  await expect(records.getByRole('listitem').first()).toContainText(
    /day\.ndjson( \(sample\))?, line [\d,]+ \(byte [\d,]+\)/,
  );
  await expect(records.getByRole('listitem').first()).toContainText('"Username": "mara.lindqvist@alder.example"');
  expect(await axeViolations(page)).toEqual([]);
});

test('a report on the selected user is one HTML file with the reason, the picture and what it rests on', async () => {
  await selectUser(page, 'mara.lindqvist@alder.example');
  const report = await saveReport(page);
  expect(report).toContain('mara.lindqvist@alder.example');
  expect(report).toContain('<strong>42 min</strong>');
  expect(report).toContain('<figure><svg');
  expect(report).toContain('ba9d6fdfeb20860dab19d0c4354b7362991c60b295710ab35bbe216f2af9638f'); // sha256sum of the sample
  expect(report).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
});

test('a page that is loaded again shows the same log in the same order', async () => {
  await page.reload();
  await expect(flaggedUsers(page).getByRole('columnheader', { name: 'User' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await sortBy(page, 'Overlap length', 'descending');
  await seeFlaggedUsers(page, SAMPLE_USERS);
  await expect(page.getByRole('region', { name: 'Import' })).toContainText('3,433 records');
});
