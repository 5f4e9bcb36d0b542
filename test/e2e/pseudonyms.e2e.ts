/** With pseudonyms, no name of the log leaves the page: in CSV, JSON, report and picture, and they agree with each other. */
import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import {
  axeViolations,
  exportAs,
  exportDialog,
  flaggedUsers,
  openTheSampleDay,
  saved,
  selectUser,
  timeline,
} from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

/** Users and source IPs of the sample day, an analyst's note, and the log's own name. */
const NAMES =
  /alder\.example|lindqvist|okafor|demir|weber|raman|203\.0\.113\.|198\.51\.100\.|192\.0\.2\.|called mara|day\.ndjson/i;

let doppel: RunningDoppel;
let page: Page;
beforeAll(async () => {
  doppel = await launchDoppel();
  page = doppel.page;
  await openTheSampleDay(page);
  await selectUser(page, 'mara.lindqvist@alder.example');
  await flaggedUsers(page).focus();
  await page.keyboard.press('1');
});
afterAll(() => doppel.close());

test('table, overlaps, JSON and report hold pseudonyms only, the same in each', async () => {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await exportDialog(page).getByRole('checkbox', { name: 'Pseudonyms in place of names' }).check();
  await expect(exportDialog(page)).toContainText('Raw log records, notes, tags and the filter are left out');
  await expect(exportDialog(page).getByRole('button', { name: 'Log records (CSV)' })).toHaveCount(0);
  expect(await axeViolations(page)).toEqual([]);

  const table = await exportAs(page, 'Flagged users (CSV)');
  expect(table.name).toMatch(/^doppel-findings-pseudonymised-/);
  const manifest = await saved(page, exportDialog(page).getByRole('button', { name: 'Save its manifest' }));
  const overlaps = await exportAs(page, 'Overlaps (CSV)');
  const json = await exportAs(page, 'Findings (JSON)');
  const report = await exportAs(page, 'Report (HTML)');
  for (const { name, text } of [table, manifest, overlaps, json, report]) {
    expect(NAMES.exec(text)?.[0], name).toBeUndefined();
    expect(text, name).not.toContain(String(process.env['USER'] ?? 'no such user'));
  }

  const rows = (text: string): Record<string, string>[] =>
    Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
  const [row] = rows(table.text).filter(({ Verdict }) => Verdict === 'true positive');
  expect(row?.['DstUserName']).toMatch(/^user-[0-9a-f]{16}$/);
  const own = rows(overlaps.text).filter(({ DstUserName }) => DstUserName === row?.['DstUserName']);
  expect(own).toHaveLength(1);
  expect(own[0]).toMatchObject({ FindingId: row?.['FindingId'], OverlapSeconds: '2520' });
  const found = JSON.parse(json.text).findings.find(({ id }: { id: string }) => id === row?.['FindingId']);
  expect(found).toMatchObject({ DstUserName: row?.['DstUserName'], decision: { verdict: 'true positive' } });
  for (const column of ['SrcIpAddr', 'PreviousSrcIpAddr'])
    expect(report.text).toContain(`<bdi dir="ltr">${own[0]?.[column]}</bdi>`);
  await page.keyboard.press('Escape');
});

test('a picture of the timeline obeys too, and its button says so', async () => {
  const picture = await saved(page, timeline(page).getByRole('button', { name: 'Save SVG with pseudonyms' }));
  expect(picture.text).toMatch(/Timeline of user-[0-9a-f]{16}/);
  expect(NAMES.exec(picture.name + picture.text)?.[0]).toBeUndefined();
});
