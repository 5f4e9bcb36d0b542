/** The rule lab in Chromium: the published rule's stages, its schedule, the comparison, and the corrected rule. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import { axeViolations, flaggedUsers } from './investigation';
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
  await expect(lab.getByRole('list', { name: 'The values that decided it' })).toContainText(
    /TimeGenerated = .*now\(\) = /,
  );
  await lab.getByRole('button', { name: /^6 closed_sessions/ }).click();
  const sixth = lab.getByRole('region', { name: 'Stage 6' });
  await expect(sixth).toContainText('that it drops');
  await expect(sixth).toContainText(/Decided by TimeGenerated, now\(\) = 2026/);
  const close = lab.getByRole('row').filter({ hasText: "where DvcAction == 'open'" });
  await expect(close).toContainText('256');
  await lab.getByText('severity High').click();
  await expect(lab.getByText('DstUserName eq prev_sessionuser; SrcIpAddr ne PreviousSrcIpAddr')).toBeVisible();
  await lab.getByText('severity High').click();
  expect(await axeViolations(page)).toEqual([]);
});

test('with kind=inner it returns rows, and a replay of its schedule tells who the alerts would be about', async () => {
  await lab.getByLabel('Run it').selectOption('published-inner');
  await lab.getByRole('tab', { name: 'Schedule' }).click();
  await expect(lab.getByText(/^11 of 48 scheduled runs would have raised an alert/)).toBeVisible();
  await expect(lab.getByRole('table', { name: 'Who the alerts are about' })).toContainText('david.cohen@alder.example');
  await lab.getByText('11 runs with an alert').click();
  await expect(lab.getByRole('table', { name: /^Runs with an alert, by time/ }).getByRole('row')).toHaveCount(12);
  await lab.getByRole('button', { name: '2 Mar 2026 11:00:00 UTC' }).click();
  await expect(lab.getByLabel('at (UTC)')).toHaveValue('2026-03-02T11:00:00.000Z');
  await lab.getByRole('tab', { name: 'Rows' }).click();
  await expect(lab.getByText('The first 5 rows.')).toBeVisible();
  await lab.getByLabel('at (UTC)').fill('soon');
  await expect(lab.getByText('Write a time such as 2026-03-02T11:00.')).toBeVisible();
  await lab.getByLabel('at (UTC)').fill('');
});

/** Types another rule in place of the one that stands. */
async function write(...lines: string[]): Promise<void> {
  await lab.getByRole('textbox', { name: 'Rule text (KQL)' }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  for (const [index, line] of lines.entries()) {
    if (index > 0) await page.keyboard.press('Enter');
    await page.keyboard.type(line);
  }
}

test('a mistake in the text is told with its line, and the rule is not run', async () => {
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

test('parameters of the intended rule are moved, and whom that would lose is told live', async () => {
  const moved = lab.getByRole('region', { name: 'What other parameters of the intended rule would change' });
  await lab.getByRole('tab', { name: 'Comparison' }).click();
  await expect(moved).toContainText('Move a parameter to see whom it would gain and lose.');
  await moved.getByRole('slider', { name: 'Shortest overlap' }).fill('7');
  await expect(moved.getByRole('textbox', { name: 'Shortest overlap' })).toHaveValue('1h');
  await expect(moved).toContainText(
    /Flags \d users? instead of 5, with \d+ overlaps? instead of \d+: \d lost, none gained/,
  );
  await expect(moved.getByRole('region', { name: 'Lost' })).toContainText('priya.raman@alder.example');
  await lab.getByRole('tab', { name: 'Corrected rule' }).click();
  await lab.getByRole('tab', { name: 'Comparison' }).click();
  await expect(moved.getByRole('textbox', { name: 'Shortest overlap' })).toHaveValue('1h');
  await moved.getByRole('textbox', { name: 'Shortest overlap' }).fill('an hour');
  await expect(moved.getByRole('alert')).toContainText('Write a length of time');
  await moved.getByRole('button', { name: 'Back to the present settings' }).click();
  await expect(moved).toContainText('Move a parameter to see whom it would gain and lose.');
});

test('a confirmed user who would be lost is named before the detection is run with other parameters', async () => {
  await page.keyboard.press('Escape');
  const row = flaggedUsers(page).getByRole('row').filter({ hasText: 'priya.raman' });
  await row.click();
  await row.focus();
  await page.keyboard.press('1');
  await expect(page.getByRole('region', { name: 'Decision' }).getByLabel('Verdict')).toHaveValue('true positive');
  await page.getByRole('button', { name: 'The rule' }).click();
  await lab.getByRole('tab', { name: 'Comparison' }).click();
  await lab.getByRole('textbox', { name: 'Shortest overlap' }).fill('1h');
  await expect(lab.getByText('1 of 1 user confirmed as true positive would be lost.')).toBeVisible();
  await lab.getByRole('button', { name: 'Run the detection with these' }).click();
  await expect(lab.getByText('Move a parameter to see whom it would gain and lose.')).toBeVisible();
  await lab.getByRole('textbox', { name: 'Shortest overlap' }).fill('0s');
  await expect(lab.getByRole('region', { name: 'Gained' })).toContainText('priya.raman');
  await lab.getByRole('button', { name: 'Run the detection with these' }).click();
  await expect(lab.getByText('Move a parameter to see whom it would gain and lose.')).toBeVisible();
});

test('one key opens the timeline of a user that the rules disagree on, and Esc is back at the comparison', async () => {
  await lab.getByRole('tab', { name: 'Comparison' }).click();
  const helene = lab.getByRole('button', { name: 'helene.faure@alder.example' });
  await helene.focus();
  await page.keyboard.press('Enter');
  const timeline = page.getByRole('dialog', { name: 'Timeline of helene.faure@alder.example' });
  await expect(timeline.getByRole('region', { name: 'Timeline' })).toBeVisible();
  await expect(timeline.getByRole('button', { name: 'Show in the queue' })).toHaveCount(0);
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(timeline).toHaveCount(0);
  await expect(helene).toBeFocused();
  await expect(lab.getByRole('columnheader', { name: 'At the left' })).toHaveCount(0);
});

test('what was changed in the text, and what the corrected rule changes, is shown line by line', async () => {
  await write('ZPAEvent', "| where DvcAction == 'open'");
  await lab.getByRole('tab', { name: 'Changes' }).click();
  const changes = lab.getByRole('region', { name: /^What changes from the rule as it was opened/ });
  await expect(changes.getByRole('row', { name: /^1 removed let open_sessions =$/ })).toBeVisible();
  await expect(
    lab.getByText(/^From the rule as it was opened to the text at the left: \d+ lines removed, /),
  ).toBeVisible();
  await lab.getByLabel('Compare').selectOption('corrected');
  await expect(lab.getByRole('row', { name: /^\d+ added let idleGap = 4h;/ })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await lab.getByRole('tab', { name: 'Comparison' }).click();
});

test('columns that are not kept are read from the log again', async () => {
  await write('ZPAEvent', '| where isnotempty(Connector)', '| summarize n = count() by Connector');
  await lab.getByRole('tab', { name: 'Rows' }).click();
  await expect(lab.getByText(/^The first \d+ rows\.$/)).toBeVisible();
  await expect(lab.getByText(/which Doppel does not have/)).toHaveCount(0);
  await lab.getByRole('tab', { name: 'Comparison' }).click();
});

test('a text that is edited is compared beside them', async () => {
  await write('ZPAEvent', "| where SrcIpAddr startswith '203.'", '| project AccountCustomEntity = DstUserName');
  await expect(lab.getByRole('columnheader', { name: 'At the left' })).toBeVisible();
  const alarm = lab.getByRole('row').filter({ hasText: 'A false alarm of the other text' }).first();
  await expect(alarm.getByRole('cell').nth(3)).toHaveText('found');
});

test('a rule file of the analyst is opened and run; one that will not do is refused with its place', async () => {
  const file = lab.locator('input[type=file]');
  const yaml = (query: string): Buffer => Buffer.from(`name: Mine\nquery: |\n  ${query}\n`);
  const open = (name: string, buffer: Buffer) => file.setInputFiles({ name, mimeType: 'application/yaml', buffer });
  await open('mine.yaml', yaml('ZPAEvent | where Message has "helene.faure" | summarize by DstUserName'));
  await expect(lab.getByLabel('Rule', { exact: true })).toContainText('Mine');
  await lab.getByRole('tab', { name: 'Stages' }).click();
  await expect(lab.getByRole('row').filter({ hasText: 'where Message has' })).toContainText('3,431');
  await expect(lab.getByText('It uses Message')).toHaveCount(0);
  await open('broken.yaml', Buffer.from('name: [\n'));
  await expect(lab.getByRole('alert')).toContainText('broken.yaml, line ');
});

test('from the comparison a flagged user is shown in the queue', async () => {
  await lab.getByRole('tab', { name: 'Comparison' }).click();
  await lab.getByRole('button', { name: 'jonas.weber@alder.example' }).click();
  await page.getByRole('button', { name: 'Show in the queue' }).click();
  await expect(lab).toHaveCount(0);
  await expect(flaggedUsers(page).getByRole('row').filter({ hasText: 'jonas.weber' })).toBeVisible();
});
