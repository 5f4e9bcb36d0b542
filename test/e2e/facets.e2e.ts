/** An analyst narrows the queue by what the findings have in common. */
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import { SAMPLE_USERS, facets, openTheSampleDay, seeFlaggedUsers, toggleFacet } from './investigation';
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
