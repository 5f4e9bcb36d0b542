import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import tar from 'tar-stream';
import { Database } from '../db';
import { activity, jsonLines, MadeFiles } from '../ingest/made-log';
import { madeZip } from './made-zip';

const files = new MadeFiles();
afterAll(() => files.remove());

const one = jsonLines(Array.from({ length: 400 }, (_, index) => activity(index)));
const csv =
  'LogTimestamp,ConnectionStatus,Username,ClientPublicIP\nMon Mar  2 08:15:03 2026,open,ANN,198.51.100.9\nx\n';

async function tarOf(
  entries: readonly (readonly [Partial<tar.Header> & { name: string }, string | Uint8Array])[],
): Promise<Buffer> {
  const pack = tar.pack();
  for (const [header, content] of entries) pack.entry({ ...header, name: header.name }, Buffer.from(content));
  pack.finalize();
  const pieces: Uint8Array[] = [];
  for await (const piece of pack as AsyncIterable<Uint8Array>) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('each entry of a tar.gz is an input of its own, under whatever name; what is no file is left out', async () => {
  const packed = await tarOf([
    [{ name: '../../evil.ndjson' }, one],
    [{ name: '/abs/a.csv' }, csv],
    [{ name: 'd/inner.ndjson.gz' }, gzipSync(one)],
    [{ name: 'link', type: 'symlink', linkname: '/etc/passwd' }, ''],
    [{ name: '._x' }, 'junk'],
    [{ name: 'letter.txt' }, 'Dear Sir or Madam,\n'],
  ]);
  const log = await files.open([files.write('all.tar.gz', gzipSync(packed))]);
  expect(log.summary).toMatchObject({ records: 802, events: 801, rejected: 1 });
  expect(log.summary.inputs.map(({ name, records }) => [name, records])).toEqual([
    ['all.tar.gz › ../../evil.ndjson', 400],
    ['all.tar.gz › /abs/a.csv', 2],
    ['all.tar.gz › d/inner.ndjson.gz', 400],
  ]);
  expect(log.summary.archives).toMatchObject([{ name: 'all.tar.gz', format: 'tar, gzip', entries: 6 }]);
  expect(log.summary.archives?.[0]?.incomplete).toBeUndefined();
  expect(log.summary.leftOut?.rows.map(({ reason }) => reason)).toEqual(['link', 'system-file', 'no-log']);
});

test('a tar archive cut anywhere keeps what comes before and is called incomplete', async () => {
  const packed = await tarOf([
    [{ name: 'a.ndjson' }, one],
    [{ name: 'b.ndjson' }, one],
  ]);
  for (const share of [0.3, 0.6, 0.9]) {
    const log = await files.open([files.write('cut.tar', packed.subarray(0, Math.floor(packed.length * share)))]);
    expect(log.summary.archives?.[0]?.incomplete).toMatch(/ends too early/);
    expect(log.summary.events).toBeGreaterThan(share * 800 - 80);
  }
});

test('zip: entries, an archive inside, and one that is damaged or cut', async () => {
  const { bytes: whole } = madeZip([
    { name: 'a.ndjson', content: one },
    { name: 'b.csv', content: csv },
    { name: 'c.ndjson.gz', content: gzipSync(one) },
  ]);
  const path = files.write('z.zip', whole);
  const log = await files.open([path]);
  expect(log.summary).toMatchObject({ records: 802, events: 801, rejected: 1 });
  expect(log.summary.inputs[0]).toMatchObject({ name: 'z.zip › a.ndjson', path: `${path} › a.ndjson` });
  const cut = await files.open([files.write('cut.zip', whole.subarray(0, whole.length - 300))]);
  expect(cut.summary.archives?.[0]?.incomplete).toMatch(/its directory is missing/);
  expect(cut.summary.events).toBeGreaterThanOrEqual(401);
  const changed = Buffer.from(whole);
  changed[600]! ^= 0x10;
  const bad = await files.open([files.write('bad.zip', changed)]);
  expect(bad.summary.archives?.[0]?.incomplete).toMatch(/damaged/);
});

test('Parquet: rows are read as JSON is, with the number of the row; a cut one is named', async () => {
  const path = join(files.folder, 'log.parquet');
  const made = await Database.open({ readable: [path], spillFolder: join(files.folder, 's'), memoryLimit: '256MB' });
  await made.use(undefined, (connection) =>
    connection.run(
      `copy (select timestamp '2026-03-02 08:00:00' + interval 1 minute * i as "LogTimestamp", 'open' as "ConnectionStatus",
        'ann' as "Username", case when i = 3 then null else '198.51.100.7' end as "ClientPublicIP", 'nan'::double as "ClientLatitude"
        from range(10) t(i)) to $path (format parquet, use_tmp_file false)`,
      { path },
    ),
  );
  made.close();
  const log = await files.open([path]);
  expect(log.summary).toMatchObject({ records: 10, events: 9, inputs: [{ format: 'LSS JSON lines, Parquet' }] });
  expect(log.lineOf(0, 10)).toBe(10);
  const { readFileSync } = await import('node:fs');
  const cut = files.write('cut.parquet', readFileSync(path).subarray(0, 300));
  await expect(files.open([cut])).rejects.toMatchObject({
    code: 'damaged-archive',
    message: /cut\.parquet is cut off/,
  });
});

test('Parquet whose texts are bytes without a type is read, and bytes that are no text cost nothing but themselves', async () => {
  const path = join(files.folder, 'bytes.parquet');
  const made = await Database.open({ readable: [path], spillFolder: join(files.folder, 's'), memoryLimit: '256MB' });
  await made.use(undefined, (connection) =>
    connection.run(
      `copy (select 'Mon Mar  2 08:15:03 2026'::blob as "LogTimestamp", 'open' as "ConnectionStatus", encode('müller') as "Username",
        '198.51.100.7' as "ClientPublicIP", '\\xFF\\x00'::blob as token, {'inner': '\\xFE'::blob} as nested, 1.5::double as n
        from range(3)) to $path (format parquet, use_tmp_file false)`,
      { path },
    ),
  );
  made.close();
  const log = await files.open([path]);
  expect(log.summary).toMatchObject({ records: 3, events: 3 });
  const users = await log.database.use(undefined, (connection) =>
    connection.rows('select distinct user_name from event'),
  );
  expect(users).toEqual([['müller']]);
});

test('a folder: its logs in order, links out of it and pipes left out and told', async () => {
  const folder = join(files.folder, 'logs');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(join(folder, 'sub/b[1].ndjson'), one);
  writeFileSync(join(folder, 'a.csv'), csv);
  writeFileSync(join(folder, 'note.txt'), 'hello\n');
  writeFileSync(join(folder, '.hidden'), one);
  symlinkSync('..', join(folder, 'sub/loop'));
  symlinkSync('/etc/passwd', join(folder, 'out'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const log = await files.open([folder]);
  expect(log.summary.inputs.map(({ name }) => name)).toEqual(['logs/a.csv', 'logs/sub/b[1].ndjson']);
  expect(log.summary.leftOut?.rows).toEqual([
    { name: 'logs/.hidden', reason: 'hidden' },
    { name: 'logs/out', reason: 'link' },
    { name: 'logs/pipe', reason: 'not-a-file' },
    { name: 'logs/sub/loop', reason: 'link' },
    { name: 'logs/note.txt', reason: 'no-log' },
  ]);
});
