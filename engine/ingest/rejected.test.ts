/** What could not be understood is shown as it stands in its file: place and text. */
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { REJECTED_BYTES } from '../../shared/evidence';
import type { Rejected } from '../../shared/evidence';
import { activity, jsonLines, MadeFiles } from './made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

async function rejected(name: string, content: string | Uint8Array): Promise<Rejected[]> {
  const log = await files.open([files.write(name, content)]);
  const { total, rows } = await log.rejected({ offset: 0, limit: 100 });
  expect(total).toBe(rows.length);
  return rows;
}

const good = jsonLines([activity(1), activity(2)]);

test('a line of JSON lines, plain and packed: a packed file has lines, and no bytes to go to', async () => {
  const text = `${good}{"broken": <b>\n${good}no JSON at all\n`;
  const lines = [
    { line: 3, reason: 'not-json', raw: '{"broken": <b>', isCut: false },
    { line: 6, reason: 'not-json', raw: 'no JSON at all', isCut: false },
  ];
  expect(await rejected('broken.ndjson', text)).toMatchObject([
    { ...lines[0], offset: good.length },
    { ...lines[1], offset: text.indexOf('no JSON') },
  ]);
  expect(await rejected('broken.ndjson.gz', gzipSync(text))).toMatchObject(
    lines.map((line) => ({ ...line, offset: null })),
  );
});

test('a row of a CSV that was left out of what DuckDB reads, and one that was not', async () => {
  const header = 'LogTimestamp,Username,ConnectionStatus,ClientPublicIP,SessionID\n';
  const row = '2026-03-02T08:00:00Z,u,open,198.51.100.9,s\n';
  const text = `${header}${row}too,few\n${row}2026-03-02T08:00:00Z,u,"open,198.51.100.9,s\nnever,u,open,198.51.100.9,s\n${row}`;
  expect(await rejected('broken.csv', text)).toMatchObject([
    { line: 3, reason: 'too-few-cells', raw: 'too,few', offset: text.indexOf('too,few') },
    { line: 5, reason: 'bad-quoting', raw: '2026-03-02T08:00:00Z,u,"open,198.51.100.9,s' },
    { line: 6, reason: 'no-time', raw: 'never,u,open,198.51.100.9,s', offset: text.indexOf('never') },
  ]);
});

test('two elements of one line of an array each have their own text', async () => {
  const text = `[${JSON.stringify(activity(1))},[1],"two",${JSON.stringify(activity(2))}]`;
  expect(await rejected('array.json', text)).toMatchObject([
    { line: 1, reason: 'not-an-object', raw: '[1]', offset: text.indexOf('[1]') },
    { line: 1, reason: 'not-an-object', raw: '"two"', offset: text.indexOf('"two"') },
  ]);
});

test('a long text is cut, between characters, and what is no UTF-8 is shown as far as it can be', async () => {
  const long = `{"${'ä'.repeat(40_000)}`;
  const bytes = Buffer.concat([Buffer.from(`${good}${long}\n`), Buffer.of(0x7b, 0xff, 0x0a), Buffer.from(good)]);
  const [first, second] = await rejected('long.ndjson', bytes);
  expect(first).toMatchObject({ line: 3, isCut: true });
  const raw = first?.raw ?? '';
  expect(long.startsWith(raw)).toBe(true);
  expect(Buffer.byteLength(raw)).toBeGreaterThan(REJECTED_BYTES - 4);
  expect(Buffer.byteLength(raw)).toBeLessThanOrEqual(REJECTED_BYTES);
  expect(second).toMatchObject({ line: 4, reason: 'not-utf8', raw: '{\ufffd' });
});
