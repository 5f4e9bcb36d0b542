/** Promise 6: a log that grows, shrinks, is written to, replaced or removed while it is read is never shown as whole. */
import { appendFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { DoppelError } from '../../shared/errors';
import type { Step } from '../../shared/contract';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import type { Log } from '../../engine/ingest/open-log';
import { madeZip } from '../../engine/sources/made-zip';
import { unaccounted } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());

const text = jsonLines(Array.from({ length: 3000 }, (_, index) => activity(index % 600)));
const csv = `LogTimestamp,ConnectionStatus,Username,ClientPublicIP,SessionID\n${Array.from({ length: 3000 }, (_, index) => `Mon Mar  2 08:15:03 2026,open,u,198.51.100.9,s${index}\n`).join('')}`;
const KINDS: [string, string | Buffer, Step][] = [
  ['log.ndjson', text, 'reading'],
  ['log.csv', csv, 'reading'],
  ['log.json', JSON.stringify(Array.from({ length: 3000 }, (_, index) => activity(index % 600))), 'checking'],
  ['log.ndjson.gz', gzipSync(text), 'checking'],
  ['log.zip', madeZip([{ name: 'a.ndjson', content: text, stored: true }]).bytes, 'unpacking'],
];
const CHANGES: [string, (path: string) => void][] = [
  ['grows', (path) => appendFileSync(path, jsonLines([activity(700)]))],
  ['is cut off', (path) => truncateSync(path, 5000)],
  ['is emptied', (path) => truncateSync(path, 0)],
  ['is overwritten', (path) => writeFileSync(path, 'x'.repeat(text.length))],
  ['is replaced', (path) => (writeFileSync(`${path}.new`, text), renameSync(`${path}.new`, path))],
  ['vanishes', (path) => rmSync(path)],
];

let count = 0;
/** Opens a log, and changes it once the first progress of that step is told. */
async function openAndChange(
  name: string,
  content: string | Buffer,
  step: Step,
  change: (path: string) => void,
): Promise<Log> {
  const path = files.write(`${count++}-${name}`, content);
  utimesSync(path, new Date('2026-03-03T00:00:00Z'), new Date('2026-03-03T00:00:00Z'));
  let isChanged = false;
  const log = await files.open([path], {
    tempFolder: join(files.folder, 'temp'),
    progress: (progress) => {
      if (isChanged || progress.step !== step) return;
      isChanged = true;
      change(path);
    },
  });
  expect(isChanged).toBe(true);
  return log;
}

const REFUSALS: readonly unknown[] = ['file-missing', 'file-changed', 'file-unreadable', 'damaged-archive'];

/** How the change was told to the user; anything else is a defect. */
async function toldAs(opened: Promise<Log>, name: string): Promise<string> {
  try {
    const { inputs, archives = [] } = (await opened).summary;
    if (![...inputs, ...archives].some(({ incomplete }) => incomplete !== undefined)) return 'not at all';
    const whole = inputs.filter(({ incomplete }) => incomplete === undefined);
    return whole.every((input) => unaccounted(input) === 0) ? 'incomplete' : 'a wrong sum';
  } catch (error) {
    const isClear = error instanceof DoppelError && REFUSALS.includes(error.code) && error.message.includes(name);
    // nothing that is in an archive looks like a log any more
    const isNone =
      error instanceof DoppelError && error.code === 'no-zpa-records' && /changed while/.test(error.message);
    return isClear || isNone ? 'refused' : String(error);
  }
}

describe.each(KINDS)('promise 6: %s', (name, content, step) => {
  test.each(CHANGES)(`while it is ${step}: it %s`, async (_, change) => {
    const told = await toldAs(openAndChange(name, content, step, change), name);
    expect(['incomplete', 'refused']).toContain(told);
  });
});

test('promise 6: a file that did not change is not said to have', async () => {
  for (const [name, content, step] of KINDS) {
    const { summary } = await openAndChange(name, content, step, () => undefined);
    expect(
      [...summary.inputs, ...(summary.archives ?? [])].map(({ incomplete }) => incomplete).filter(Boolean),
    ).toEqual([]);
    expect(summary.events).toBe(3000);
  }
});
