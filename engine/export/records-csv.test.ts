import { appendFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { detect } from '../detect/detect';
import { MadeFiles, activity } from '../ingest/made-log';
import type { Log } from '../ingest/open-log';
import { readBack } from './neutralise';
import { exportRecords } from './records-csv';

const made = new MadeFiles();
afterAll(() => made.remove());

async function all(log: Log, params: { user?: string; raw?: boolean } = {}): Promise<Record<string, string>[]> {
  let text = '';
  let total = 0;
  for (let cursor: number | null = 0; cursor !== null;) {
    const piece: { text: string; next: number | null; done: number; total: number } = await exportRecords(log, {
      raw: false,
      ...params,
      cursor,
    });
    text += piece.text;
    cursor = piece.next;
    total = piece.total;
  }
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(data).toHaveLength(total);
  return data;
}

/** Two users: one at two source IPs all day, in records by turns, and one at one. */
const lines = Array.from({ length: 2600 }, (_, index) =>
  JSON.stringify(
    activity(index % 700, {
      SessionID: `session-${index % 3}`,
      Username: index % 3 === 2 ? 'calm@example.test' : '=cmd|evil@example.test',
      ClientPublicIP: `198.51.100.${index % 3}`,
    }),
  ),
);

test.each(['plain', 'gzip'])(
  'every record of the flagged users is there as it stands in the file: %s',
  async (packing) => {
    const text = `${lines.join('\n')}\n`;
    const log = await made.open([made.write(`day.${packing}`, packing === 'gzip' ? gzipSync(text) : text)]);
    await detect(log.database, DEFAULT_PARAMETERS);
    const rows = await all(log);
    expect(rows).toHaveLength(lines.filter((line) => line.includes('=cmd')).length);
    expect(rows.filter(({ Line, Record: record }) => record !== lines[Number(Line) - 1])).toEqual([]);
    expect(rows.map(({ Line }) => Number(Line))).toEqual(
      rows.map(({ Line }) => Number(Line)).toSorted((a, b) => a - b),
    );
    // neutralised, and undone exactly
    expect(new Set(rows.map(({ DstUserName }) => DstUserName))).toEqual(new Set(["'=cmd|evil@example.test"]));
    expect(readBack(rows[0]?.['DstUserName'] ?? '')).toBe('=cmd|evil@example.test');
    expect((await all(log, { raw: true }))[0]?.['DstUserName']).toBe('=cmd|evil@example.test');
    const calm = await all(log, { user: 'calm@example.test' });
    expect(calm).toHaveLength(lines.length - rows.length);
    expect(new Set(calm.map(({ FindingId }) => FindingId))).toEqual(new Set(['']));
  },
);

test('records that begin as a formula are neutralised; those of a file that has changed have no text, and say so', async () => {
  const head = 'Username,ClientPublicIP,LogTimestamp,ConnectionStatus,SessionID,TimestampConnectionStart';
  const row = (ip: string, session: string): string =>
    `=evil(),${ip},2026-03-02T10:00:00Z,active,${session},2026-03-02T08:00:00Z`;
  const path = made.write('rows.csv', `${head}\n${row('198.51.100.1', 'a')}\n${row('203.0.113.1', 'b')}\n`);
  const log = await made.open([path]);
  await detect(log.database, DEFAULT_PARAMETERS);
  expect((await all(log)).map((each) => each['Record'])).toEqual([
    `'${row('198.51.100.1', 'a')}`,
    `'${row('203.0.113.1', 'b')}`,
  ]);
  appendFileSync(path, 'more\n');
  expect((await all(log)).map(({ Problem }) => Problem)).toEqual(['', '']); // what was read is still the same
  writeFileSync(path, 'something else altogether');
  const changed = await all(log);
  expect(changed.map((each) => each['Record'])).toEqual(['', '']);
  expect(changed[0]?.['Problem']).toMatch(/no longer what it was/);
});

test('a Parquet file has no text of its own, which is told', async () => {
  const log = await made.open(['test/golden/parquet-flat/input.parquet']);
  await detect(log.database, DEFAULT_PARAMETERS);
  expect(new Set((await all(log)).map(({ Problem }) => Problem))).toEqual(new Set(['row of Parquet, written as JSON']));
});
