/** Promise 16: whatever is done with a log, its file stays as it is. The time of its last change (ctime) cannot be set back. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from '../../cli/project-root';
import { MadeFiles } from '../../engine/ingest/made-log';

const root = projectRoot();
const made = new MadeFiles();
afterAll(() => made.remove());

test('detecting, exporting, previewing rules and failing change no file that was named, and leave none beside it', () => {
  const folder = join(made.folder, 'evidence');
  mkdirSync(folder);
  const sample = join(root, 'samples', 'day.ndjson');
  copyFileSync(sample, join(folder, 'day.ndjson'));
  writeFileSync(join(folder, 'packed.gz'), gzipSync(readFileSync(sample)));
  writeFileSync(join(folder, 'broken.csv'), 'LogTimestamp,Username,ConnectionStatus,ClientPublicIP\nx,"u,open\n');
  const before = stateOf(folder);
  const results = [
    doppel('detect', folder, '--format', 'json'),
    doppel('detect', join(folder, 'day.ndjson'), '--format', 'csv', '--out', join(made.folder, 'out.csv')),
    doppel('detect', join(folder, 'packed.gz')),
    doppel('detect', join(folder, 'broken.csv')),
    doppel('kql', 'ZPAEvent | summarize count() by DvcAction', join(folder, 'day.ndjson')),
    doppel('rule', 'run', join(root, 'rules', 'shared-zpa-session.yaml'), join(folder, 'packed.gz'), '--trace'),
  ];
  expect(results).toEqual([0, 0, 0, 1, 0, 0]);
  expect(stateOf(folder)).toEqual(before);
});

function doppel(...args: string[]): number | null {
  const env = { ...process.env, TMPDIR: made.folder, DOPPEL_DATA_FOLDER: join(made.folder, 'data') };
  return spawnSync(process.execPath, [join(root, 'dist', 'node', 'cli.js'), ...args], { env }).status;
}

function stateOf(folder: string): object[] {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    const { ino, size, mtimeMs, ctimeMs, mode } = statSync(path);
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    return { name, ino, size, mtimeMs, ctimeMs, mode, sha256 };
  });
}
