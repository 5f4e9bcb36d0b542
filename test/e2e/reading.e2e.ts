/** A table with columns that Doppel does not know: the page asks, shows what its rows come to, and finds. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import { axeViolations, seeFlaggedUsers } from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

const ROWS = [
  'Moment,Account,Peer,Sitzung',
  '3/2/2026 10:00:00,ann@example.test,198.51.100.1,s1',
  '3/2/2026 10:05:00,ann@example.test,203.0.113.7,s2',
  '3/2/2026 10:10:00,ann@example.test,198.51.100.1,s1',
  '3/2/2026 10:15:00,ann@example.test,203.0.113.7,s2',
  'never,ann@example.test,203.0.113.7,s2',
];

/** The same two places, as a collector writes them that wraps everything. */
const NESTED = [0, 5, 10, 15].map((minute, index) => ({
  at: `2026-02-03T10:${String(minute).padStart(2, '0')}:00Z`,
  event: { user: { name: 'bea@example.test' }, src: { addr: index % 2 === 0 ? '198.51.100.1' : '203.0.113.7' } },
  meta: { session: { key: `s${index % 2}` } },
}));

let folder: string;
let doppel: RunningDoppel;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-reading-'));
  writeFileSync(join(folder, 'odd.csv'), ROWS.join('\n'));
  writeFileSync(join(folder, 'nested.json'), JSON.stringify(NESTED, null, 2));
  doppel = await launchDoppel({ files: [join(folder, 'odd.csv')] });
});
afterAll(async () => {
  await doppel.close();
  rmSync(folder, { recursive: true, force: true });
});

test('columns that nobody knows are asked about, a mapping is tried out and then finds', async () => {
  const { page } = doppel;
  const dialog = page.getByRole('dialog', { name: 'How the file is read' });
  await dialog.waitFor();
  await dialog.getByLabel('User', { exact: true }).selectOption('Account');
  await dialog.getByLabel('Source IP').selectOption('Peer');
  await dialog.getByLabel('Time', { exact: true }).selectOption('Moment');
  await dialog.getByLabel('Session id').selectOption('Sitzung');
  await dialog.getByLabel('Dates as 3/2/2026').selectOption('day-first');
  await dialog.getByLabel('Time zone').fill('+01:00');
  const preview = dialog.getByRole('region', { name: 'Preview' });
  await expect(preview).toContainText('3 Feb 2026 09:00:00');
  await expect(preview).toContainText('rejected: no time that can be read');
  await expect(dialog).toContainText('The first 5 rows give 4 events.');
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Read the file so' }).click();
  await seeFlaggedUsers(page, ['ann@example.test']);
});

test('how a file is read can be changed afterwards, from where it is told', async () => {
  const { page } = doppel;
  await page.getByRole('button', { name: 'Import details' }).click();
  const details = page.getByRole('dialog', { name: 'Import details' });
  await expect(details).toContainText('source IP from "Peer"');
  await details.getByRole('button', { name: 'Change how it is read' }).click();
  const dialog = page.getByRole('dialog', { name: 'How the file is read' });
  await expect(dialog.getByLabel('Time zone')).toHaveValue('+01:00');
  await dialog.getByLabel('Time zone').fill('UTC');
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('3 Feb 2026 10:00:00');
  await dialog.getByRole('button', { name: 'Read the file so' }).click();
  await expect(page.getByRole('region', { name: 'Import' })).toContainText('3 Feb 2026 10:00:00');
});

test('keys that lie inside of JSON objects are columns by their path', async () => {
  const { page } = doppel;
  await page.locator('input[type=file][multiple]').first().setInputFiles(join(folder, 'nested.json'));
  const dialog = page.getByRole('dialog', { name: 'How the file is read' });
  await expect(dialog.getByLabel('User', { exact: true })).toHaveValue('event.user.name');
  await expect(dialog.getByLabel('Source IP')).toHaveValue('event.src.addr');
  await dialog.getByLabel('Session id').selectOption('meta.session.key');
  await expect(dialog).toContainText('The first 4 rows give 4 events.');
  await dialog.getByRole('button', { name: 'Read the file so' }).click();
  await seeFlaggedUsers(page, ['bea@example.test']);
});
