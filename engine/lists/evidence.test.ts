import { gzipSync } from 'node:zlib';
import { appendFileSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { EvidenceOf } from '../../shared/evidence';
import { activity, jsonLines, MadeFiles } from '../ingest/made-log';
import type { Log } from '../ingest/open-log';
import { evidencePage } from './evidence';

const made = new MadeFiles();
afterAll(() => made.remove());

const RECORDS = Array.from({ length: 30 }, (_, index) => activity(index));
const USER = 'user1@example.test';
const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 2, 8);
const page = (log: Log, of: Partial<EvidenceOf> = {}, offset = 0, limit = 200) =>
  evidencePage(log, { of: { user: USER, ...of }, offset, limit });

test('a span, source IPs and a session choose records; they come by time', async () => {
  const log = await made.open([made.write('chosen.ndjson', jsonLines(RECORDS))]);
  expect((await page(log)).total).toBe(10);
  const span = await page(log, { from: START + 2 * MINUTE, to: START + 14 * MINUTE });
  expect(span.rows.map(({ line }) => line)).toEqual([2, 5, 8]);
  expect((await page(log, { ips: ['198.51.100.1', '203.0.113.9'] })).total).toBe(10);
  expect((await page(log, { ips: ['203.0.113.9'] })).total).toBe(0);
  expect((await page(log, { session: 'session-1' })).total).toBe(10);
  expect((await page(log, { session: null })).total).toBe(0);
  const second = await page(log, {}, 3, 2);
  expect(second).toMatchObject({ total: 10, rows: [{ line: 11 }, { line: 14 }] });
  expect(second.rows[0]?.raw).toBe(JSON.stringify(RECORDS[10]));
});

test('a long text is cut between characters, and that is said', async () => {
  const long = activity(1, { Application: `x${'é'.repeat(60_000)}` });
  for (const [name, text] of [
    ['long.ndjson', jsonLines([activity(0), long, activity(4)])],
    ['long.json', JSON.stringify([activity(0), long, activity(4)], null, 2)],
  ] as const) {
    const log = await made.open([made.write(name, text)]);
    const { rows } = await page(log);
    expect(rows).toMatchObject([{ isCut: true }, { isCut: false }]);
    expect(Buffer.byteLength(rows[0]?.raw ?? '')).toBeLessThanOrEqual(64 * 1024);
    expect(rows[0]?.raw).toMatch(/é$/);
    expect(rows[1]?.raw).toContain('connection-4');
  }
});

test('packed and over many marks: the text of far lines', async () => {
  const many = Array.from({ length: 6000 }, (_, index) => {
    const clock = new Date(START + index * 1000).toISOString().slice(11, 19);
    return activity(index, { LogTimestamp: `Mon Mar  2 ${clock} 2026`, Customer: 'c'.repeat(400) });
  });
  const text = jsonLines(many);
  for (const [name, content] of [
    ['many.ndjson', text],
    ['many.ndjson.gz', gzipSync(text)],
    ['many.json.gz', gzipSync(JSON.stringify(many))],
  ] as const) {
    const log = await made.open([made.write(name, content)]);
    const { total, rows } = await page(log, {}, 1900, 100);
    expect(total).toBe(2000);
    const wanted = Array.from({ length: 100 }, (_, index) => JSON.stringify(many[(1900 + index) * 3 + 1]));
    expect(rows.map(({ raw }) => raw).join('\n') === wanted.join('\n')).toBe(true);
  }
});

test('CSV: quoted line breaks are part of the record; rows beside broken ones are found', async () => {
  const head = Object.keys(activity(0)).join(',');
  const cells = (index: number, customer: string): string =>
    Object.values(activity(index, { Customer: customer, ConnectionID: `c-${index}` })).join(',');
  const rows = [cells(1, '"two\nlines"'), 'broken,row', cells(4, 'plain'), cells(7, '"say ""hi"""')];
  const log = await made.open([made.write('rows.csv', `${[head, ...rows].join('\n')}\n`)]);
  const found = await page(log);
  expect(found.rows.map(({ raw }) => raw)).toEqual([rows[0], rows[2], rows[3]]);
  expect(found.rows.map(({ line }) => line)).toEqual([2, 5, 6]);
});

test('a changed or vanished file gives no text; one that was touched or has grown gives it', async () => {
  const path = made.write('changing.ndjson', jsonLines(RECORDS));
  const log = await made.open([path]);
  const raw = JSON.stringify(RECORDS[1]);
  utimesSync(path, new Date(), new Date(START));
  expect((await page(log)).rows[0]).toMatchObject({ raw, problem: null });
  appendFileSync(path, jsonLines([activity(99)]));
  expect((await page(log)).rows[0]).toMatchObject({ raw, problem: null });

  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replaceAll('session-1', 'session-7'));
  expect((await page(log)).rows[0]).toMatchObject({ raw: null, problem: 'file-changed', line: 2 });
  writeFileSync(path, text.slice(0, 1000));
  expect((await page(log)).rows[0]).toMatchObject({ raw: null, problem: 'file-changed' });
  rmSync(path);
  expect((await page(log)).rows[0]).toMatchObject({ raw: null, problem: 'file-missing', line: 2 });
});

test('a file of columns has no text: what it was written from is said', async () => {
  const log = await made.open(['test/golden/parquet-flat/input.parquet', made.write('own.ndjson', jsonLines(RECORDS))]);
  const { rows } = await page(log, { user: 'bob@example.com' });
  expect(rows.map(({ line, writtenFrom }) => [line, writtenFrom])[0]).toEqual([3, 'Parquet']);
  expect((await page(log)).rows.every(({ writtenFrom }) => writtenFrom === null)).toBe(true);
});
