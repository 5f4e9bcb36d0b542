/** While columns are read from the log again: each tab of the rule lab says how far that is, and lets it be cancelled. */
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, expect as expectValue, test } from 'vitest';
import { expect } from './expect';
import { axeViolations, flaggedUsers } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

interface Told {
  kind: string;
  id: number;
  method?: string;
}

let doppel: RunningDoppel;
let page: Page;
let lab: Locator;
/** Methods whose calls are not passed on: the page hears how far they are, and nothing more. */
const held = new Set<string>();
const calls = new Map<number, string>();
const cancelled: string[] = [];
beforeAll(async () => {
  doppel = await launchDoppel({ files: ['samples/day.ndjson'] });
  page = doppel.page;
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      // what the page sends without typed arrays is JSON text
      const told = typeof message === 'string' ? (JSON.parse(message) as Told) : undefined;
      const method = told?.method ?? '';
      if (told?.kind === 'call' && held.has(method)) {
        calls.set(told.id, method);
        const progress = { file: 'day.ndjson', bytesDone: 30, bytesTotal: 100 };
        socket.send(JSON.stringify({ kind: 'progress', id: told.id, progress }));
        return;
      }
      if (told?.kind === 'cancel' && calls.has(told.id)) {
        cancelled.push(calls.get(told.id)!);
        socket.send(JSON.stringify({ kind: 'error', id: told.id, code: 'cancelled', message: 'Cancelled.' }));
        return;
      }
      server.send(message);
    });
  });
  await page.reload();
  await flaggedUsers(page).waitFor();
  lab = page.getByRole('dialog', { name: 'The rule' });
  await page.getByRole('button', { name: 'The rule' }).click();
  await expect(lab.getByText(/is lost at stage 6/)).toBeVisible();
});
afterAll(() => doppel.close());

const reading = 'The text asks for columns that are not kept: reading day.ndjson again, 30 %.';

test('the schedule says how far the reading is; once cancelled it can be started again', async () => {
  held.add('rule.replay');
  await lab.getByRole('tab', { name: 'Schedule' }).click();
  await expect(lab.getByText(reading)).toBeVisible();
  expectValue(await axeViolations(page)).toEqual([]);
  await lab.getByRole('button', { name: 'Cancel' }).click();
  await expect(lab.getByText('Cancelled.')).toBeVisible();
  await expect(lab.getByText(reading)).toHaveCount(0);
  expectValue(cancelled).toContain('rule.replay');
  held.clear();
  await lab.getByRole('button', { name: 'Start again' }).click();
  await expect(lab.getByText(/^0 of 48 scheduled runs would have raised an alert/)).toBeVisible();
});

test('a run says it too', async () => {
  held.add('rule.run');
  await lab.getByRole('tab', { name: 'Stages' }).click();
  await lab.getByLabel('Run it').selectOption('published-inner');
  await expect(lab.getByText(reading)).toBeVisible();
  await lab.getByRole('button', { name: 'Cancel' }).click();
  held.clear();
  await lab.getByRole('button', { name: 'Start again' }).click();
  await expect(lab.getByText('join kind=inner (closed_sessions) on DstUserName')).toBeVisible();
});

test('the comparison says it of the text at the left, and what is known without it stays', async () => {
  await lab.getByRole('tab', { name: 'Comparison' }).click();
  await expect(lab.getByText('helene.faure@alder.example')).toBeVisible();
  held.add('rule.compare');
  await lab.getByRole('textbox', { name: 'Rule text (KQL)' }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type('ZPAEvent | where isnotempty(Connector)');
  await expect(lab.getByText(reading)).toBeVisible();
  await expect(lab.getByText('helene.faure@alder.example')).toBeVisible();
  await lab.getByRole('button', { name: 'Cancel' }).click();
  await expect(lab.getByText('Cancelled.')).toBeVisible();
  await expect(lab.getByText('helene.faure@alder.example')).toBeVisible();
});
