import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from './made-log';
import { openLog } from './open-log';

const POINTS = 50;
const files = new MadeFiles();
afterAll(() => files.remove());

test('cancelled at 50 points, reading ends as cancelled and leaves no file', { timeout: 120_000 }, async () => {
  const lines = jsonLines(Array.from({ length: 4000 }, (_, index) => activity(index)));
  const whole = files.write('whole', lines);
  // a broken line makes it read in more than one way
  const broken = files.write('broken', `${lines}not a record\n${lines}`);
  const tempFolder = join(files.folder, 'cancel');
  mkdirSync(tempFolder);
  let cancelled = 0;
  for (let point = 0; point < POINTS; point++) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), point * 4);
    const opened = openLog(
      [
        { path: whole, name: 'whole' },
        { path: broken, name: 'broken' },
      ],
      { tempFolder, signal: stop.signal, inMemoryRecords: point % 2 === 0 ? 0 : undefined },
    );
    const outcome = await opened.then(
      async (log) => (await log.close(), 'read'),
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );
    clearTimeout(timer);
    expect(['cancelled', 'read']).toContain(outcome);
    if (outcome === 'cancelled') cancelled += 1;
    expect(readdirSync(tempFolder)).toEqual([]);
  }
  expect(cancelled).toBeGreaterThan(0);
});
