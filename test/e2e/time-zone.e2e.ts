/** An analyst reads all times in the zone of the people whom they are about; it is remembered. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import {
  exportAs,
  bar,
  exportCsv,
  flaggedUsers,
  openTheSampleDay,
  rowOf,
  saveReport,
  selectUser,
  timeline,
} from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

let dataFolder: string;
let doppel: RunningDoppel;
beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'doppel-zone-'));
  doppel = await launchDoppel({ dataFolder });
  await openTheSampleDay(doppel.page);
});
afterAll(async () => {
  await doppel.close();
  rmSync(dataFolder, { recursive: true });
});

const dialog = () => doppel.page.getByRole('dialog', { name: 'Time zone' });

test('times are UTC at first; a zone that there is not is refused, one that there is holds at once', async () => {
  const { page } = doppel;
  await expect(rowOf(page, 'jonas.weber')).toContainText('2 Mar 2026 08:20:45');
  await page.getByRole('button', { name: 'Times: UTC' }).click();
  await dialog().getByLabel('Another zone').fill('Europe/Atlantis');
  await expect(dialog()).toContainText('There is no zone of that name');
  await dialog().getByLabel('Another zone').fill('Asia/Kolkata');
  await dialog().getByRole('button', { name: 'Use it' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Times: Asia/Kolkata' })).toBeVisible();
});

test('cells, sentences, axes, tables and charts obey, with the distance from UTC', async () => {
  const { page } = doppel;
  await expect(rowOf(page, 'jonas.weber')).toContainText('2 Mar 2026 13:50:45 +05:30');
  await expect(flaggedUsers(page).getByRole('columnheader', { name: 'First (Asia/Kolkata)' })).toBeVisible();
  await selectUser(page, 'jonas.weber@alder.example');
  await expect(page.getByRole('region', { name: 'Selected user' })).toContainText(
    '2 Mar 2026 13:50:45 to 15:25:00 UTC+05:30',
  );
  await expect(timeline(page)).toContainText('Times in Asia/Kolkata');
  await expect(timeline(page).getByRole('grid', { name: 'Overlaps' }).getByRole('row').nth(1)).toContainText(
    '2 Mar 2026 13:50:45',
  );
  await expect(page.getByText('2 Mar 2026 05:34:30 to 3 Mar 2026 05:19:30 UTC+05:30').first()).toBeVisible();
  await page.getByRole('button', { name: 'Charts' }).click();
  // 08:20 to 09:55 UTC are 13:50 to 15:25
  await bar(page, 'Flagged users by hour of day (Asia/Kolkata)', '13:00 Asia/Kolkata').click();
  await expect(page.getByText('Overlap in hour of day (Asia/Kolkata): 13:00')).toBeVisible();
  await expect(rowOf(page, 'jonas.weber')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
});

test('the report, the CSV and the JSON obey', async () => {
  const { page } = doppel;
  const json = (await exportAs(page, 'Findings (JSON)')).text;
  expect(json).toMatch(/"firstOverlap":"2026-03-02T13:50:45\.\d{3}\+05:30"/);
  expect(json).toContain('"timeZone":"Asia/Kolkata"');
  await page.keyboard.press('Escape');
  const [head, first = ''] = (await exportCsv(page)).split('\r\n');
  expect(head).toContain('OverlapStart');
  expect(first).toMatch(/"2026-03-02T13:50:45\.\d{3}\+05:30"/);
  const report = await saveReport(page);
  expect(report).toContain('All times are in Asia/Kolkata');
  expect(report).toContain('2 Mar 2026 13:50:45');
  expect(report).not.toMatch(/\d UTC[^+]/);
});

test('Doppel is started again: the zone is there; this computer’s is chosen instead', async () => {
  await doppel.close();
  expect(readFileSync(join(dataFolder, 'preferences.json'), 'utf8')).toContain('Asia/Kolkata');
  doppel = await launchDoppel({ dataFolder });
  const { page } = doppel;
  await openTheSampleDay(page);
  await expect(rowOf(page, 'jonas.weber')).toContainText('2 Mar 2026 13:50:45 +05:30');
  await page.getByRole('button', { name: 'Times: Asia/Kolkata' }).click();
  await dialog()
    .getByRole('radio', { name: /^This computer’s/ })
    .check();
  await page.keyboard.press('Escape');
  // the browser of the tests is in UTC
  await expect(page.getByRole('button', { name: 'Times: UTC' })).toBeVisible();
  await expect(rowOf(page, 'jonas.weber')).toContainText('2 Mar 2026 08:20:45');
});
