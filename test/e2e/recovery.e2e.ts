/** The engine crashes: what was open is a click away, also for a page that was reloaded meanwhile. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { connect } from '../../shared/rpc';
import { openWebSocket, webSocketChannel } from '../contract/web-socket-channel';
import { expect } from './expect';
import { SAMPLE_USERS, seeFlaggedUsers } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

const folder = mkdtempSync(join(tmpdir(), 'recovery-e2e-'));
let doppel: RunningDoppel;
beforeAll(async () => {
  for (const name of ['day.ndjson', 'night.ndjson']) copyFileSync('samples/day.ndjson', join(folder, name));
  doppel = await launchDoppel({ files: [join(folder, 'day.ndjson')] });
});
afterAll(async () => {
  await doppel?.close();
  rmSync(folder, { recursive: true });
});

async function crashTheEngine(): Promise<void> {
  const client = connect(webSocketChannel(await openWebSocket(doppel.url ?? '')));
  const { pid } = await client.call('app.info', {});
  client.close();
  process.kill(pid, 'SIGKILL');
}

const openAgain = () => doppel.page.getByRole('button', { name: /^Open .* again$/ });

test('one click opens what was open again', async () => {
  const { page } = doppel;
  await seeFlaggedUsers(page, SAMPLE_USERS);
  await crashTheEngine();
  await expect(openAgain()).toHaveText('Open day.ndjson again');
  await openAgain().click();
  await seeFlaggedUsers(page, SAMPLE_USERS);
  await expect(openAgain()).toBeHidden();
});

test('a page that is reloaded offers what was open last, not all files of the run as one log', async () => {
  const { page } = doppel;
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a log file' }).click();
  await (await chooser).setFiles(join(folder, 'night.ndjson'));
  await expect(page.getByRole('banner')).toContainText('night.ndjson');
  await seeFlaggedUsers(page, SAMPLE_USERS);
  await crashTheEngine();
  await page.reload();
  await expect(openAgain()).toHaveText('Open night.ndjson again');
  await page.reload();
  await openAgain().click();
  await seeFlaggedUsers(page, SAMPLE_USERS);
  await expect(page.getByRole('banner')).toContainText('night.ndjson');
  await expect(page.getByRole('banner')).not.toContainText('and 1 more');
});
