import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from './db';

const folder = mkdtempSync(join(tmpdir(), 'doppel-db-'));
const inside = join(folder, 'inside.ndjson');
const outside = join(folder, 'outside.ndjson');
let database: Database;

beforeAll(async () => {
  writeFileSync(inside, '{"a":1}\n{"a":2}\n');
  writeFileSync(outside, '{"a":3}\n');
  database = await Database.open({ readable: [inside], spillFolder: join(folder, 'spill'), memoryLimit: '512MB' });
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

test('reads a granted file by its bound path, and values by position', async () => {
  const rows = await database.use(undefined, (connection) =>
    connection.rows(
      'select json_extract_string(json, $paths), rowid_like.i from (select json, 7 as i from read_json_objects($path)) as rowid_like',
      {
        path: inside,
        paths: ['$.a', '$.b'],
        unused: 'ignored',
      },
    ),
  );
  expect(rows).toEqual([
    [['1', null], 7],
    [['2', null], 7],
  ]);
});

test.each([
  ['select * from read_json_objects($path)', 'another file'],
  ["select * from read_text('/etc/passwd')", 'a system file'],
  ["copy (select 1) to '/tmp/doppel-written.csv'", 'writing'],
  ["attach '/tmp/doppel-attached.db' as x", 'attaching'],
  ["set memory_limit = '4GB'", 'settings'],
  ['set enable_external_access = true', 'its own lock'],
  ['install httpfs', 'extensions'],
  ['select 1; select 2', 'two statements'],
])('refuses %s', async (sql) => {
  await expect(database.use(undefined, (connection) => connection.run(sql, { path: outside }))).rejects.toMatchObject({
    name: 'DoppelError',
  });
});

test('cancel stops a running query within a second, and the database stays usable', async () => {
  const controller = new AbortController();
  const query = database.use(controller.signal, (connection) =>
    connection.rows('select count(*) from range(100000000) a, range(100000) b where a.range % 7 = b.range % 11'),
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  const asked = performance.now();
  controller.abort();
  await expect(query).rejects.toMatchObject({ code: 'cancelled' });
  expect(performance.now() - asked).toBeLessThan(1000);
  expect(await database.use(undefined, (connection) => connection.row('select 1 + 1'))).toEqual([2]);
});
