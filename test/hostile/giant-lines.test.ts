/** Promises 8 and 13: one line of 100 MB costs that line, whatever the format, and memory stays bounded. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { MadeFiles } from '../../engine/ingest/made-log';
import { detectIn, MOST_MB } from './command';
import { arrayAround, linesAround, row, rowsAround } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());

const GIANT = 100_000_000;
const LONG = 'the line is too long';
const MIB = 2 ** 20;
const x = (bytes = GIANT): Buffer => Buffer.alloc(bytes, 'x');
const between = (before: string, after: string): Buffer =>
  Buffer.concat([Buffer.from(before), x(), Buffer.from(after)]);

describe('promise 8: a line of 100 MB costs itself; promise 13: memory is bounded', { timeout: 120_000 }, () => {
  test.each<[string, number, string, () => Buffer]>([
    ['lines.ndjson', 4, LONG, () => linesAround(between('{"LogTimestamp":"', '"}'))],
    ['rows.csv', 5, LONG, () => rowsAround(between(row(''), ''))],
    ['quoted.csv', 5, LONG, () => rowsAround(between(row('"'), '"'))],
    ['array.json', 4, LONG, () => arrayAround(between('{"LogTimestamp":"', '"}'))],
    ['brackets.json', 4, 'not valid JSON', () => arrayAround(Buffer.alloc(GIANT, '['))],
    ['packed.ndjson.gz', 4, LONG, () => gzipSync(linesAround(x()), { level: 1 })],
  ])('%s, line %i: %s', (name, line, reason, make) => {
    const { status, inputs, rejected, peakMb } = detectIn(files.folder, files.write(name, make()));
    expect(status).toBe(0);
    expect(inputs).toMatchObject([{ records: 7, events: 6, rejected: 1 }]);
    expect(rejected).toMatchObject([{ line, reason }]);
    expect(peakMb).toBeLessThan(MOST_MB);
  });

  test.each<[string, () => Buffer]>([
    ['only.ndjson', () => between('{"LogTimestamp":"', '"}')],
    ['only.csv', () => between('LogTimestamp,ConnectionStatus,Username,ClientPublicIP,SessionID\n', '')],
    ['only.json', () => between('[{"LogTimestamp":"', '"}]')],
    ['header.csv', () => between('LogTimestamp,ConnectionStatus,Username,ClientPublicIP,', `\n${row('s')}\n`)],
  ])('%s: when nothing else is there, that is said in one line', (name, make) => {
    const { status, stderr, peakMb } = detectIn(files.folder, files.write(name, make()));
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^doppel: .*${name}.*\\n$`));
    expect(peakMb).toBeLessThan(MOST_MB);
  });

  test('a line of 1 GB of zeros out of an archive of 1 MB', () => {
    // members of an archive follow one another, and one is enough to make them all
    const zeros = gzipSync(Buffer.alloc(16 * MIB));
    const members = Array.from({ length: 63 }, () => zeros);
    const path = files.write(
      'zeros.gz',
      Buffer.concat([gzipSync(linesAround('')), ...members, gzipSync(linesAround(''))]),
    );
    const { inputs, rejected, peakMb } = detectIn(files.folder, path);
    expect(inputs).toMatchObject([{ records: 14, events: 11, rejected: 1 }]);
    expect(rejected).toMatchObject([{ line: 8, reason: LONG }]);
    expect(peakMb).toBeLessThan(MOST_MB);
  });
});

describe('promise 13: a file that is bad throughout', { timeout: 120_000 }, () => {
  const many = 1_000_000;
  test.each<[string, string, (lines: (bad: string | Uint8Array) => Buffer) => Buffer]>([
    ['short lines', 'not valid JSON', (around) => around('x\n'.repeat(many - 1) + 'x')],
    [
      'lines that are not UTF-8',
      'not valid UTF-8 text',
      (around) => around(Buffer.alloc(2 * many - 1, Buffer.of(0xff, 0x0a))),
    ],
  ])('%s: all are counted, in bounded memory', (name, reason, make) => {
    mkdirSync(join(files.folder, 'many'), { recursive: true });
    const path = files.write(join('many', name), make(linesAround));
    const { inputs, rejected, peakMb } = detectIn(files.folder, path);
    expect(inputs).toMatchObject([{ records: many + 6, events: 6, rejected: many }]);
    expect(rejected[999]).toMatchObject({ line: 1003, reason });
    expect(peakMb).toBeLessThan(MOST_MB + 300);
  });
});
