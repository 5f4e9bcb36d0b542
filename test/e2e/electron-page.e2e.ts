/** The page as it is inside Electron, run in Chromium with a stand-in for the preload: it lives on ports that are handed to it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from './expect';
import { afterAll, beforeAll, test } from 'vitest';
import { build } from 'vite';
import { connect } from '../../shared/rpc';
import { openWebSocket, webSocketChannel } from '../contract/web-socket-channel';
import { SAMPLE_USERS, openTheSampleDay, pressOnTimeline, rowOf, seeFlaggedUsers, selectUser } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

let doppel: RunningDoppel;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'electron-page-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: {
      outDir: folder,
      lib: { entry: 'preload-stand-in.ts', formats: ['iife'], name: 'standIn', fileName: () => 'stand-in.js' },
    },
  });
  doppel = await launchDoppel();
  // the page has put its token into the session by now
  await doppel.page.addInitScript(readFileSync(join(folder, 'stand-in.js'), 'utf8'));
  await doppel.page.reload();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await doppel?.close();
});

test('the sample opens and its timeline is drawn over a handed-over port', async () => {
  const { page } = doppel;
  await openTheSampleDay(page);
  await seeFlaggedUsers(page, SAMPLE_USERS);
  await selectUser(page, 'mara.lindqvist@alder.example');
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  await pressOnTimeline(page, '+');
});

test('what the shell’s own dialog chooses is opened', async () => {
  const { page } = doppel;
  await page.getByRole('button', { name: 'Open a log file' }).first().click();
  await expect(page.getByRole('alert')).toContainText('chosen.csv');
});

test('after a crash the page lives on with the next port, and offers to open the log again', async () => {
  const { page } = doppel;
  const token = await page.evaluate(() => sessionStorage.getItem('doppel.token'));
  const client = connect(webSocketChannel(await openWebSocket(`${new URL(page.url()).origin}/#t=${token}`)), {
    check: true,
  });
  const { pid } = await client.call('app.info', {});
  process.kill(pid, 'SIGKILL');
  await expect(page.getByText('The engine was started again,', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Open .* again$/ }).click();
  await seeFlaggedUsers(page, SAMPLE_USERS);
});

test('decisions are kept, over a port of the case', async () => {
  const { page } = doppel;
  const verdict = page.getByRole('region', { name: 'Decision' }).getByLabel('Verdict');
  await expect(page.getByRole('button', { name: 'Case: Default' })).toBeVisible();
  await selectUser(page, 'mara.lindqvist@alder.example'); // the log was opened anew
  await verdict.selectOption('benign positive');
  await expect(rowOf(page, 'mara.lindqvist')).toContainText('benign positive');
  await page.reload();
  await selectUser(page, 'mara.lindqvist@alder.example');
  await expect(verdict).toHaveValue('benign positive');
  await page.getByRole('button', { name: 'Case: Default' }).click();
  await expect(page.getByRole('button', { name: 'Choose a folder…' })).toBeVisible();
  await page.keyboard.press('Escape');
});
