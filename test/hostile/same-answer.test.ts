/** Promise 11: the findings do not depend on the order of the records, on how many threads read, on the format or on the packing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../cli/project-root';
import { MadeFiles } from '../../engine/ingest/made-log';
import type { OpenOptions } from '../../engine/ingest/open-log';
import { PACKS } from '../fuzz/pack';
import { findingsCsv } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());

/** The records of the sample; two of its lines are no records. */
const lines = readFileSync(join(projectRoot(), 'samples', 'day.ndjson'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{') && line.endsWith('}'));
const text = (some: readonly string[]): string => some.map((line) => `${line}\n`).join('');

let expected = '';
beforeAll(async () => {
  expected = await found({ 'log.ndjson': text(lines) });
});

async function found(
  contents: Record<string, string | Uint8Array>,
  options: Partial<OpenOptions> = {},
): Promise<string> {
  const paths = Object.entries(contents).map(([name, content]) => files.write(name, content));
  const log = await files.open(paths, options);
  expect(log.summary.records).toBe(lines.length);
  return findingsCsv(log);
}

const shuffles = fc.sample(fc.noBias(fc.array(fc.nat(), { minLength: lines.length, maxLength: lines.length })), {
  seed: 11,
  numRuns: 5,
});

test.each([1, 2, 4, 1, 4].map((threads, index) => ({ shuffle: index + 1, threads })))(
  'promise 11: shuffle $shuffle, $threads threads',
  async ({ shuffle, threads }) => {
    const keys = shuffles[shuffle - 1] ?? [];
    const shuffled = lines
      .map((line, index) => ({ line, key: keys[index] ?? 0 }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ line }) => line);
    expect(shuffled).not.toEqual(lines);
    expect(await found({ 'log.ndjson': text(shuffled) }, { threads })).toBe(expected);
  },
);

test('the sample has findings', () => expect(expected.split('\n').length).toBeGreaterThan(5));

test('promise 11: several files, in any order', async () => {
  const third = Math.ceil(lines.length / 3);
  const part = (n: number): string => text(lines.slice(n * third, (n + 1) * third));
  expect(await found({ 'c.ndjson': part(2), 'a.ndjson': part(0), 'b.ndjson': part(1) })).toBe(expected);
});

test.each(['gzip', 'zstd', 'zip'] as const)('promise 11: packed as %s', async (pack) => {
  expect(await found({ packed: PACKS[pack](Buffer.from(text(lines))) })).toBe(expected);
});

test('promise 11: a JSON array, pretty-printed and packed', async () => {
  const array = JSON.stringify(
    lines.map((line) => JSON.parse(line) as unknown),
    null,
    2,
  );
  expect(await found({ 'log.json': array })).toBe(expected);
  expect(await found({ 'log.json.gz': gzipSync(array) })).toBe(expected);
});

test('promise 11: CSV with a header, with CRLF and with tables in a file', async () => {
  const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const fields = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const cells = records.map((record) => fields.map((field) => cellOf(record[field])));
  const csv = Papa.unparse({ fields, data: cells }, { newline: '\r\n' });
  expect(await found({ 'log.csv': csv }, { inMemoryRecords: 0 })).toBe(expected);
});

function cellOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
