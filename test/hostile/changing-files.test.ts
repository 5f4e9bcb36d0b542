/** A file that grows, shrinks, is replaced or goes away while it is read is told; what was read of it is accounted for. */
import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import type { InputSummary } from '../../shared/domain';
import { DoppelError } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';

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
  const outcome = await files.open([path], { progress }).then(
    ({ summary }) => summary.inputs[0],
    (error: unknown) => error,
  );
  expect(isChanged).toBe(true);
  // either some of it was read, and that is told, or nothing of it could be, which is told of the file
  const isTold =
    outcome instanceof DoppelError
      ? SAID.includes(outcome.code) && outcome.message.includes(name)
      : isIncomplete(outcome as InputSummary | undefined); // what is thrown by others is none, and fails here
  expect({ outcome: String(outcome), isTold }).toMatchObject({ isTold: true });
});

const SAID: readonly ErrorCode[] = ['file-missing', 'file-unreadable', 'file-changed', 'damaged-archive'];

function isIncomplete(input: InputSummary | undefined): boolean {
  return input?.incomplete !== undefined && unaccounted(input) === 0;
}

function unaccounted({ records, events, setAside, rejected }: InputSummary): number {
  return records - Object.values(setAside).reduce((sum, count) => sum + count, events + rejected);
}
