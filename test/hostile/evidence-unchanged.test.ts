/** Promise 16: what is opened stays as it is: bytes, times, rights, and the folder that it lies in. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from '../../cli/project-root';
import { MadeFiles } from '../../engine/ingest/made-log';
import { evidencePage } from '../../engine/lists/evidence';
import { madeZip } from '../../engine/sources/made-zip';
import { PACKS } from '../fuzz/pack';
import { CLI } from './command';
import { findingsCsv, good, linesAround, row, rowsAround } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());

/** All that tells one state of a folder's files from another; of times, what a reader could set back included. */
function stateOf(folder: string): unknown[] {
  return readdirSync(folder).map((name) => {
    const { size, mode, mtimeMs, ctimeMs, ino, nlink } = statSync(join(folder, name));
    return [
      name,
      size,
      mode,
      mtimeMs,
      ctimeMs,
      ino,
      nlink,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ];
  });
}

test('promise 16: opening, detecting, looking at evidence and exporting change nothing', async () => {
  const folder = join(files.folder, 'evidence');
  mkdirSync(folder);
  const broken = linesAround('{"a": ,}');
  const evidence: Record<string, string | Uint8Array> = {
    'lines.ndjson': linesAround(good('x')),
    'empties.ndjson': linesAround(good('x').replace('"Ltd"', '')),
    'broken.ndjson': broken,
    'array.json': `[${good('a')},${good('b')}]`,
    'rows.csv': rowsAround(row('x')),
    'broken.csv': rowsAround(row('"x')),
    'utf16.ndjson': Buffer.from(`\ufeff${broken.toString()}`, 'utf16le'),
    'a.gz': gzipSync(broken),
    'a.zst': PACKS.zstd(broken),
    'a.zip': madeZip([{ name: 'a', content: broken }]).bytes,
    'cut.gz': gzipSync(broken).subarray(0, 300),
  };
  for (const [name, content] of Object.entries(evidence)) writeFileSync(join(folder, name), content);
  const golden = join(projectRoot(), 'test', 'golden', 'parquet-flat');
  for (const name of readdirSync(golden).filter((one) => one.startsWith('input')))
    copyFileSync(join(golden, name), join(folder, name));
  for (const name of readdirSync(folder)) {
    utimesSync(join(folder, name), new Date('2026-03-03T00:00:00Z'), new Date('2026-03-03T00:00:00Z'));
    chmodSync(join(folder, name), 0o440);
  }
  const before = stateOf(folder);

  const log = await files.open([folder], { inMemoryRecords: 0 });
  expect(log.summary.inputs.length).toBeGreaterThanOrEqual(11);
  await findingsCsv(log);
  await log.rejected({ offset: 0, limit: 1000 });
  expect(
    (await evidencePage(log, { of: { user: 'user1@example.test' }, offset: 0, limit: 200 })).rows.length,
  ).toBeGreaterThan(50);
  expect(stateOf(folder)).toEqual(before);
  const hashes = new Map(log.summary.inputs.map(({ name, sha256 }) => [name.split('/')[1], sha256]));
  for (const name of ['lines.ndjson', 'broken.csv', 'a.gz', 'utf16.ndjson'])
    expect(hashes.get(name)).toBe(
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    );
  await log.close();
  expect(stateOf(folder)).toEqual(before);
});

test('promise 16: detecting, exporting, previewing rules and failing change no file that was named, and leave none beside it', () => {
  const folder = join(files.folder, 'of-commands');
  mkdirSync(folder);
  const sample = join(projectRoot(), 'samples', 'day.ndjson');
  copyFileSync(sample, join(folder, 'day.ndjson'));
  writeFileSync(join(folder, 'packed.gz'), gzipSync(readFileSync(sample)));
  writeFileSync(join(folder, 'broken.csv'), 'LogTimestamp,Username,ConnectionStatus,ClientPublicIP\nx,"u,open\n');
  const before = stateOf(folder);
  const results = [
    doppel('detect', folder, '--format', 'json'),
    doppel('detect', join(folder, 'day.ndjson'), '--format', 'csv', '--out', join(files.folder, 'out.csv')),
    doppel('detect', join(folder, 'packed.gz')),
    doppel('detect', join(folder, 'broken.csv')),
    doppel('kql', 'ZPAEvent | summarize count() by DvcAction', join(folder, 'day.ndjson')),
    doppel(
      'rule',
      'run',
      join(projectRoot(), 'rules', 'shared-zpa-session.yaml'),
      join(folder, 'packed.gz'),
      '--trace',
    ),
  ];
  expect(results).toEqual([0, 0, 0, 1, 0, 0]);
  expect(stateOf(folder)).toEqual(before);
});

function doppel(...args: string[]): number | null {
  const env = { ...process.env, TMPDIR: files.folder, DOPPEL_DATA_FOLDER: join(files.folder, 'data') };
  return spawnSync(process.execPath, [CLI, ...args], { env }).status;
}
