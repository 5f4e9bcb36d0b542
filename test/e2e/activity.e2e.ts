/** What was done in a case, and what becomes of decisions whose finding a later run does not find. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect as expectValue, test } from 'vitest';
import { expect } from './expect';
import { axeViolations, command, openTheSampleDay, selectUser } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

const JONAS = 'jonas.weber@alder.example';
const PRIYA = 'priya.raman@alder.example';

let folder: string;
let doppel: RunningDoppel;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-activity-'));
  doppel = await launchDoppel({ dataFolder: folder });
});
afterAll(async () => {
  await doppel.close();
  rmSync(folder, { recursive: true });
});

const decide = async (...keys: string[]): Promise<void> => {
  await doppel.page.getByRole('row', { selected: true }).focus();
  for (const key of keys) await doppel.page.keyboard.press(key);
};
const runWith = async (shortest: string): Promise<void> => {
  await doppel.page.getByRole('button', { name: 'Detection settings' }).click();
  const dialog = doppel.page.getByRole('dialog');
  await dialog.getByLabel('Shortest overlap').fill(shortest);
  await dialog.getByRole('button', { name: /^Run/ }).click();
};
const activity = () => doppel.page.getByRole('dialog', { name: 'Activity in this case' });
const activityRows = () => activity().getByRole('grid').getByRole('row');

test('the activity of the case tells who decided what about whom, and leads to the user', async () => {
  await openTheSampleDay(doppel.page);
  await selectUser(doppel.page, PRIYA);
  await decide('2', 'd');
  await doppel.page.keyboard.type('Branch office VPN.');
  await doppel.page.keyboard.press('Control+Enter');
  await selectUser(doppel.page, JONAS);
  await decide('i');
  await expect(doppel.page.getByRole('button', { name: 'Undo status in progress' })).toBeVisible();
  await doppel.page.getByRole('button', { name: 'Activity' }).click();
  await expect(activity()).toContainText('Time (UTC)');
  await expect(activityRows()).toHaveCount(4);
  await expect(activityRows().nth(1)).toContainText(`${JONAS}set the status to in progress`);
  await expect(activityRows().nth(3)).toContainText(`${PRIYA}gave the verdict benign positive`);
  expectValue(await axeViolations(doppel.page)).toEqual([]);
  await activityRows().nth(3).click();
  await expect(activity()).toHaveCount(0);
  await expect(doppel.page.getByRole('region', { name: 'Selected user' })).toContainText(`${PRIYA} was at`);
});

test('by the list of commands; what another window decides is offered, not pushed in', async () => {
  await command(doppel.page, 'Activity');
  await expect(activityRows()).toHaveCount(4);
  const other = await doppel.openAnother!();
  await selectUser(other, JONAS);
  await other.keyboard.press('1');
  await activity().getByRole('button', { name: 'Show what came since' }).click();
  await expect(activityRows().nth(1)).toContainText(`${JONAS}gave the verdict true positive`);
  await expect(activity().getByRole('button', { name: 'Show what came since' })).toHaveCount(0);
  await other.close();
  await doppel.page.keyboard.press('Escape');
});

test('decisions whose finding is gone are kept, shown with the reason, and found again', async () => {
  await runWith('43m');
  await expect(doppel.page.getByText('Decisions without a finding in this run: 1')).toBeVisible();
  await doppel.page.getByRole('button', { name: 'Show them' }).click();
  const dialog = doppel.page.getByRole('dialog', { name: 'Decisions without a finding in this run' });
  const row = dialog.getByRole('grid').getByRole('row').nth(1);
  await expect(row).toContainText(PRIYA);
  await expect(row).toContainText('benign positive');
  await expect(row).toContainText('not found with the present parameters');
  await row.click();
  await expect(dialog.getByRole('list', { name: 'Notes' })).toContainText('Branch office VPN.');
  await expect(dialog).toContainText('203.0.113.10');
  await dialog.getByRole('textbox', { name: 'Write a note' }).fill('Still kept.');
  await dialog.getByRole('textbox', { name: 'Write a note' }).press('Control+Enter');
  await expect(dialog.getByRole('list', { name: 'Notes' }).getByRole('listitem')).toHaveCount(2);
  expectValue(await axeViolations(doppel.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Why not?' }).click();
  const whyNot = doppel.page.getByRole('dialog', { name: 'Why is a user not flagged?' });
  await expect(whyNot.getByRole('list')).toContainText(PRIYA);
  await whyNot.getByRole('button', { name: 'Close' }).click();
});

test('the activity leads to a decision without a finding too; with the old parameters it is with its finding again', async () => {
  await command(doppel.page, 'Activity');
  await activityRows().filter({ hasText: 'Branch office VPN.' }).click();
  const dialog = doppel.page.getByRole('dialog', { name: 'Decisions without a finding in this run' });
  await expect(dialog.getByRole('heading', { name: PRIYA })).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Notes' })).toContainText('Still kept.');
  await doppel.page.keyboard.press('Escape');
  await runWith('0s');
  await expect(doppel.page.getByText('Decisions without a finding in this run')).toHaveCount(0);
  await selectUser(doppel.page, PRIYA);
  await expect(doppel.page.getByRole('list', { name: 'Notes' })).toContainText('Still kept.');
});
