/** Promises 6 and 15: the pass over the first file begins before there is a database; whatever goes wrong then, nothing is left. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { DoppelError } from '../../shared/errors';
import { Database } from '../../engine/db';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import { SmallDisk } from '../small-disk';

const files = new MadeFiles();
const tempFolder = join(files.folder, 'temp');
const unhandled: unknown[] = [];
const note = (reason: unknown): unknown => unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(async () => {
  process.off('unhandledRejection', note);
  await files.remove();
});
afterEach(async () => {
  vi.restoreAllMocks();
  // a rejection that nobody heard is told when the turn is over
  await new Promise((resolve) => setTimeout(resolve, 20));
  const left = existsSync(tempFolder) ? readdirSync(tempFolder) : [];
  if (unhandled.length + left.length > 0) throw new Error(`unheard: ${String(unhandled)}; left behind: ${left.join()}`);
});

const text = jsonLines(Array.from({ length: 20_000 }, (_, index) => activity(index % 600)));
const csv = `LogTimestamp,ConnectionStatus,Username,ClientPublicIP,SessionID\n${'Mon Mar  2 08:15:03 2026,open,u,198.51.100.9,s\n'.repeat(20_000)}`;
let count = 0;

/** Opens two files, and does this in the moment in which the database is opened: the pass over the first has begun. */
async function openWhile(
  content: string,
  meanwhile: (path: string) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<unknown> {
  const path = files.write(`${count++}-log`, content);
  const other = files.write(`${count++}-other`, jsonLines([activity(1)]));
  const open = Database.open.bind(Database);
  const spied = vi.spyOn(Database, 'open').mockImplementation(async (options) => {
    await meanwhile(path);
    return open(options);
  });
  try {
    const log = await files.open([path, other], { tempFolder, signal });
    const { inputs } = log.summary;
    await log.close();
    return inputs.map(({ incomplete }) => (incomplete === undefined ? 'whole' : 'incomplete'));
  } catch (error) {
    return error instanceof DoppelError ? error.code : error;
  } finally {
    expect(spied).toHaveBeenCalled();
  }
}

describe.each([
  ['JSON lines', text],
  ['CSV', csv],
])('%s, while the database is opened', (_, content) => {
  test('nothing happens', async () => {
    expect(await openWhile(content, () => undefined)).toEqual(['whole', 'whole']);
  });

  test('the file goes away', async () => {
    expect(await openWhile(content, (path) => rmSync(path))).toBe('file-missing');
  });

  test('the file goes away at once, before its pass has opened it', async () => {
    const path = files.write(`${count++}-log`, content);
    let isGone = false;
    const opened = files.open([path], {
      tempFolder,
      progress: () => {
        if (!isGone) rmSync(path);
        isGone = true;
      },
    });
    await expect(opened).rejects.toMatchObject({ code: 'file-missing' });
  });

  test('the file is cut off', async () => {
    const told = await openWhile(content, (path) => truncateSync(path, 100_000));
    expect([['incomplete', 'whole'], 'file-changed']).toContainEqual(told);
  });

  test('the file is replaced by a folder', async () => {
    const put = (path: string): void => {
      renameSync(path, `${path}.old`);
      mkdirSync(path);
    };
    expect(['file-changed', 'file-unreadable', 'not-a-file']).toContain(await openWhile(content, put));
  });

  test.each([
    ['is cancelled', 'cancelled', (stop: AbortController) => stop.abort()],
    [
      'is cancelled a little later',
      'cancelled',
      async (stop: AbortController) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        stop.abort();
      },
    ],
    [
      'the database cannot be opened',
      'disk-full',
      () => {
        throw new DoppelError('disk-full', 'full');
      },
    ],
    [
      'the database is lost as it is opened',
      'database-lost',
      () => {
        throw new DoppelError('database-lost', 'lost');
      },
    ],
  ])('it %s', async (__, code, meanwhile) => {
    const stop = new AbortController();
    expect(await openWhile(content, () => meanwhile(stop), stop.signal)).toBe(code);
  });

  test('the database is lost and both it and its file go away', async () => {
    const lose = (path: string): void => {
      if (!existsSync(path)) return;
      rmSync(path);
      throw new DoppelError('database-lost', 'lost');
    };
    expect(await openWhile(content, lose)).toBe('file-missing');
  });
});

test('the disk is full when the database is to be opened in a file', { timeout: 60_000 }, async (context) => {
  const disk = new SmallDisk(join(files.folder, 'disk'), '1m');
  try {
    disk.require(context);
    const path = files.write(`${count++}-log`, text);
    const opened = files.open([path], { tempFolder: join(disk.path, 'temp'), inMemoryRecords: 0 });
    await expect(opened).rejects.toMatchObject({ code: 'disk-full' });
    expect(readdirSync(join(disk.path, 'temp'))).toEqual([]);
  } finally {
    disk.remove();
  }
});
