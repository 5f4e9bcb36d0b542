/** An analyst writes about a flagged user: notes, tags, assignee, and what becomes of a half-typed note. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect as expectValue, test } from 'vitest';
import { expect } from './expect';
import { axeViolations, command, facets, flaggedUsers, openTheSampleDay, selectUser } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

const [JONAS, ELIF, TOMAS, MARA] = [
  'jonas.weber@alder.example',
  'elif.demir@alder.example',
  'tomas.okafor@alder.example',
  'mara.lindqvist@alder.example',
] as const;

let folder: string;
let doppel: RunningDoppel;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-notes-'));
  doppel = await launchDoppel({ dataFolder: folder });
});
afterAll(async () => {
  await doppel.close();
  rmSync(folder, { recursive: true });
});

const panel = (page: Page = doppel.page) => page.getByRole('region', { name: 'Notes and history' });
const noteField = (page: Page = doppel.page) => panel(page).getByRole('textbox', { name: 'Write a note' });
const notes = (page: Page = doppel.page) => panel(page).getByRole('list', { name: 'Notes' }).getByRole('listitem');
const tags = (page: Page = doppel.page) => panel(page).getByRole('list', { name: 'Tags' }).getByRole('listitem');
/** The field that has the focus is left, so that keys are commands again. */
const leaveTheField = () => doppel.page.getByRole('row', { selected: true }).focus();

test('a note is written by keyboard, and bears its author and time', async () => {
  await openTheSampleDay(doppel.page);
  await expect(panel()).toBeVisible();
  await leaveTheField();
  await doppel.page.keyboard.press('d');
  await expect(noteField()).toBeFocused();
  await doppel.page.keyboard.type('Called her.\nShe is in Lisbon.');
  await doppel.page.keyboard.press('Control+Enter');
  await expect(notes()).toHaveCount(1);
  await expect(notes().first()).toContainText(/\d{4} \d\d:\d\d:\d\d UTC/);
  await expect(notes().first()).toContainText('Called her.\nShe is in Lisbon.');
  await expect(noteField()).toHaveValue('');
  await expect(panel()).toContainText('Saved.');
  // Esc leaves the field for where the key was pressed, and keys are commands again
  await doppel.page.keyboard.press('Escape');
  await expect(doppel.page.getByRole('row', { selected: true })).toBeFocused();
  expectValue(await axeViolations(doppel.page)).toEqual([]);
});

test('tags are added and removed, and suggested for another user; assigned to me by one key', async () => {
  await leaveTheField();
  await doppel.page.keyboard.press('t');
  await doppel.page.keyboard.type('vpn');
  await doppel.page.keyboard.press('Enter');
  await doppel.page.keyboard.type('executive');
  await doppel.page.keyboard.press('Enter');
  await expect(tags()).toHaveText(['executive', 'vpn']);
  await panel().getByRole('button', { name: 'Remove the tag vpn' }).click();
  await expect(tags()).toHaveText(['executive']);
  await leaveTheField();
  await doppel.page.keyboard.press('g');
  await expect(panel().getByLabel('Assignee')).not.toHaveValue('');
  await selectUser(doppel.page, ELIF);
  await expect(tags()).toHaveCount(0);
  const field = panel().getByRole('combobox', { name: 'Tags' });
  await field.focus();
  const list = await field.getAttribute('list');
  await expect(doppel.page.locator(`[id="${list}"] option`)).toHaveText(['executive']);
});

test('a half-typed note is a draft: of its user only, and still there after the page has crashed', async () => {
  await noteField().fill('Asked IAM to revo');
  await expect(panel()).toContainText('Draft, not saved');
  await expect(flaggedUsers(doppel.page).getByRole('row', { name: ELIF })).toContainText('draft');
  await selectUser(doppel.page, JONAS);
  await expect(noteField()).toHaveValue('');
  await selectUser(doppel.page, ELIF);
  await expect(noteField()).toHaveValue('Asked IAM to revo');
  const another = await doppel.openAnother!();
  await selectUser(another, ELIF);
  await expect(noteField(another)).toHaveValue('Asked IAM to revo'); // so it is in the case
  const devTools = await doppel.page.context().newCDPSession(doppel.page);
  const crashed = doppel.page.waitForEvent('crash');
  void devTools.send('Page.crash').catch(() => undefined); // nobody is left to answer
  await crashed;
  doppel.page = another;
  await doppel.page.reload();
  await selectUser(doppel.page, ELIF);
  await expect(noteField()).toHaveValue('Asked IAM to revo');
  await expect(panel().getByRole('tab', { name: 'Notes' })).toHaveText('Notes (0, draft)');
  await noteField().press('Control+Enter');
  await expect(notes()).toHaveCount(1);
  await expect(panel()).not.toContainText('Draft');
});

test('a note is changed and removed; undo brings it back', async () => {
  await notes().getByRole('button', { name: 'Change this note' }).click();
  await panel().getByRole('textbox', { name: 'Change the note' }).fill('IAM has revoked it');
  await panel().getByRole('textbox', { name: 'Change the note' }).press('Control+Enter');
  await expect(notes()).toContainText('IAM has revoked it');
  await notes().getByRole('button', { name: 'Remove this note' }).click();
  await expect(panel()).toContainText('No note yet.');
  await doppel.page.getByRole('button', { name: 'Undo note removed' }).click();
  await expect(notes()).toContainText('IAM has revoked it');
});

test('who decides can be changed; the history says who did what and when', async () => {
  await doppel.page.getByRole('button', { name: 'Who decides' }).click();
  const dialog = doppel.page.getByRole('dialog', { name: 'Who decides' });
  await dialog.getByLabel('Name').fill('Zoë');
  await dialog.getByRole('button', { name: 'Use this name' }).click();
  await leaveTheField();
  await doppel.page.keyboard.press('i');
  await panel().getByRole('tab', { name: 'History' }).click();
  const history = panel().getByRole('list', { name: 'History' }).getByRole('listitem');
  await expect(history.first()).toContainText(/Zoë.*UTC.*set the status to in progress/);
  await expect(history.nth(1)).toContainText('took back an earlier decision: changed a note: “IAM has revoked it”');
  await expect(history.last()).toContainText('wrote a note: “Asked IAM to revo”');
  expectValue(await axeViolations(doppel.page)).toEqual([]);
  await doppel.page.reload();
  await expect(doppel.page.getByRole('button', { name: 'Who decides: Zoë' })).toBeVisible();
});

test('two windows on one case: what one decides, the other shows without a reload', async () => {
  const other = await doppel.openAnother!();
  await selectUser(other, TOMAS);
  await selectUser(doppel.page, TOMAS);
  await noteField().fill('seen in both');
  await noteField().press('Control+Enter');
  await expect(notes(other)).toContainText('seen in both');
  await leaveTheField();
  await doppel.page.keyboard.press('1');
  await expect(other.getByRole('region', { name: 'Decision' }).getByLabel('Verdict')).toHaveValue('true positive');
  await expect(flaggedUsers(other).getByRole('row', { selected: true })).toContainText('true positive');
  await noteField(other).fill('half-typed in the other');
  await expect(noteField()).toHaveValue('half-typed in the other');
  await other.close();
});

test('many are changed at once in another window: this one shows it, and after a reload its filter lets through what is so', async () => {
  await command(doppel.page, 'Show or hide the filters');
  await facets(doppel.page).getByRole('group', { name: 'Status' }).getByRole('checkbox', { name: 'new' }).check();
  await expect(flaggedUsers(doppel.page).getByRole('row')).toHaveCount(5); // the head, and all but the one in progress
  const other = await doppel.openAnother!();
  await flaggedUsers(other).getByRole('row', { name: TOMAS }).getByRole('checkbox').check();
  await flaggedUsers(other).getByRole('row', { name: MARA }).getByRole('checkbox').check();
  await other.keyboard.press('i');
  await other
    .getByRole('dialog')
    .getByRole('button', { name: /^Change/ })
    .click();
  await expect(flaggedUsers(doppel.page).getByRole('row', { name: MARA })).toContainText('in progress');
  await other.close();
  await doppel.page.reload();
  await expect(flaggedUsers(doppel.page).getByRole('row')).toHaveCount(3);
  await command(doppel.page, 'Clear the filter');
  await expect(flaggedUsers(doppel.page).getByRole('row', { name: MARA })).toContainText('in progress');
});

test('closing without a verdict says what to do, where it is seen', async () => {
  await selectUser(doppel.page, MARA);
  await leaveTheField();
  await doppel.page.keyboard.press('c');
  const said = doppel.page.getByRole('alert').filter({ hasText: 'Not closed' });
  await expect(said).toContainText('there is no verdict yet. Choose one first (keys 1 to 5).');
  await expect(said).toBeInViewport();
  await doppel.page.keyboard.press('2');
  await expect(said).toHaveCount(0);
  await doppel.page.keyboard.press('c');
  await expect(doppel.page.getByRole('region', { name: 'Decision' }).getByLabel('Status')).toHaveValue('closed');
  expectValue(await doppel.page.getByRole('alert').count()).toBe(0);
});

test('a second Doppel on the case reads the notes, and locks their fields', async () => {
  await selectUser(doppel.page, JONAS);
  const second = await launchDoppel({ dataFolder: folder });
  try {
    await openTheSampleDay(second.page);
    await selectUser(second.page, JONAS);
    await expect(notes(second.page)).toContainText('She is in Lisbon.');
    await expect(noteField(second.page)).toBeDisabled();
    await expect(panel(second.page).getByRole('combobox', { name: 'Tags' })).toBeDisabled();
    await expect(panel(second.page).getByRole('button', { name: 'Remove the tag executive' })).toBeDisabled();
  } finally {
    await second.close();
  }
});
