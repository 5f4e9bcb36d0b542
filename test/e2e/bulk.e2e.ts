/** An analyst ticks several findings and changes them together: exactly those, named before it happens, undone as one. */
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import {
  SAMPLE_USERS,
  filterFor,
  flaggedUsers,
  openTheSampleDay,
  rowOf,
  seeFlaggedUsers,
  sortBy,
} from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

let doppel: RunningDoppel;
beforeAll(async () => {
  doppel = await launchDoppel();
  await openTheSampleDay(doppel.page);
  await seeFlaggedUsers(doppel.page, SAMPLE_USERS);
});
afterAll(() => doppel.close());

const ticked = () => doppel.page.getByRole('region', { name: 'Ticked findings' });
const dialog = () => doppel.page.getByRole('dialog', { name: 'Change all that are ticked' });
const boxOf = (user: string) => doppel.page.getByRole('checkbox', { name: `Tick ${user}` });
const press = (key: string) => doppel.page.keyboard.press(key);
/** Which of the users have this text in their row. */
const usersWith = async (text: string): Promise<string[]> => {
  const found: string[] = [];
  for (const user of SAMPLE_USERS) {
    if ((await rowOf(doppel.page, user).textContent())?.includes(text)) found.push(user);
  }
  return found;
};

test('j and k lead to the next and the previous user, Space and Shift+arrow tick', async () => {
  await rowOf(doppel.page, 'jonas.weber').click();
  await press('j');
  await expect(rowOf(doppel.page, 'elif.demir')).toBeFocused();
  await press('k');
  await expect(rowOf(doppel.page, 'jonas.weber')).toBeFocused();
  await press('j');
  await press('Space');
  await expect(boxOf('elif.demir')).toBeChecked();
  await press('Shift+ArrowDown');
  await press('Shift+ArrowDown');
  await press('Shift+ArrowUp');
  await expect(ticked()).toContainText('2 of 5 ticked');
  await expect(boxOf('tomas.okafor')).toBeChecked();
});

test('closing asks for a verdict and names the count; exactly the ticked ones are closed', async () => {
  await press('c');
  await expect(dialog()).toContainText('2 of these would have none');
  await dialog().getByLabel('Verdict').selectOption('false positive: inaccurate data');
  await expect(dialog()).toContainText('Close 2 findings as false positive: inaccurate data?');
  await dialog().getByRole('button', { name: 'Close 2 findings as' }).click();
  await expect(dialog()).toBeHidden();
  await expect.poll(() => usersWith('closed')).toEqual(['elif.demir', 'tomas.okafor']);
});

test('one undo takes the whole change back', async () => {
  await ticked()
    .getByRole('button', { name: /^Undo .*\(2 users\)/ })
    .click();
  await expect.poll(() => usersWith('closed')).toEqual([]);
});

test('Ctrl+A ticks all, a click on one box leaves it out; a key asks, Enter confirms', async () => {
  await press('Escape');
  await expect(ticked()).toBeHidden();
  await rowOf(doppel.page, 'jonas.weber').focus();
  await press('ControlOrMeta+a');
  await expect(ticked()).toContainText('5 of 5 ticked');
  await boxOf('mara.lindqvist').click();
  await expect(ticked()).toContainText('4 of 5 ticked');
  await press('i');
  await expect(dialog().getByRole('button', { name: 'Change 4 findings: status in progress' })).toBeFocused();
  await expect(dialog()).toContainText('Change 4 findings: status in progress?');
  await press('Enter');
  await expect(dialog()).toBeHidden();
  const others = SAMPLE_USERS.filter((user) => user !== 'mara.lindqvist');
  await expect.poll(() => usersWith('in progress')).toEqual(others);
});

test('Esc in the dialog changes nothing; another filter unticks', async () => {
  await press('e');
  await expect(dialog().getByLabel('Verdict')).toBeFocused();
  await dialog().getByLabel('Add tags').fill('vpn, night');
  await expect(dialog()).toContainText('Change 4 findings: add tag vpn, add tag night?');
  await press('Escape');
  await expect(dialog()).toBeHidden();
  await expect(ticked()).toContainText('4 of 5 ticked');
  await filterFor(doppel.page, 'jonas');
  await expect(ticked()).toBeHidden();
  await flaggedUsers(doppel.page).getByRole('checkbox', { name: 'Tick all 1 that match' }).check();
  await expect(ticked()).toContainText('1 of 1 ticked');
});

test('the list is in the order of the decisions that there were, until it is brought up to date', async () => {
  await filterFor(doppel.page, '');
  await sortBy(doppel.page, 'Status', 'ascending');
  await expect(rowOf(doppel.page, 'mara.lindqvist')).toHaveAttribute('data-index', '0');
  await rowOf(doppel.page, 'mara.lindqvist').click();
  await press('1');
  await press('c');
  await expect(rowOf(doppel.page, 'mara.lindqvist')).toContainText('closed');
  await expect(rowOf(doppel.page, 'mara.lindqvist')).toHaveAttribute('data-index', '0');
  await doppel.page.getByRole('button', { name: 'Bring the list up to date' }).click();
  await expect(rowOf(doppel.page, 'mara.lindqvist')).toHaveAttribute('data-index', '4');
});

test('a tag is found by the text of the filter, and the columns at first show it', async () => {
  await boxOf('priya.raman').click();
  await press('e');
  await dialog().getByLabel('Add tags').fill('carrier');
  await dialog().getByRole('button', { name: 'Change 1 finding: add tag carrier' }).click();
  await expect(rowOf(doppel.page, 'priya.raman')).toContainText('carrier');
  await filterFor(doppel.page, 'CARR');
  await seeFlaggedUsers(doppel.page, ['priya.raman']);
});
