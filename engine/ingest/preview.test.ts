import { afterAll, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { detect } from '../detect/detect';
import { firstFindings } from '../detect/first-findings';
import { activity, jsonLines, MadeFiles } from './made-log';
import { openLog } from './open-log';
import type { SoFar } from './preview';

const files = new MadeFiles();
afterAll(() => files.remove());

test('what finished files hold is found while others are read, and counted once in the end', async () => {
  const quiet = files.write('quiet', jsonLines([activity(0)]));
  const looks: SoFar[] = [];
  const inputs = [
    { path: quiet, name: 'quiet' },
    { path: 'samples/day.ndjson', name: 'day' },
    { path: quiet, name: 'quiet again' },
  ];
  const { signal } = new AbortController();
  const log = await openLog(inputs, {
    tempFolder: files.folder,
    lookPauseMs: 0,
    look: (database) => firstFindings(database, signal),
    progress: ({ soFar }) => {
      if (soFar && looks.at(-1)?.filesDone !== soFar.filesDone) looks.push(soFar);
    },
  });
  try {
    const { findings } = await detect(log.database, DEFAULT_PARAMETERS);
    expect(looks.map((look) => [look.filesDone, look.files, look.findings])).toEqual([
      [1, 3, 0],
      [2, 3, findings],
    ]);
    expect(looks[1]?.first.length).toBe(Math.min(10, findings));
    expect(findings).toBeGreaterThan(0);
  } finally {
    await log.close();
  }
});
