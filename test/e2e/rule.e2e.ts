/** The rule lab in Chromium: the published rule's stages, its schedule, the comparison, and the corrected rule. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import { flaggedUsers } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

let doppel: RunningDoppel;
let page: Page;
let lab: Locator;
beforeAll(async () => {
  doppel = await launchDoppel({ files: ['samples/day.ndjson'] });
  page = doppel.page;
  await flaggedUsers(page).waitFor();
  lab = page.getByRole('dialog', { name: 'The rule' });
});
afterAll(() => doppel.close());

test('the published rule is run stage by stage, and the selected user is followed to where the rule loses them', async () => {
  await page.getByRole('button', { name: 'The rule' }).click();
  await expect(lab.getByText('jonas.weber@alder.example is lost at stage 6')).toBeVisible();
  const close = lab.getByRole('row').filter({ hasText: "where DvcAction == 'open'" });
  await expect(close).toContainText('256');
  const { violations } = (await page.evaluate(`${axe.source}; axe.run()`)) as axe.AxeResults; // axe's own result
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});

test('with kind=inner it returns rows, and a replay of its schedule tells who the alerts would be about', async () => {
  await lab.getByLabel('Run it').selectOption('published-inner');
  await lab.getByRole('tab', { name: 'Schedule' }).click();
  await expect(lab.getByText(/^11 of 48 scheduled runs would have raised an alert/)).toBeVisible();
  await expect(lab.getByRole('table', { name: 'Who the alerts are about' })).toContainText('david.cohen@alder.example');
});

test('a mistake in the text is told with its line, and the rule is not run', async () => {
  const write = async (...lines: string[]): Promise<void> => {
    await lab.getByRole('textbox', { name: 'Rule text (KQL)' }).focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    for (const [index, line] of lines.entries()) {
      if (index > 0) await page.keyboard.press('Enter');
      await page.keyboard.type(line);
    }
  };
  await lab.getByRole('tab', { name: 'Stages' }).click();
  await write('ZPAEvent', '| where DvcActon == "open"');
  await expect(lab.getByText(/^Line 2: .*DvcActon/)).toBeVisible();
  await expect(lab.getByText('The text has errors, so it is not run.')).toBeVisible();
  await write('ZPAEvent', '| where DvcAction == "open"', '| take 3');
  await lab.getByRole('tab', { name: 'Rows' }).click();
  await expect(lab.getByText('The first 3 rows.')).toBeVisible();
});

test('the corrected rule is saved as YAML for Sentinel', async () => {
  await lab.getByRole('tab', { name: 'Corrected rule' }).click();
  const download = page.waitForEvent('download');
  await lab.getByRole('button', { name: 'Save shared-zpa-session-corrected.yaml' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  expect(saved).toMatch(/^id: [0-9a-f-]{36}\n/);
  expect(saved).toContain('let idleGap = 4h;');
});

test('the comparison leads to the users that the rules disagree on', async () => {
  await lab.getByRole('tab', { name: 'Comparison' }).click();
  await lab.getByRole('button', { name: 'helene.faure@alder.example' }).click();
  await expect(lab).toBeHidden();
  await expect(page.getByRole('dialog', { name: 'Why is a user not flagged?' })).toContainText('helene.faure');
});
