/** What is named on opening: names that look like something else, and things that are no log. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from './made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

describe('what cannot be opened is named', () => {
  test.each<[string, string, () => string]>([
    ['file-missing', 'a file that is not there', () => join(files.folder, 'nowhere')],
    [
      'no-zpa-records',
      'an empty folder',
      () => {
        const path = join(files.folder, 'nothing');
        mkdirSync(path);
        return path;
      },
    ],
    [
      'not-a-file',
      'a named pipe',
      () => {
        const path = join(files.folder, 'pipe');
        execFileSync('mkfifo', [path]);
        return path;
      },
    ],
    ['no-zpa-records', 'an empty file', () => files.write('empty', '')],
    ['no-zpa-records', 'blank lines', () => files.write('blank', '\n\n')],
    ['no-zpa-records', 'a text', () => files.write('text', 'Dear Sir or Madam,\n')],
    ['no-zpa-records', 'other JSON', () => files.write('other', '{"a":1}\n{"b":2}\n')],
    ['no-zpa-records', 'other CSV', () => files.write('csv', 'a,b\n1,2\n')],
    [
      'no-zpa-records',
      'bytes',
      () =>
        files.write(
          'bytes',
          Uint8Array.from({ length: 5000 }, (_, index) => index % 256),
        ),
    ],
    ['damaged-archive', 'the beginning of a zip archive', () => files.write('zip', 'PK\u0003\u0004 and so on')],
    ['damaged-archive', 'the beginning of a gzip archive', () => files.write('gz', gzipSync('x').subarray(0, 10))],
    [
      'no-zpa-records',
      'a log of connectors alone',
      () =>
        files.write(
          'metrics',
          jsonLines([{ LogTimestamp: 'Mon Mar  2 08:15:03 2026', Connector: 'c', CPUUtilization: 1 }]),
        ),
    ],
  ])('%s: %s', async (code, _, make) => {
    const path = make();
    const tempFolder = join(files.folder, 'temp-of-failures');
    const message = expect.stringContaining(path.slice(path.lastIndexOf('/') + 1));
    await expect(files.open([path], { tempFolder })).rejects.toMatchObject({ name: 'DoppelError', code, message });
    expect(existsSync(tempFolder) ? readdirSync(tempFolder) : []).toEqual([]);
  });
});

describe('paths are taken as they are', () => {
  test.each([
    'b[1].ndjson',
    'all*.ndjson',
    'a?.ndjson',
    'we\'ird "; drop table record; --.ndjson',
    'x{a,b}.ndjson',
    'ä €.ndjson',
    '~x',
    '$path',
  ])('%s', async (name) => {
    for (const decoy of ['b1.ndjson', 'all2.ndjson', 'ab.ndjson', 'xa.ndjson'])
      files.write(decoy, jsonLines([activity(1), activity(2)]));
    const log = await files.open([files.write(name, jsonLines([activity(0)]))]);
    expect(log.summary).toMatchObject({ records: 1, events: 1, inputs: [{ name }] });
  });

  test('a folder that looks like a partition adds nothing, and a link is followed', async () => {
    mkdirSync(join(files.folder, 'Username=mallory'));
    writeFileSync(join(files.folder, 'Username=mallory/log'), jsonLines([activity(0)]));
    const link = join(files.folder, 'link');
    symlinkSync(join(files.folder, 'Username=mallory/log'), link);
    const log = await files.open([link]);
    const users = await log.database.use(undefined, (connection) => connection.rows('select user_name from event'));
    expect(users).toEqual([['user0@example.test']]);
  });
});
