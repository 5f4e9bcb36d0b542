/** One bad line costs one line: every kind of bad line stands between good ones, and only it may be missing. */
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { Log } from './open-log';
import { activity, jsonLines, MadeFiles } from './made-log';

const files = new MadeFiles();
afterAll(() => files.remove());
let count = 0;

async function open(content: string | Uint8Array, suffix = 'ndjson'): Promise<Log> {
  return files.open([files.write(`log-${count++}.${suffix}`, content)]);
}

/** The session ids of the events, in order. */
async function sessions(log: Log): Promise<unknown[]> {
  const rows = await log.database.use(undefined, (connection) =>
    connection.rows('select session_id from event order by id'),
  );
  return rows.map(([session]) => session);
}

async function rejects(log: Log): Promise<{ line: number; reason: string }[]> {
  return (await log.rejected({ offset: 0, limit: 1000 })).rows.map(({ line, reason }) => ({ line, reason }));
}

function expectBalanced({ summary }: Log): void {
  for (const { records, events, setAside, rejected, incomplete } of summary.inputs) {
    expect(Object.values(setAside).reduce((sum, n) => sum + n, events + rejected)).toBe(records);
    expect(incomplete).toBeUndefined();
  }
}

const good = (session: string): string => JSON.stringify(activity(1, { SessionID: session }));
const GOOD = ['g1', 'g2', 'g3', 'g4', 'g5', 'g6'] as const;

/** Three good lines, the bad ones, three good lines. */
function around(bad: string | Uint8Array, lineEnd = '\n'): Buffer {
  const line = (text: string): Buffer => Buffer.from(text + lineEnd);
  return Buffer.concat([
    ...GOOD.slice(0, 3).map((session) => line(good(session))),
    Buffer.from(bad),
    Buffer.from(lineEnd),
    ...GOOD.slice(3).map((session) => line(good(session))),
  ]);
}

describe('JSON lines', () => {
  const deep = 100_000;
  test.each<[string, string | Uint8Array, string[]]>([
    ['words', 'hello this is not json', ['not-json']],
    ['an array', '[1,2,3]', ['not-an-object']],
    ['a number', '42', ['not-an-object']],
    ['null', 'null', ['not-an-object']],
    ['two objects', `${good('x')} ${good('y')}`, ['not-json']],
    ['garbage after an object', `${good('x')} garbage`, ['not-json']],
    ['an object over two lines', good('x').replace(',', ',\n'), ['not-json', 'not-json']],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('{"Username":"x'), Buffer.of(0xff, 0xfe), Buffer.from('"}')]),
      ['not-utf8'],
    ],
    [
      'an overlong character',
      Buffer.concat([Buffer.from('{"Username":"x'), Buffer.of(0xc0, 0xaf), Buffer.from('"}')]),
      ['not-utf8'],
    ],
    [
      'half a surrogate in bytes',
      Buffer.concat([Buffer.from('{"Username":"x'), Buffer.of(0xed, 0xa0, 0x80), Buffer.from('"}')]),
      ['not-utf8'],
    ],
    ['half a surrogate as an escape', String.raw`{"Username":"x\ud800y"}`, ['not-json']],
    ['a raw NUL', '{"Username":"x\0y"}', ['not-json']],
    ['a block of NULs', Buffer.alloc(4096), ['not-json']],
    ['a raw control character', '{"Username":"x\u0001y"}', ['not-json']],
    ['an open string', '{"Username":"x', ['not-json']],
    ['a cut after a colon', '{"Username":', ['not-json']],
    ['a cut after a comma', '{"Username":"x",', ['not-json']],
    ['a cut after a bracket', '{"Username":[', ['not-json']],
    ['a no-break space', '\u00a0', ['not-json']],
    ['no time', JSON.stringify(activity(1, { LogTimestamp: '', TimestampConnectionStart: '' })), ['no-time']],
    [
      'a time that nobody can read',
      JSON.stringify(activity(1, { LogTimestamp: 'soon', TimestampConnectionStart: '' })),
      ['no-time'],
    ],
  ])('%s costs only itself', async (_, bad, reasons) => {
    const log = await open(around(bad));
    expect(await sessions(log)).toEqual(GOOD);
    expect(await rejects(log)).toEqual(reasons.map((reason, index) => ({ line: 4 + index, reason })));
    expectBalanced(log);
  });

  test.each<[string, string]>([
    ['an escaped NUL', String.raw`"\u0000"`],
    ['deep arrays', '['.repeat(deep) + ']'.repeat(deep)],
    ['deep objects', '{"a":'.repeat(deep) + '1' + '}'.repeat(deep)],
    ['an enormous number', `1${'0'.repeat(400)}`],
    ['a prototype', '{"__proto__":{"polluted":true}}'],
  ])('a record with %s in a field that does not matter is an event', async (_, value) => {
    const log = await open(around(`${good('x').slice(0, -1)},"Other":${value},"__proto__":${value}}`));
    expect(await sessions(log)).toEqual(['g1', 'g2', 'g3', 'x', 'g4', 'g5', 'g6']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expectBalanced(log);
  });

  test('of a name that a record has twice the first counts', async () => {
    const log = await open(around(`{"SessionID":"first",${good('x').slice(1)}`));
    expect((await sessions(log))[3]).toBe('first');
  });

  test('values that are no text are read as text, not dropped', async () => {
    const log = await open(around(JSON.stringify(activity(1, { SessionID: 7, Username: 12.5 }))));
    expect((await sessions(log))[3]).toBe('7');
  });

  test('blank lines are counted and every line keeps its number', async () => {
    const log = await open(around('\n \t \n\r\n\f'));
    expect(log.summary.inputs[0]).toMatchObject({ records: 10, events: 6, setAside: { 'blank-line': 4 } });
    expect([3, 4].map((ordinal) => log.lineOf(0, ordinal))).toEqual([3, 8]);
  });

  test('a record cut at any byte costs itself, wherever the cut is', { timeout: 120_000 }, async () => {
    const record = Buffer.from(good('x'));
    const cuts = Array.from({ length: record.length - 1 }, (_, index) => record.subarray(0, index + 1));
    const lines = cuts.flatMap((cut, index) => [cut, Buffer.from(good(`s${index}`))]);
    const log = await open(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])));
    expect(await sessions(log)).toEqual(cuts.map((_, index) => `s${index}`));
    expect(await rejects(log)).toEqual(cuts.map((_, index) => ({ line: 2 * index + 1, reason: 'not-json' })));
  });

  test('a file cut at any byte of its last record keeps all records before it', async () => {
    const whole = around(good('x'));
    const last = Buffer.byteLength(good('g6'));
    for (let cut = 1; cut <= last; cut += 23) {
      const log = await open(whole.subarray(0, whole.length - 1 - cut));
      expect(await sessions(log)).toEqual(['g1', 'g2', 'g3', 'x', 'g4', 'g5']);
      const isCutInside = cut < last;
      expect(log.summary.inputs[0]?.warnings).toEqual(isCutInside ? ['the file ends in the middle of a line'] : []);
      expectBalanced(log);
    }
  });

  test('a line of 40 MB costs itself, in little memory', { timeout: 120_000 }, async () => {
    for (const pack of [(bytes: Buffer) => bytes, gzipSync]) {
      const log = await open(pack(around(Buffer.alloc(40_000_000, 'x'))));
      expect(await sessions(log)).toEqual(GOOD);
      expect(await rejects(log)).toEqual([{ line: 4, reason: 'line-too-long' }]);
      expectBalanced(log);
    }
  });

  test.each([
    ['CRLF', around(good('x'), '\r\n')],
    ['CR alone', around(good('x'), '\r')],
    ['a byte order mark', Buffer.concat([Buffer.from('\ufeff'), around(good('x'))])],
    ['UTF-16 LE', Buffer.from(`\ufeff${around(good('x')).toString()}`, 'utf16le')],
    ['UTF-16 BE', Buffer.from(`\ufeff${around(good('x')).toString()}`, 'utf16le').swap16()],
    ['no final line end', around(good('x')).subarray(0, -1)],
  ])('%s makes no difference', async (_, content) => {
    const log = await open(content);
    expect(await sessions(log)).toEqual(['g1', 'g2', 'g3', 'x', 'g4', 'g5', 'g6']);
    expect(log.lineOf(0, 4)).toBe(4);
    expectBalanced(log);
  });
});

describe('names', () => {
  test('names in another letter case, and several of them in one file, are all read', async () => {
    const lines = [
      activity(0, { SessionID: 'a' }),
      { ...activity(1), Username: undefined, USERNAME: 'u', SessionID: 'b' },
    ];
    const log = await open(jsonLines(lines));
    expect(await sessions(log)).toEqual(['a', 'b']);
  });

  test('names that no sample holds are learned from the records that lack a field', async () => {
    const plain = Array.from({ length: 60_000 }, (_, index) => activity(index % 600));
    const rare = {
      LogTimestamp: 'Mon Mar  2 08:15:03 2026',
      SessionStatus: 'ZPN_STATUS_AUTHENTICATED',
      Username: 'u',
      PublicIP: '198.51.100.9',
      SessionID: 'rare',
    };
    plain.splice(20_011, 0, rare);
    const log = await open(jsonLines(plain));
    expect(log.summary).toMatchObject({ events: 60_001, rejected: 0 });
    expect((await sessions(log))[20_011]).toBe('rare');
  });
});

describe('order', () => {
  // long enough for several of the pieces that DuckDB's threads take in turn
  const Other = 'x'.repeat(1000);
  const records = Array.from({ length: 40_000 }, (_, index) =>
    activity(index % 600, { SessionID: `s${index + 1}`, Other }),
  );
  const header = Object.keys(records[0] ?? {}).join(',');
  const rows = records.map((record) =>
    Object.values(record)
      .map((cell) => `"${String(cell)}"`)
      .join(','),
  );

  test.each<[string, () => string]>([
    ['JSON lines, the fast way', () => jsonLines(records)],
    ['JSON lines, the careful way', () => `${jsonLines(records)}not json\n`],
    ['ZPA_CL rows', () => jsonLines(records.map((record) => ({ Message: JSON.stringify(record) })))],
    ['CSV', () => `${header}\n${rows.join('\n')}\n`],
    ['repaired CSV', () => `${header}\n${rows.join('\n')}\n"\n`],
  ])('%s: every record keeps its place on several threads', async (_, make) => {
    const path = files.write(`order-${count++}`, make());
    for (const threads of [2, 4]) {
      const log = await files.open([path], { threads });
      const misplaced = await log.database.use(undefined, (connection) =>
        connection.row("select count(*) filter (session_id <> 's' || ordinal), count(*) from event"),
      );
      expect(misplaced).toEqual([0, 40_000]);
    }
  });
});

describe('archives', () => {
  const text = jsonLines(Array.from({ length: 3000 }, (_, index) => activity(index % 600, { SessionID: `s${index}` })));

  test('what comes before the end of a cut archive is read, and the input is incomplete', async () => {
    const packed = gzipSync(text);
    const log = await open(packed.subarray(0, Math.floor((packed.length * 2) / 3)), 'gz');
    const [input] = log.summary.inputs;
    expect(input?.incomplete).toMatch(/ends too early/);
    expect(input?.events).toBeGreaterThan(1000);
    expect(await sessions(log)).toEqual(Array.from({ length: input?.events ?? 0 }, (_, index) => `s${index}`));
  });

  test('a wrong checksum makes the input incomplete, and no record is lost', async () => {
    const packed = gzipSync(text);
    packed[packed.length - 6]! ^= 0xff;
    const log = await open(packed, 'gz');
    expect(log.summary.inputs[0]).toMatchObject({ events: 3000, incomplete: expect.stringMatching(/damaged/) });
  });

  test('a file is what it holds, not what it is called', async () => {
    expect((await open(gzipSync(text))).summary.events).toBe(3000);
    expect((await open(text, 'ndjson.gz')).summary.events).toBe(3000);
  });
});

describe('CSV', () => {
  const header = 'LogTimestamp,ConnectionStatus,Username,ClientPublicIP,SessionID';
  const row = (session: string): string => `Mon Mar  2 08:15:03 2026,open,u,198.51.100.9,${session}`;

  function rowsAround(bad: string, before = 3, after = 3): string {
    const rows = (from: number, n: number): string[] =>
      Array.from({ length: n }, (_, index) => row(`s${from + index}`));
    return `${[header, ...rows(0, before), bad, ...rows(before, after)].join('\n')}\n`;
  }

  test.each([
    ['an open quote', row('"x'), 'bad-quoting'],
    ['text after a quote', row('"x"y'), 'bad-quoting'],
    ['a cell too few', 'a,b', 'too-few-cells'],
    ['a cell too many', `${row('x')},more`, 'too-many-cells'],
    ['a line of 3 MB', row('x'.repeat(3_000_000)), 'line-too-long'],
  ])('%s costs only its line', async (_, bad, reason) => {
    const log = await open(rowsAround(bad), 'csv');
    expect(await sessions(log)).toEqual(['s0', 's1', 's2', 's3', 's4', 's5']);
    expect(await rejects(log)).toEqual([{ line: 5, reason }]);
    expect(log.lineOf(0, 4)).toBe(6);
    expectBalanced(log);
  });

  test('an open quote in the middle of 20,000 rows costs one row', async () => {
    const log = await open(rowsAround(row('"x'), 10_000, 10_000), 'csv');
    expect(log.summary).toMatchObject({ events: 20_000, rejected: 1 });
    expect(await rejects(log)).toEqual([{ line: 10_002, reason: 'bad-quoting' }]);
  });

  test('mixed line ends, blank lines and cells of several lines keep every row and its line', async () => {
    const text = `\n${header}\r\n${row('a')}\n\n${row('"b\nb"')}\r\n${row('c')}`;
    const log = await open(text, 'csv');
    expect(await sessions(log)).toEqual(['a', 'b\nb', 'c']);
    expect([1, 2, 3].map((ordinal) => log.lineOf(0, ordinal))).toEqual([3, 5, 7]);
    expect(log.summary.inputs[0]).toMatchObject({ records: 5, setAside: { 'blank-line': 2 } });
    expectBalanced(log);
  });

  test.each([';', '\t'])('cells parted by %j are read', async (delimiter) => {
    const log = await open(rowsAround(row('x')).replaceAll(',', delimiter), 'csv');
    expect(log.summary).toMatchObject({ events: 7, rejected: 0 });
  });

  test('a header with hostile, empty and equal names does no harm', async () => {
    const text = `"x""; drop table record; --",,a,A,__proto__,${header}\n1,2,3,4,5,${row('s')}\n`;
    expect(await sessions(await open(text, 'csv'))).toEqual(['s']);
  });
});
