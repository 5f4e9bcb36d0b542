/** A log that was opened once is there at once when the case is opened again, and says where it comes from. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, test } from 'vitest';
import { connect } from '../../shared/rpc';
import { openWebSocket, webSocketChannel } from '../contract/web-socket-channel';
import { expect } from './expect';
import { flaggedUsers, seeFlaggedUsers, selectUser } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

const folder = mkdtempSync(join(tmpdir(), 'cache-e2e-'));
const log = join(folder, 'week.csv');
const caseFolder = join(folder, 'data', 'cases', 'Default');
let doppel: RunningDoppel | undefined;
afterEach(async () => {
  await doppel?.close();
  doppel = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** So many records that reading them again is worth sparing: one user at two addresses at once, and many at one. */
function writeTheLog(): void {
  const start = Date.UTC(2026, 2, 2, 8);
  const rows = Array.from({ length: 110_000 }, (_, n) => {
    const user = n % 2000;
    const address = user === 7 && n % 4000 === 7 ? '203.0.113.9' : `198.51.100.${user % 250}`;
    return `${new Date(start + n * 1000).toISOString()},open,user${user}@alder.example,${address},session-${user}-${address}`;
  });
  writeFileSync(log, `LogTimestamp,ConnectionStatus,Username,ClientPublicIP,SessionID\n${rows.join('\n')}\n`);
}

async function startDoppelOnTheLog(): Promise<Page> {
  doppel = await launchDoppel({ files: [log], dataFolder: join(folder, 'data') });
  await flaggedUsers(doppel.page).waitFor();
  return doppel.page;
}

const aboutTheLog = (page: Page) => page.getByRole('region', { name: 'Import' });
const filesOfTheCase = () => readdirSync(caseFolder);

test('I close and open the case again, and the log is there at once', async () => {
  mkdirSync(join(folder, 'data'));
  writeTheLog();
  const before = await startDoppelOnTheLog();
  await seeFlaggedUsers(before, ['user7']);
  await expect(aboutTheLog(before)).not.toContainText('cache');
  await expect.poll(filesOfTheCase).toContain('cache.json');
  await doppel?.close();

  const page = await startDoppelOnTheLog();
  await expect(aboutTheLog(page)).toContainText('Taken from this case’s cache (read on ');
  await expect(aboutTheLog(page)).toContainText('the files have not changed since, by their SHA-256.');
  await seeFlaggedUsers(page, ['user7']);
  await selectUser(page, 'user7@alder.example');
});

test('an engine that fails with it is followed by one that reads the files', async () => {
  const page = await startDoppelOnTheLog();
  await expect(aboutTheLog(page)).toContainText('Taken from this case’s cache');
  const client = connect(webSocketChannel(await openWebSocket(doppel?.url ?? '')));
  const { pid } = await client.call('app.info', {});
  client.close();
  process.kill(pid, 'SIGKILL');
  await page.getByRole('button', { name: 'Open week.csv again' }).click();
  await expect(aboutTheLog(page)).toContainText('made the engine fail, and is not used again');
  await seeFlaggedUsers(page, ['user7']);
});

test('the files are read again when I want that', async () => {
  const page = await startDoppelOnTheLog();
  await page.getByRole('button', { name: 'Read the files again' }).click();
  await expect(aboutTheLog(page)).not.toContainText('Taken from');
  await seeFlaggedUsers(page, ['user7']);
});

test('I hear why the cache was not used, and nothing is missing', async () => {
  const { atime, mtime } = statSync(log);
  utimesSync(log, atime, new Date(mtime.getTime() + 60_000));
  const page = await startDoppelOnTheLog();
  await expect(aboutTheLog(page)).toContainText('Read from the files, because the cache of this case is older than');
  await seeFlaggedUsers(page, ['user7']);
});

test('deleting it loses nothing', async () => {
  for (const name of filesOfTheCase().filter((each) => each.startsWith('cache.'))) rmSync(join(caseFolder, name));
  const page = await startDoppelOnTheLog();
  await expect(aboutTheLog(page)).not.toContainText('cache');
  await seeFlaggedUsers(page, ['user7']);
});
