/** A file that grows, shrinks, is replaced or goes away while it is read is told; what was read of it is accounted for. */
import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import type { InputSummary } from '../../shared/domain';
import { DoppelError } from '../../shared/errors';

const files = new MadeFiles();
afterAll(() => files.remove());

const lines = jsonLines(Array.from({ length: 8000 }, (_, index) => activity(index % 600)));
const csv = `LogTimestamp,Username,ConnectionStatus,ClientPublicIP\n${'2026-03-02T08:00:00Z,u,open,198.51.100.9\n'.repeat(40_000)}`;
const contents = { 'plain.ndjson': lines, 'table.csv': csv, 'packed.gz': gzipSync(lines) };
const changes: Record<string, (path: string) => void> = {
  grows: (path) => appendFileSync(path, jsonLines([activity(1)])),
  'is cut short': (path) => truncateSync(path, 1000),
  'is written anew': (path) => writeFileSync(path, jsonLines([activity(1)])),
  'goes away': (path) => rmSync(path),
};
const cases = Object.keys(contents).flatMap((name) => Object.keys(changes).map((change) => [name, change] as const));

test.each(cases)('%s %s', async (name, change) => {
  // the cases above have no other names
  const path = files.write(name, contents[name as keyof typeof contents]);
  let isChanged = false;
  const progress = (): void => {
    if (!isChanged) changes[change]?.(path);
    isChanged = true;
  };
  try {
    const log = await files.open([path], { progress });
    const [input] = log.summary.inputs;
    expect(isChanged).toBe(true);
    expect(input?.incomplete).toBeDefined();
    expect(input && unaccounted(input)).toBe(0);
  } catch (error) {
    // nothing of it could be read any more: that is said of the file, and is no fault of the program
    if (!(error instanceof DoppelError)) throw error;
    expect(['file-missing', 'file-unreadable', 'file-changed', 'damaged-archive']).toContain(error.code);
    expect(error.message).toContain(name);
  }
});

function unaccounted({ records, events, setAside, rejected }: InputSummary): number {
  return records - Object.values(setAside).reduce((sum, count) => sum + count, events + rejected);
}
