/** The timeline as an instrument: where the log is silent, measuring, areas, and several users beside each other. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import { axeViolations, command, flaggedUsers, selectUser, timeline } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

/** The working hours of the sample day without what was written from 09:40 to 10:15. */
function logWithGap(folder: string): string {
  const lines = readFileSync('samples/day.ndjson', 'utf8').split('\n');
  const kept = lines.filter((line) => {
    const [, clock = ''] = /"LogTimestamp": "Mon Mar  2 (\d\d:\d\d)/.exec(line) ?? [];
    return clock >= '07:30' && clock < '18:00' && !(clock >= '09:40' && clock < '10:15');
  });
  const path = join(folder, 'silent.ndjson');
  writeFileSync(path, kept.join('\n'));
  return path;
}

const folder = mkdtempSync(join(tmpdir(), 'doppel-silent-'));
let doppel: RunningDoppel;
let page: Page;
beforeAll(async () => {
  doppel = await launchDoppel({ files: [logWithGap(folder)] });
  page = doppel.page;
  await flaggedUsers(page).waitFor();
});
afterAll(async () => {
  await doppel.close();
  rmSync(folder, { recursive: true, force: true });
});

const press = async (...keys: string[]): Promise<void> => {
  await page.getByRole('application').first().focus();
  for (const key of keys) await page.keyboard.press(key);
};

test('where the log itself is silent is told beside the chart, on the timeline and in a table', async () => {
  await selectUser(page, 'elif.demir@alder.example');
  await expect(page.getByRole('region', { name: 'Overlaps over time' })).toContainText(
    'The log has no records 2 Mar 2026 09:39:50 to ',
  );
  await expect(page.getByRole('application')).toHaveAccessibleName(/The log itself has 1 gap in this time\.$/);
  await timeline(page).getByRole('tab', { name: 'Gaps of the log (1)' }).click();
  const gaps = timeline(page).getByRole('grid', { name: 'Gaps of the log' });
  await expect(gaps.getByRole('row').nth(1)).toContainText('2 Mar 2026 09:39:50');
  await expect(gaps.getByRole('row').nth(1)).toContainText('35 min 22 s');
  expect(await axeViolations(page)).toEqual([]);
});

test('a key leads to the gap of the log, and says what it means', async () => {
  await press('f', 'b');
  await expect(
    timeline(page).getByText(/^Gap 1 of 1: the log has no records here: 2 Mar 2026 09:39:50 /),
  ).toBeVisible();
  await press('f', 'Escape');
});

test('the source IPs are a table too, with block, country and how often', async () => {
  await timeline(page).getByRole('tab', { name: 'Source IPs (3)' }).click();
  const row = timeline(page).getByRole('row', { name: /198\.51\.100\.23/ });
  await expect(row).toContainText('198.51.100.0/24');
  await expect(row).toContainText('US');
  await row.click();
  await expect(timeline(page).getByText(/^Source IP 3 of 3: 198\.51\.100\.23 /)).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
});

test('the length between two points is measured by keys, and Esc takes it away', async () => {
  await press('o', 'm', ']', 'm');
  const measured = timeline(page)
    .getByRole('status')
    .filter({ hasText: /^Measured: .* 2 Mar 2026 09:30:22 to / });
  await expect(measured).toHaveCount(1);
  expect(await axeViolations(page)).toEqual([]);
  await press('Escape');
  await expect(measured).toHaveCount(0);
});

test('what is marked on the timeline has its log records one key away', async () => {
  await press('f', 'o', 'y');
  await expect(timeline(page).getByRole('tab', { name: 'Log records of this overlap' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(timeline(page).getByRole('list', { name: 'Log records of this overlap' })).toContainText(
    'silent.ndjson',
  );
  await press('n');
  await expect(timeline(page).getByRole('list', { name: 'Log records of this segment' })).toBeVisible();
  await press('Escape', 'f');
  await expect(timeline(page).getByRole('list', { name: 'Log records of this user' })).toBeVisible();
});

test('an area dragged over lanes says what it holds', async () => {
  await press('f');
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('there is no timeline');
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 1, box.y + 70);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 1, box.y + box.height - 2, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(
    timeline(page)
      .getByRole('status')
      .filter({ hasText: /^Area: / }),
  ).toContainText('3 source IPs, 3 segments');
  await page.getByRole('button', { name: 'Clear what is measured and selected' }).click();
});

test('a double click or Enter zooms to what is marked, and one key gives the timeline the height of the table', async () => {
  await press('o', 'f', 'Enter');
  await expect(page.getByRole('region', { name: 'Overlaps over time' })).toContainText('Zoomed to');
  await press('f');
  await expect(page.getByRole('region', { name: 'Overlaps over time' })).not.toContainText('Zoomed to');
  const height = async (): Promise<number> => (await flaggedUsers(page).boundingBox())?.height ?? 0;
  const before = await height();
  await page.keyboard.press('z');
  await expect.poll(height).toBeLessThan(before);
  await page.keyboard.press('z');
  await expect.poll(height).toBe(before);
});

test('the ends of the stretch in the overview are wide enough to be hit, and go as far as the hand does', async () => {
  const end = page.getByRole('slider', { name: 'End of the time window' });
  const box = await end.boundingBox();
  if (!box) throw new Error('there is no overview');
  expect(box.width).toBeGreaterThanOrEqual(24);
  const whole = Number(await end.getAttribute('aria-valuenow'));
  await page.mouse.move(box.x + 20, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x - 180, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  expect(Number(await end.getAttribute('aria-valuenow'))).toBeLessThan(whole);
  await expect.poll(async () => Math.round((box.x - ((await end.boundingBox())?.x ?? 0)) / 10)).toBe(20);
  await page.getByRole('button', { name: 'Show all' }).click();
});

test('a click on the chart over time filters the table to that time, and again takes that away', async () => {
  const overview = page.getByRole('region', { name: 'Overlaps over time' });
  const box = await overview.getByRole('group', { name: 'Time window' }).boundingBox();
  if (!box) throw new Error('there is no overview');
  const all = await flaggedUsers(page).getByRole('row').count();
  for (let share = 0.02; share < 1; share += 0.02) {
    await page.mouse.move(box.x + share * box.width, box.y + 20);
    if (await overview.getByText(/^2 Mar 2026 .*: \d+ overlaps? of/).isVisible()) break;
  }
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByText(/^Overlap within 2 Mar 2026/)).toBeVisible();
  await expect.poll(() => flaggedUsers(page).getByRole('row').count()).toBeLessThan(all);
  await page.mouse.down();
  await page.mouse.up();
  await expect.poll(() => flaggedUsers(page).getByRole('row').count()).toBe(all);
});

test('several ticked users are compared on one time axis, and another one is added', async () => {
  for (const user of ['elif.demir', 'priya.raman']) {
    await flaggedUsers(page).getByRole('row', { name: user }).getByRole('checkbox').check();
  }
  await command(page, 'compare');
  const dialog = page.getByRole('dialog', { name: 'Compare users on one time axis' });
  const heads = dialog.getByRole('list', { name: 'Source IPs' });
  await expect(heads).toContainText('elif.demir@alder.example');
  await expect(heads).toContainText('priya.raman@alder.example');
  await dialog.getByRole('searchbox', { name: 'Add a user' }).fill('mara');
  await dialog.getByRole('list', { name: 'Users found' }).getByRole('button', { name: /mara/ }).click();
  await expect(heads).toContainText('mara.lindqvist@alder.example');
  await expect(dialog).toContainText('2 of them were at 203.0.113.10.');
  await dialog.getByRole('tab', { name: 'Source IPs (' }).click();
  await expect(dialog.getByRole('row', { name: /203\.0\.113\.10 203\.0\.113\.0\/24 .*public/ })).toBeVisible();
  await dialog.getByRole('tab', { name: /^Gaps of the log/ }).click();
  await expect(dialog.getByRole('grid', { name: 'Gaps of the log' })).toContainText('35 min 22 s');
  await dialog.getByRole('tab', { name: 'Overlaps (' }).click();
  await dialog.getByRole('grid', { name: 'Overlaps' }).getByRole('row', { name: /mara/ }).click();
  await expect(
    dialog.getByText(/^Overlap \d of \d: .* of mara\.lindqvist@alder\.example at once for 42 min/),
  ).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('one key leads to the findings that share something with this one, Enter to one of them, and another key back', async () => {
  await flaggedUsers(page).press('Escape');
  await selectUser(page, 'mara.lindqvist@alder.example');
  await page.keyboard.press('l');
  const related = timeline(page).getByRole('grid', { name: 'Related findings' });
  const first = related.getByRole('row').nth(1);
  await expect(first).toBeFocused();
  await expect(first).toContainText('203.0.113.10');
  const name = (await first.getByRole('gridcell').first().textContent()) ?? '';
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const pane = page.getByRole('region', { name: 'Selected user' });
  await expect(pane.getByRole('heading')).toHaveText(name);
  await expect(pane).toBeFocused();
  await page.keyboard.press('h');
  await expect(pane.getByRole('heading')).toHaveText('mara.lindqvist@alder.example');
});

test('where short overlaps are left out, the chart of lengths has a line at the shortest that counts', async () => {
  await command(page, 'Detection settings');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Shortest overlap' }).fill('30m');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Charts' }).click();
  const lengths = page.getByRole('list', { name: 'Overlap lengths (┊ from 30 min)' });
  const bar = await lengths.getByRole('button', { name: /^15 min to less than 1 h/ }).boundingBox();
  const line = await page.locator('[data-line]').boundingBox();
  if (!bar || !line) throw new Error('there is no bar, or no line');
  // 30 min is a third of the way from 15 min to 1 h
  expect(Math.abs(line.x + line.width / 2 - (bar.x + bar.width / 3))).toBeLessThan(3);
});
