/** Every record of every golden case is found again in its file: what is shown as its text holds its session and its user. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, expect, test } from 'vitest';
import { MadeFiles } from '../engine/ingest/made-log';
import { openLog } from '../engine/ingest/open-log';
import type { Log } from '../engine/ingest/open-log';
import { evidencePage } from '../engine/lists/evidence';
import { Choices } from '../shared/choices';
import type { EvidenceRecord } from '../shared/evidence';

const GOLDEN = join(import.meta.dirname, 'golden');
const Case = v.object({ choices: v.optional(Choices, {}) });
const folders = readdirSync(GOLDEN, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const made = new MadeFiles();
afterAll(() => made.remove());

test.each(folders.map(({ name }) => name))('%s', async (name) => {
  const folder = join(GOLDEN, name);
  const files = readdirSync(folder);
  const { choices } = files.includes('case.json')
    ? v.parse(Case, JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')))
    : { choices: {} };
  const inputs = files.filter((file) => file.startsWith('input'));
  const log = await openLog(
    inputs.map((file) => ({ path: join(folder, file), name: file, choices })),
    { tempFolder: made.folder },
  );
  try {
    expect(await checkAll(log, folder)).toBe(await eventsOf(log));
  } finally {
    await log.close();
  }
});

/** How many records were looked at. */
async function checkAll(log: Log, folder: string): Promise<number> {
  let count = 0;
  for (const user of await usersOf(log)) {
    const { total, rows } = await evidencePage(log, { of: { user }, offset: 0, limit: 200 });
    expect(rows).toHaveLength(total);
    count += total;
    for (const row of rows) {
      expect(row).toMatchObject({ problem: null, isCut: false });
      const raw = unescaped(row.raw ?? '');
      expect(raw.toLowerCase().normalize('NFC')).toContain(user);
      expect(raw).toContain(row.sessionId ?? '');
      expect(isInPlace(row, join(folder, row.file))).toBe(true);
    }
    const places = rows.map(({ file, line, raw }) => `${file} ${line} ${raw}`);
    expect(new Set(places).size).toBe(places.length);
  }
  return count;
}

async function eventsOf(log: Log): Promise<number> {
  const row = await log.database.use(undefined, (connection) => connection.row('select count(*) from event'));
  return Number(row[0]);
}

async function usersOf(log: Log): Promise<string[]> {
  const rows = await log.database.use(undefined, (connection) =>
    connection.rows('select distinct user_key from event order by user_key'),
  );
  return rows.map(([user]) => String(user));
}

/** A JSON text inside JSON or CSV, or both, without what protects its quotes and slashes. */
function unescaped(raw: string): string {
  return raw.replaceAll('""', '"').replaceAll('\\', '');
}

/** Where a byte is named, the text stands there, and on that line. */
function isInPlace({ offset, raw, line }: EvidenceRecord, path: string): boolean {
  if (offset === null || raw === null) return true; // in an archive, or packed, no byte of the file is the record's
  const bytes = readFileSync(path);
  const there = bytes.subarray(offset, offset + Buffer.byteLength(raw)).toString();
  return there === raw && bytes.subarray(0, offset).toString().split('\n').length === line;
}
