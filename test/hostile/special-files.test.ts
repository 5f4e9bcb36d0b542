/** What is no plain file is named, not read; strange names and places are only names and places. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from '../../cli/project-root';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import { openLog } from '../../engine/ingest/open-log';
import { DoppelError } from '../../shared/errors';

const files = new MadeFiles();
afterAll(() => files.remove());
const CLI = join(projectRoot(), 'dist', 'node', 'cli.js');
const lines = jsonLines([activity(1), activity(2)]);

async function refusal(path: string): Promise<{ code: string; message: string }> {
  const error: unknown = await openLog([{ path, name: path }], { tempFolder: join(files.folder, 'temp') }).then(
    (log) => log.close(),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DoppelError)) throw new Error(`${path} is not refused: ${String(error)}`);
  return { code: error.code, message: error.message };
}

test(
  'a device, a socket and a link that leads to itself are refused at once, by name',
  { timeout: 20_000 },
  async () => {
    expect(await refusal('/dev/zero')).toMatchObject({
      code: 'not-a-file',
      message: expect.stringContaining('/dev/zero'),
    });
    const socket = join(files.folder, 'socket');
    const server = createServer().listen(socket);
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await refusal(socket)).toMatchObject({ code: 'not-a-file', message: expect.stringContaining(socket) });
    server.close();
    const loop = join(files.folder, 'loop');
    symlinkSync(loop, loop);
    expect(await refusal(loop)).toMatchObject({ message: expect.stringContaining(loop) });
  },
);

test('a file without permission is named, with what to do', async (context) => {
  const path = files.write('secret.ndjson', lines);
  chmodSync(path, 0);
  if (process.getuid?.() === 0) {
    console.log('no permission: skipped, this user may read everything');
    context.skip();
  }
  expect(await refusal(path)).toEqual({ code: 'file-unreadable', message: expect.stringContaining('permission') });
});

test.each([
  'new\nline.ndjson',
  `quo'te ".ndjson`,
  'b[1].ndjson',
  'a*?.ndjson',
  '$path; drop table record; --.ndjson',
  '-rf.ndjson',
  '\u202egpj.ndjson',
])('a file called %j is opened, and no other', async (name) => {
  const folder = mkdtempSync(join(files.folder, 'key=value-'));
  writeFileSync(join(folder, name), lines);
  writeFileSync(join(folder, 'b1.ndjson'), jsonLines([activity(7), activity(8), activity(9)]));
  const log = await files.open([join(folder, name)]);
  expect(log.summary).toMatchObject({ records: 2, events: 2, rejected: 0, inputs: [{ name }] });
  const columns = await log.database.use(undefined, (connection) => connection.rows('select * from record limit 1'));
  expect(columns[0]).not.toContain('value');
});

test('a temporary folder that is deleted under an open log is said to be the reason, and the next log opens', async () => {
  const tempFolder = join(files.folder, 'deleted');
  const packed = files.write('packed.gz', gzipSync(lines));
  const log = await openLog([{ path: packed, name: 'packed.gz' }], { tempFolder });
  rmSync(tempFolder, { recursive: true });
  // a private copy that is gone leaves the records without their text, and nothing else
  expect(await log.raw(0, [1], undefined)).toMatchObject([{ raw: null, problem: 'file-unreadable' }]);
  await log.close();
  const next = await openLog([{ path: packed, name: 'packed.gz' }], { tempFolder });
  expect(next.summary).toMatchObject({ events: 2 });
  await next.close();
});

test('a load that is killed leaves files only until the next start', { timeout: 60_000 }, async () => {
  const temp = mkdtempSync(join(files.folder, 'killed-'));
  const env = { ...process.env, TMPDIR: temp };
  const many = jsonLines(Array.from({ length: 60_000 }, (_, index) => activity(index % 600)));
  const path = files.write('many.ndjson.gz', gzipSync(many, { level: 1 }));
  const child = spawn(process.execPath, [CLI, 'detect', path], { env, stdio: 'ignore' });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  while (!readdirSync(temp, { recursive: true }).some((name) => String(name).includes('text-'))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.kill('SIGKILL');
  await gone;
  expect(readdirSync(temp)).toHaveLength(1);
  expect(spawnSync(process.execPath, [CLI, 'detect', files.write('next', lines)], { env }).status).toBe(0);
  expect(readdirSync(temp)).toEqual([]);
});
