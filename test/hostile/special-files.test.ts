/** Promise 10: what is no log file is named and left alone; a name is only a name, whatever is in it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import { CLI, detectIn } from './command';

const files = new MadeFiles();
afterAll(() => files.remove());

const text = jsonLines([activity(0), activity(1)]);
const inFolder = (name: string): string => {
  const folder = join(files.folder, name);
  mkdirSync(folder);
  return folder;
};

test('promise 10: devices, pipes, sockets and broken links are refused by name; beside logs in a folder they are left out', async () => {
  const folder = inFolder('specials');
  const at = (name: string): string => join(folder, name);
  execFileSync('mkfifo', [at('pipe')]);
  const server = createServer().listen(at('socket'));
  symlinkSync('/dev/zero', at('zero'));
  symlinkSync(at('nowhere'), at('broken'));
  symlinkSync(at('loop'), at('loop'));
  writeFileSync(at('good.ndjson'), text);
  symlinkSync(at('good.ndjson'), at('same'));
  symlinkSync(folder, at('itself'));
  try {
    for (const [path, code] of [
      [at('pipe'), 'not-a-file'],
      [at('socket'), 'not-a-file'],
      [at('zero'), 'not-a-file'],
      ['/dev/zero', 'not-a-file'],
      ['/dev/null', 'not-a-file'],
      [at('broken'), 'file-missing'],
      [at('loop'), 'file-unreadable'],
      [`${at('good.ndjson')}/inside`, 'file-missing'],
    ] as const) {
      await expect(files.open([path])).rejects.toMatchObject({
        code,
        message: expect.stringContaining(path.slice(path.lastIndexOf('/') + 1)) as string,
      });
    }
    const { summary } = await files.open([folder]);
    expect(summary.inputs.map(({ name, events }) => [name, events])).toEqual([['specials/good.ndjson', 2]]);
    expect(summary.leftOut?.rows.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      'specials/broken link',
      'specials/itself link',
      'specials/loop link',
      'specials/pipe not-a-file',
      'specials/same link',
      'specials/socket not-a-file',
      'specials/zero link',
    ]);
  } finally {
    server.close();
  }
});

test('promise 10: without the right to read it a file is refused in words; in a folder it is left out and the rest is read', (context) => {
  const folder = inFolder('rights');
  for (const name of ['open.ndjson', 'shut.ndjson']) writeFileSync(join(folder, name), text);
  chmodSync(join(folder, 'shut.ndjson'), 0);
  mkdirSync(join(folder, 'closed'), { mode: 0 });
  const isRoot = process.getuid?.() === 0;
  for (const path of [files.folder, folder]) chmodSync(path, 0o755);
  const temp = inFolder('rights-temp');
  chmodSync(temp, 0o777);
  // root reads everything: so as somebody who is nobody
  const who = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  const run = (path: string) =>
    spawnSync(process.execPath, [CLI, 'detect', path, '--format', 'json'], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: temp, HOME: temp },
      ...who,
    });
  const first = run(folder);
  if (isRoot && /EACCES|MODULE_NOT_FOUND/.test(first.stderr)) {
    console.log('no permission: skipped, nobody may not read the program itself here');
    context.skip('nobody may not read the program itself');
  }
  expect(first.status).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({ inputs: [{ records: 2 }] });
  expect(first.stderr).toMatch(/rights\/closed: left out/);
  expect(first.stderr).toMatch(/rights\/shut\.ndjson: left out/);
  const second = run(join(folder, 'shut.ndjson'));
  expect(second.status).toBe(1);
  expect(second.stderr).toMatch(/^doppel: .*shut\.ndjson: no permission to read it.*\n$/);
  expect(readdirSync(temp)).toEqual([]);
});

test('promise 10: names with line ends, quotes, glob and control characters are opened as they are and shown harmlessly', () => {
  const folder = inFolder('names');
  const names = [
    'a\nb.ndjson',
    'we\'ird "q".ndjson',
    'b[1].ndjson',
    'all*.ndjson',
    'a?.ndjson',
    '-rf.ndjson',
    '\u202egpj.ndjson',
    '\u001b[31mred.ndjson',
    '$(id)`id`.ndjson',
    '%s%n.ndjson',
  ];
  for (const name of names) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'b1.ndjson'), jsonLines([activity(0)])); // what the pattern would find
  const { status, inputs, stderr } = detectIn(files.folder, '--', ...names.map((name) => join(folder, name)));
  expect([status, inputs.map(({ records }) => records)]).toEqual([0, names.map(() => 2)]);
  // eslint-disable-next-line no-control-regex -- that none is there is what is tested
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  const missing = detectIn(files.folder, join(folder, 'no\nsuch\u001b[2J'));
  expect(missing.status).toBe(1);
  expect(missing.stderr.split('\n')).toHaveLength(2);
  expect(missing.stderr).not.toContain('\u001b');
});

test('promise 10: folders that look like partitions add no column', async () => {
  const folder = inFolder('user_name=mallory');
  mkdirSync(join(folder, 'Username=eve,ip=6.6.6.6'));
  writeFileSync(join(folder, 'Username=eve,ip=6.6.6.6', 'log'), text);
  writeFileSync(
    join(folder, 'log.csv'),
    'LogTimestamp,ConnectionStatus,Username,ClientPublicIP\nMon Mar  2 08:15:03 2026,open,ann,198.51.100.9\n',
  );
  const log = await files.open([folder]);
  const users = await log.database.use(undefined, (connection) =>
    connection.rows('select distinct user_name from event order by 1'),
  );
  expect(users.flat()).toEqual(['ann', 'user0@example.test', 'user1@example.test']);
});
