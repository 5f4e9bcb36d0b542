/** The main job in the desktop app, where there is an Electron that can be driven. */
import { expect } from './expect';
import { afterAll, beforeAll, describe, test } from 'vitest';
import {
  SAMPLE_USERS,
  exportCsv,
  filterFor,
  flaggedUsers,
  openTheSampleDay,
  pressOnTimeline,
  seeFlaggedUsers,
  selectUser,
  sortBy,
} from './investigation';
import { launchDoppel, whyNoElectron } from './launch';
import type { RunningDoppel } from './launch';

const skipped = whyNoElectron();
if (skipped !== undefined) process.stderr.write(`The end-to-end tests of the desktop app are skipped: ${skipped}.\n`);

describe.skipIf(skipped !== undefined)('the desktop app', () => {
  let doppel: RunningDoppel;
  beforeAll(async () => {
    doppel = await launchDoppel({ kind: 'electron' });
  });
  afterAll(() => doppel?.close());

  test('its page has no Node and the own origin', async () => {
    expect(
      await doppel.page.evaluate(() => [location.origin, typeof globalThis.process, typeof window.doppelShell]),
    ).toEqual(['doppel://app', 'undefined', 'object']);
  });

  test('open, sort, filter, select, zoom and export', async () => {
    const { page } = doppel;
    await openTheSampleDay(page);
    await seeFlaggedUsers(page, SAMPLE_USERS);
    await sortBy(page, 'User', 'ascending');
    await seeFlaggedUsers(page, SAMPLE_USERS.toSorted());
    await filterFor(page, 'mara');
    await selectUser(page, 'mara.lindqvist@alder.example');
    await pressOnTimeline(page, '+');
    await pressOnTimeline(page, 'f');
    expect(await exportCsv(page)).toContain('mara.lindqvist@alder.example');
  });

  test('a page that is loaded again shows the same log', async () => {
    await doppel.page.reload();
    await expect(flaggedUsers(doppel.page)).toBeVisible();
    await seeFlaggedUsers(doppel.page, SAMPLE_USERS);
  });
});
