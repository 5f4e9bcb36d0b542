/** What an analyst does, in the analyst's words. Each step waits for what it must see, never for time. */
import { readFile } from 'node:fs/promises';
import { expect } from './expect';
import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';

/** Whom the sample day flags, the longest overlap first. */
export const SAMPLE_USERS = ['jonas.weber', 'elif.demir', 'tomas.okafor', 'mara.lindqvist', 'priya.raman'] as const;

export const flaggedUsers = (page: Page): Locator => page.getByRole('grid', { name: 'Flagged users' });
export const timeline = (page: Page): Locator => page.getByRole('region', { name: 'Timeline' });
/** The rows of the table without its header. */
const userRows = (page: Page): Locator =>
  flaggedUsers(page)
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') });

export const rowOf = (page: Page, user: string): Locator => userRows(page).filter({ hasText: user });

export async function openTheSampleDay(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample day' }).click();
  await flaggedUsers(page).waitFor();
}

export async function seeFlaggedUsers(page: Page, users: readonly string[]): Promise<void> {
  await expect(userRows(page)).toHaveCount(users.length);
  for (const [index, user] of users.entries()) await expect(userRows(page).nth(index)).toContainText(user);
}

export async function sortBy(page: Page, column: string, direction: 'ascending' | 'descending'): Promise<void> {
  const header = flaggedUsers(page).getByRole('columnheader', { name: column });
  for (let click = 0; click < 3; click++) {
    if ((await header.getAttribute('aria-sort')) === direction) return;
    await header.getByRole('button').click();
  }
  await expect(header).toHaveAttribute('aria-sort', direction);
}

export async function filterFor(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Filter' }).fill(text);
}

export async function selectUser(page: Page, user: string): Promise<void> {
  await userRows(page).filter({ hasText: user }).click();
  await expect(page.getByRole('region', { name: 'Selected user' })).toContainText(`${user} was at`);
  await expect(timeline(page).locator('[data-ready]').first()).toBeVisible();
}

/** The picture of the timeline as it stands, to tell whether a step changed it. */
function pictureOf(page: Page): Promise<string> {
  return timeline(page)
    .locator('canvas')
    .first()
    .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''));
}

/** Presses a key on the timeline and waits until its picture is another one. */
export async function pressOnTimeline(page: Page, key: string): Promise<void> {
  const before = await pictureOf(page);
  await timeline(page).getByRole('application').focus();
  await page.keyboard.press(key);
  await expect.poll(() => pictureOf(page)).not.toBe(before);
}

export const exportDialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Export' });

/** Saves what a button saves, and returns its name and its text. */
export async function saved(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await button.click();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

/** Opens the export, where it is not open, and writes what a button there names; the dialog stays open. */
export async function exportAs(page: Page, button: string): Promise<{ name: string; text: string }> {
  if (!(await exportDialog(page).isVisible())) await page.getByRole('button', { name: 'Export', exact: true }).click();
  return saved(page, exportDialog(page).getByRole('button', { name: button }));
}

/** Exports the overlaps of what the table shows and returns the CSV's text. */
export async function exportCsv(page: Page): Promise<string> {
  const { name, text } = await exportAs(page, 'Overlaps (CSV)');
  expect(name).toMatch(/^doppel-overlaps-\d{4}-\d{2}-\d{2}\.csv$/);
  await page.keyboard.press('Escape');
  return text;
}

/** Chooses the first overlap of the user that is shown, and asks for the log records behind it. */
export async function readTheRecordsOfTheFirstOverlap(page: Page): Promise<Locator> {
  await timeline(page).getByRole('grid', { name: 'Overlaps' }).getByRole('row').nth(1).click();
  await timeline(page).getByRole('tab', { name: 'Log records of this overlap' }).click();
  return timeline(page).getByRole('list', { name: 'Log records of this overlap' });
}

/** Asks why a user is not flagged, and returns the answer. */
export async function askWhyNot(page: Page, user: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Why not?' }).click();
  const dialog = page.getByRole('dialog', { name: 'Why is a user not flagged?' });
  await dialog.getByRole('searchbox').fill(user);
  await dialog.getByRole('list').getByRole('button').first().click();
  return dialog.getByRole('region', { name: 'Why not flagged' });
}

export const facets = (page: Page): Locator => page.getByRole('complementary', { name: 'Facets' });

/** Ticks or unticks a value of a facet, by keyboard. */
export async function toggleFacet(page: Page, facet: string, value: string): Promise<void> {
  const box = facets(page).getByRole('group', { name: facet }).getByRole('checkbox', { name: value });
  await box.focus();
  await page.keyboard.press('Space');
}

/** A bar of a chart of the overview. */
export const bar = (page: Page, chart: string, words: string | RegExp): Locator =>
  page.getByRole('list', { name: chart }).getByRole('button', { name: words });

/** Opens the list of all commands, types a few letters and takes the first one. */
export async function command(page: Page, letters: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused();
  await page.keyboard.type(letters);
  await page.keyboard.press('Enter');
}

/** Saves a report on the selected user and returns its HTML. */
export async function saveReport(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save report' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^doppel-report-\d{4}-\d{2}-\d{2}\.html$/);
  return readFile(await file.path(), 'utf8');
}

/**
 * What has moved on the page since it was loaded without having been moved: the score of each layout shift, as browsers
 * count them, and what it was. Unlike the score of Web Vitals it counts also what moves right after a key or a press.
 */
export function layoutShifts(page: Page): Promise<{ score: number; moved: string[] }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const found: { score: number; moved: string[] }[] = [];
        const observer = new PerformanceObserver((list) => {
          // TypeScript's DOM does not know this entry yet: web.dev/articles/debug-layout-shifts
          for (const { value, sources } of list.getEntries() as (PerformanceEntry & {
            value: number;
            sources: { node: Node | null }[];
          })[]) {
            found.push({ score: value, moved: sources.map(({ node }) => node?.textContent?.slice(0, 60) ?? '') });
          }
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(found), 100);
      }),
  );
}

/** What axe finds wrong with the page as it stands (WCAG and good practice), with the elements; nothing is what it should find. */
export async function axeViolations(page: Page, options: axe.RunOptions = {}): Promise<string[]> {
  const run = `${axe.source}; axe.run(${JSON.stringify(options)})`;
  const { violations } = (await page.evaluate(run)) as axe.AxeResults; // axe's own result
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}
