/** What holds several files, opened in the page: an archive, and a folder that is chosen or dropped. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, test } from 'vitest';
import { activity, jsonLines } from '../../engine/ingest/made-log';
import { madeZip } from '../../engine/sources/made-zip';
import { expect } from './expect';
import { flaggedUsers } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

// a record every 4 minutes each, so that the two places are seen in turn
const seenAt = (ClientPublicIP: string, indexes: number[]) =>
  jsonLines(indexes.map((index) => activity(index, { Username: 'ann', SessionID: ClientPublicIP, ClientPublicIP })));
const here = seenAt('198.51.100.1', [0, 2, 4, 6]);
const there = seenAt('203.0.113.9', [1, 3, 5, 7]);

let folder: string;
let doppel: RunningDoppel;
let page: Page;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-sources-'));
  mkdirSync(join(folder, 'logs/sub'), { recursive: true });
  writeFileSync(join(folder, 'logs/here.ndjson'), here);
  writeFileSync(join(folder, 'logs/note.txt'), 'Dear colleague,\n');
  writeFileSync(join(folder, 'logs/.hidden.ndjson'), there);
  writeFileSync(join(folder, 'logs/odd.csv'), 'Moment,Who,Peer\n2026-03-02T08:00:00Z,ann,198.51.100.1\n'.repeat(2));
  writeFileSync(join(folder, 'logs/sub/there.ndjson'), there);
  const { bytes } = madeZip([
    { name: 'here.ndjson', content: here },
    { name: 'sub/there.ndjson', content: there },
    { name: 'secret.ndjson', content: there, encrypted: true },
  ]);
  writeFileSync(join(folder, 'both.zip'), bytes);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  doppel = await launchDoppel();
  page = doppel.page;
});
afterEach(() => doppel.close());

const seeAnnAtTwoPlaces = async (): Promise<void> => {
  await expect(flaggedUsers(page)).toContainText('ann');
  await expect(page.getByRole('region', { name: 'Import' })).toContainText('8 records = 8 events');
};
const importDetails = async () => {
  await page.getByRole('button', { name: 'Import details' }).click();
  return page.getByRole('dialog');
};

test('a zip is opened; its entries are one log, and the details say what was left out and why', async () => {
  await page.locator('input[type=file][multiple]').first().setInputFiles(join(folder, 'both.zip'));
  await seeAnnAtTwoPlaces();
  const details = await importDetails();
  for (const words of [
    'both.zip › here.ndjson',
    'both.zip › sub/there.ndjson',
    'Archive (zip) of 3 entries',
    '1 file left out',
    'both.zip › secret.ndjson: encrypted',
  ])
    await expect(details).toContainText(words);
});

test('how an entry of an archive is read is seen, and chosen for all of them', async () => {
  await page.locator('input[type=file][multiple]').first().setInputFiles(join(folder, 'both.zip'));
  await seeAnnAtTwoPlaces();
  const details = await importDetails();
  await details.getByRole('button', { name: 'Change how it is read' }).last().click();
  const dialog = page.getByRole('dialog', { name: 'How the file is read' });
  await expect(dialog).toContainText('both.zip › sub/there.ndjson');
  await expect(dialog).toContainText('counts for all files in it');
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('203.0.113.9');
  await expect(dialog).toContainText('The first 4 rows give 4 events.');
  await dialog.getByLabel('Time zone').fill('+01:00');
  await dialog.getByRole('button', { name: 'Read the file so' }).click();
  await expect(page.getByRole('region', { name: 'Import' })).toContainText('2 Mar 2026 07:00:00');
});

test('in an archive with files of several shapes each shape is read in its own way', async () => {
  const { bytes } = madeZip([
    { name: 'here.ndjson', content: here },
    { name: 'one.csv', content: 'Moment,Who,Peer\n2026-03-02T08:00:00Z,bea,198.51.100.1\n' },
    { name: 'two.csv', content: 'Stamp,Account,Addr\n2026-03-02T08:00:00Z,cyd,198.51.100.2\n' },
  ]);
  writeFileSync(join(folder, 'shapes.zip'), bytes);
  await page.locator('input[type=file][multiple]').first().setInputFiles(join(folder, 'shapes.zip'));
  const strip = page.getByRole('region', { name: 'Import' });
  await expect(strip).toContainText('4 records = 4 events');
  const dialog = page.getByRole('dialog', { name: 'How the file is read' });
  for (const [name, user, sum] of [
    ['one.csv', 'Who', '5 records = 5 events'],
    ['two.csv', 'Account', '6 records = 6 events'],
  ] as const) {
    const details = await importDetails();
    await details.getByRole('button', { name: 'Say what its columns are' }).first().click();
    await expect(dialog).toContainText(`shapes.zip › ${name}`);
    await dialog.getByLabel('User', { exact: true }).selectOption(user);
    await dialog.getByRole('button', { name: 'Read the file so' }).click();
    await expect(strip).toContainText(sum);
  }
});

test('a folder is chosen; what is no log in it is left out', async () => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a folder' }).click();
  await (await chooser).setFiles(join(folder, 'logs'));
  await seeAnnAtTwoPlaces();
  await expect(page.getByRole('region', { name: 'Import' })).toContainText(
    'logs/odd.csv: left out: a table with columns',
  );
  const details = await importDetails();
  for (const words of [
    '3 files left out',
    'logs/note.txt: no ZPA log',
    'logs/.hidden.ndjson: a hidden file',
    'logs/here.ndjson',
    'LSS JSON',
  ])
    await expect(details).toContainText(words);
  await details.getByRole('button', { name: 'Say what its columns are' }).click();
  const dialog = page.getByRole('dialog', { name: 'How the file is read' });
  await expect(dialog).toContainText('logs/odd.csv');
  await expect(dialog.getByLabel('Source IP')).toHaveValue('Peer');
  await dialog.getByLabel('User', { exact: true }).selectOption('Who');
  await expect(dialog).toContainText('The first 3 rows give 2 events.');
  await dialog.getByRole('button', { name: 'Read the file so' }).click();
  await expect(page.getByRole('region', { name: 'Import' })).toContainText('11 records = 10 events');
});

test('a folder is dropped: the files in its folders are found', async () => {
  // what Chromium does with a drop of the file manager, which no page can make up
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(folder, 'logs')], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await seeAnnAtTwoPlaces();
  await expect(page.getByText('Drop to open')).toHaveCount(0);
  await expect(await importDetails()).toContainText('logs/sub/there.ndjson');
});

test('several warnings fold away to one line, times in them are UTC, and another log unfolds them', async () => {
  const minutes = [
    ...Array.from({ length: 80 }, (_, index) => index),
    ...Array.from({ length: 20 }, (_, index) => 400 + index),
  ];
  const log = seenAt('198.51.100.1', minutes);
  writeFileSync(join(folder, 'gap.ndjson'), log);
  writeFileSync(join(folder, 'cut.ndjson'), log.slice(0, -40));
  const open = (name: string) => page.locator('input[type=file][multiple]').first().setInputFiles(join(folder, name));
  const strip = page.getByRole('region', { name: 'Import' });
  const gap = strip.getByText(/no record of anybody.* \d\d:\d\d:00 UTC to /u);
  await open('gap.ndjson');
  await expect(gap).toBeVisible();
  await strip.getByText('2 warnings').click();
  await expect(gap).toBeHidden();
  await expect(strip).toContainText('2 warnings');
  await open('cut.ndjson');
  await expect(strip).toContainText('3 warnings');
  await expect(gap).toBeVisible();
});
