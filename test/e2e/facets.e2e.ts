/** An analyst narrows the queue by what the findings have in common. */
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import { SAMPLE_USERS, bar, facets, openTheSampleDay, seeFlaggedUsers, toggleFacet } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

let doppel: RunningDoppel;
beforeAll(async () => {
  doppel = await launchDoppel();
  await openTheSampleDay(doppel.page);
});
afterAll(() => doppel.close());

test('the facets tell how many findings have which value', async () => {
  await doppel.page.getByRole('button', { name: 'Facets' }).click();
  await expect(facets(doppel.page).getByRole('checkbox', { name: 'new 5 findings' })).toBeVisible();
});

test('a country is ticked: the queue shows its findings, the other countries keep their counts', async () => {
  const country = facets(doppel.page).getByRole('group', { name: 'Country' });
  const labels = await country.getByRole('listitem').allTextContents();
  const first = labels[0] ?? '';
  const [, name = '', count = ''] = /^(\D+)(\d+) findings?$/.exec(first) ?? [];
  expect(Number(count)).toBeLessThan(SAMPLE_USERS.length);
  await toggleFacet(doppel.page, 'Country', `${name} ${count}`);
  await expect(doppel.page.getByRole('status').filter({ hasText: 'flagged users' })).toContainText(
    `${count} of 5 flagged users`,
  );
  await expect(doppel.page.getByRole('list', { name: 'Filter conditions' })).toContainText(`Country: ${name}`);
  await expect.poll(() => country.getByRole('listitem').allTextContents()).toEqual(labels);
});

test('it is unticked again, and the panel put away: everybody is there', async () => {
  await doppel.page.keyboard.press('Space');
  await seeFlaggedUsers(doppel.page, SAMPLE_USERS);
  await doppel.page.getByRole('button', { name: 'Facets' }).click();
  await expect(facets(doppel.page)).toBeHidden();
});

test('a bar of the charts is clicked, another is chosen by keyboard: both narrow the queue', async () => {
  await doppel.page.getByRole('button', { name: 'Charts' }).click();
  const hour = bar(doppel.page, 'Flagged users by hour of day (UTC)', /^13:00 UTC/);
  await hour.click();
  await expect(hour).toHaveAttribute('aria-pressed', 'true');
  await seeFlaggedUsers(doppel.page, ['mara.lindqvist']);
  const length = bar(doppel.page, 'Overlap lengths (any is flagged)', /^1 h to less than 4 h/);
  await length.focus();
  await doppel.page.keyboard.press('Enter');
  await expect(doppel.page.getByText('No flagged user matches the filter.')).toBeVisible();
  await hour.click();
  await seeFlaggedUsers(doppel.page, ['jonas.weber', 'elif.demir']);
  await length.click();
  await seeFlaggedUsers(doppel.page, SAMPLE_USERS);
});
