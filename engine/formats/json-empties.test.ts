import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from '../ingest/made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

const empty = (index: number): string =>
  JSON.stringify(activity(index, { Customer: 'a: ,} b', TrustedNetworks: null })).replaceAll('null', '');
/** More than is looked at to recognise a file. */
const many = Array.from({ length: 4000 }, (_, index) => activity(index));

test.each<[string, (text: string) => string | Uint8Array]>([
  ['plain', (text) => text],
  ['gzip', (text) => gzipSync(text)],
])('empty values that first occur far into a file are read as null: %s', { timeout: 30_000 }, async (name, pack) => {
  const bad = '{"Username": ,"ClientPublicIP": ,';
  const text = `${jsonLines(many)}${empty(1)}\n${bad}\n${empty(2)}\n`;
  const log = await files.open([files.write(`late-${name}`, pack(text))]);
  expect(log.summary.inputs[0]).toMatchObject({ records: 4003, events: 4002, rejected: 1 });
  expect((await log.rejected({ offset: 0, limit: 10 })).rows).toMatchObject([{ line: 4002, reason: 'not-json' }]);
  expect(log.lineOf(0, 4003)).toBe(4003);
});

test('text that only looks empty is no reason for a copy', async () => {
  const log = await files.open([files.write('text', jsonLines([activity(1, { Customer: 'a: ,} b' })]))]);
  expect(log.summary.inputs[0]).toMatchObject({ format: 'LSS JSON lines', events: 1 });
});
