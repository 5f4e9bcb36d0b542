/** What leaves Doppel by the page: every format of the export, by keyboard, with what it rests on. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import { afterAll, beforeAll, test } from 'vitest';
import { expect } from './expect';
import {
  axeViolations,
  SAMPLE_USERS,
  exportAs,
  exportDialog,
  filterFor,
  openTheSampleDay,
  saved,
  seeFlaggedUsers,
} from './investigation';
import { launchDoppel } from './launch';
import type { RunningDoppel } from './launch';

const LINES = readFileSync('samples/day.ndjson', 'utf8').split('\n');

let doppel: RunningDoppel;
let page: Page;
beforeAll(async () => {
  doppel = await launchDoppel();
  page = doppel.page;
  await openTheSampleDay(page);
  await seeFlaggedUsers(page, SAMPLE_USERS);
});
afterAll(() => doppel.close());

const rowsOf = (csv: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;

test('the table is exported with its columns and what has been decided, and its manifest tells what it rests on', async () => {
  await page.keyboard.press('x');
  await expect(exportDialog(page).getByRole('button', { name: 'Flagged users (CSV)' })).toBeFocused();
  const { name, text } = await exportAs(page, 'Flagged users (CSV)');
  const [header, ...rows] = text.split('\r\n');
  expect(header).toBe(
    'DstUserName,MaxConcurrentIps,Overlaps,OverlapSeconds,Countries,FirstOverlap,LastOverlap,' +
      'Status,Verdict,Tags,Notes,Assignee,FindingId',
  );
  expect(rows[0]).toMatch(/^"jonas\.weber@alder\.example",2,1,5655,"DE","2026-03-02T08:20:45\.\d{3}Z"/);
  expect(rows).toHaveLength(SAMPLE_USERS.length + 1);
  await expect(exportDialog(page)).toContainText(`Saved ${name}: 5 flagged users`);

  const manifest = await saved(page, exportDialog(page).getByRole('button', { name: 'Save its manifest' }));
  expect(manifest.name).toBe(name.replace('.csv', '.manifest.json'));
  const sha256 = createHash('sha256').update(text).digest('hex');
  expect(JSON.parse(manifest.text)).toMatchObject({
    schema: 'doppel.manifest/1',
    file: { name, sha256 },
    shown: { kind: 'findings', rows: 5 },
    inputs: [{ records: 3433, rejected: 2, sha256: createHash('sha256').update(LINES.join('\n')).digest('hex') }],
  });
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
});

test('log records are exported as they stand in the file, those of the users that the filter lets through', async () => {
  await filterFor(page, 'mara');
  await seeFlaggedUsers(page, ['mara.lindqvist']);
  const rows = rowsOf((await exportAs(page, 'Log records (CSV)')).text);
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.filter(({ Line, Record: record }) => record !== LINES[Number(Line) - 1])).toEqual([]);
  expect(new Set(rows.map(({ DstUserName }) => DstUserName))).toEqual(new Set(['mara.lindqvist@alder.example']));
  const json = JSON.parse((await exportAs(page, 'Findings (JSON)')).text);
  expect(json).toMatchObject({ schema: 'doppel.findings/1', shown: { filter: { text: 'mara' } } });
  expect(json.findings).toHaveLength(1);
  expect(json.findings[0].decision).toBeNull();
  expect(json.overlaps.map(({ user }: { user: string }) => user)).toEqual(['mara.lindqvist@alder.example']);
  await page.keyboard.press('Escape');
  await filterFor(page, '');
  await seeFlaggedUsers(page, SAMPLE_USERS);
});

test('a report on all that the table shows has a picture of each, and no script', async () => {
  const { text } = await exportAs(page, 'Report (HTML)');
  for (const user of SAMPLE_USERS) expect(text).toContain(`<bdi dir="ltr">${user}@alder.example</bdi></h2>`);
  expect(text.match(/<figure><svg/g)).toHaveLength(SAMPLE_USERS.length);
  expect(text).not.toMatch(/<script|src=/);
});
