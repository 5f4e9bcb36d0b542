/** Promises 6 and 8: in whatever encoding a log is, its records are read; what cannot be decoded costs its own line. */
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { DoppelError } from '../../shared/errors';
import { MadeFiles } from '../../engine/ingest/made-log';
import type { Log } from '../../engine/ingest/open-log';
import { arrayAround, expectWhole, good, linesAround, rejectsOf, row, rowsAround, SESSIONS, sessionsOf } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());
let count = 0;
const open = (content: Uint8Array): Promise<Log> => files.open([files.write(`log-${count++}`, content)]);

const ALL = ['g1', 'g2', 'g3', 'x', 'g4', 'g5', 'g6'];
const utf16 = (bytes: Uint8Array): Buffer => Buffer.from(`\ufeff${Buffer.from(bytes).toString()}`, 'utf16le');
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe.each<[string, Buffer, Buffer]>([
  ['JSON lines', linesAround(good('x')), linesAround(good('x').replaceAll('Ltd', 'Ä € \u{1f600}'))],
  ['CSV', rowsAround(row('x')), rowsAround(row('x').replace(',u,', ',Ä € \u{1f600},'))],
  ['a JSON array', arrayAround(good('x')), arrayAround(good('x').replaceAll('Ltd', 'Ä € \u{1f600}'))],
])('promise 6: %s', (_, plain, wide) => {
  test.each<[string, (content: Buffer) => Buffer]>([
    ['a byte order mark', (content) => Buffer.concat([Buffer.from('\ufeff'), content])],
    ['UTF-16 LE', utf16],
    ['UTF-16 BE', (content) => utf16(content).swap16()],
    ['UTF-16 LE, packed', (content) => gzipSync(utf16(content))],
    ['CRLF', (content) => Buffer.from(content.toString().replaceAll('\n', '\r\n'))],
    ['CRLF in UTF-16', (content) => utf16(Buffer.from(content.toString().replaceAll('\n', '\r\n')))],
    ['CR alone', (content) => Buffer.from(content.toString().replaceAll('\n', '\r'))],
    ['no line end at the end', (content) => content.subarray(0, -1)],
  ])('with %s gives the same records', async (_name, encode) => {
    for (const content of [plain, wide]) {
      const log = await open(encode(content));
      expect(await sessionsOf(log)).toEqual(ALL);
      expectWhole(log.summary);
    }
  });

  test('UTF-16 without a mark, and UTF-32, are refused in words or read, never half', async () => {
    for (const content of [utf16(plain).subarray(2), Buffer.from([...plain].flatMap((byte) => [byte, 0, 0, 0]))]) {
      const outcome = await open(content).then(sessionsOf, (error: unknown) => error);
      const code = outcome instanceof DoppelError ? outcome.code : undefined;
      expect([ALL, 'no-zpa-records']).toContainEqual(code ?? outcome);
    }
  });
});

describe('promise 8: what cannot be decoded costs its own line', () => {
  const BAD: [string, Buffer][] = [
    ['Latin-1', bytes('M\xfcller')],
    ['an overlong character', bytes('\xc0\xaf')],
    ['half a surrogate', bytes('\xed\xa0\x80')],
    ['a character cut off', bytes('\xe2\x82')],
  ];
  test.each(BAD)('%s', async (_, bad) => {
    const json = Buffer.concat([Buffer.from('{"Username":"'), bad, Buffer.from('"}')]);
    const csv = Buffer.concat([Buffer.from('Mon Mar  2 08:15:03 2026,open,'), bad, Buffer.from(',198.51.100.9,x')]);
    for (const [content, line] of [
      [linesAround(json), 4],
      [arrayAround(json), 4],
      [rowsAround(csv), 5],
    ] as const) {
      const log = await open(content);
      expect(await sessionsOf(log)).toEqual(SESSIONS);
      expect(await rejectsOf(log)).toEqual([`${line} not-utf8`]);
      expectWhole(log.summary);
    }
  });

  test('half a surrogate and an odd byte in UTF-16', async () => {
    const whole = utf16(linesAround(good('x')));
    const log = await open(whole.subarray(0, -1));
    expect((await sessionsOf(log)).slice(0, 6)).toEqual(ALL.slice(0, 6));
    expect(log.summary.records).toBeGreaterThanOrEqual(7);
    const broken = Buffer.from(whole);
    broken.writeUInt16LE(0xd800, whole.indexOf(Buffer.from('Ltd', 'utf16le')));
    expect(await sessionsOf(await open(broken))).toHaveLength(7);
  });

  test('NUL bytes: raw ones in JSON cost the line; in a CSV they are part of the text', async () => {
    const json = await open(linesAround(good('x').replace('Ltd', 'L\0d')));
    expect(await rejectsOf(json)).toEqual(['4 not-json']);
    const csv = await open(rowsAround(row('x\0y')));
    expect(await sessionsOf(csv)).toEqual(ALL.map((session) => (session === 'x' ? 'x\0y' : session)));
    const block = await open(rowsAround(Buffer.alloc(4096)));
    expect(await sessionsOf(block)).toEqual(SESSIONS);
    for (const log of [json, csv, block]) expectWhole(log.summary);
  });
});
