/** Clocks that differ are told, with the files and what to do; a log whose clocks agree is not warned about. */
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from './made-log';

const files = new MadeFiles();
afterAll(() => files.remove());
let count = 0;

const START = Date.UTC(2026, 2, 2, 8);

/** LogTimestamp as LSS writes it, of a clock that is ahead by so many seconds. */
function clock(ms: number, ahead = 0): string {
  const [, day = '', month = '', year = '', time = ''] =
    /(\d+) (\w+) (\d+) (\S+)/u.exec(new Date(ms + ahead * 1000).toUTCString()) ?? [];
  return `Mon ${month} ${day.replace(/^0/u, ' ')} ${time} ${year}`;
}

interface Connection {
  id: string;
  from: number;
  to: number;
}

/** The opening and the closing of a connection; `bare`: a template without the times of connections. */
function records({ id, from, to }: Connection, ahead = 0, bare = false): Record<string, unknown>[] {
  const iso = (ms: number): string => (bare ? '' : new Date(ms).toISOString());
  const own = { SessionID: `s${id}`, ConnectionID: `s${id},c`, TimestampConnectionStart: iso(from) };
  return [
    activity(0, { ...own, LogTimestamp: clock(from, ahead) }),
    activity(0, { ...own, LogTimestamp: clock(to, ahead), ConnectionStatus: 'close', TimestampConnectionEnd: iso(to) }),
  ];
}

const day: Connection[] = Array.from({ length: 30 }, (_, index) => ({
  id: `${index}`,
  from: START + index * 130_000,
  to: START + index * 130_000 + 45_000 + index * 7000,
}));

async function warningsOf(...logs: (readonly Record<string, unknown>[])[]) {
  const paths = logs.map((log, index) => files.write(`log-${count++}-${'abc'[index]}`, jsonLines(log)));
  const { inputs, warnings } = (await files.open(paths)).summary;
  return { own: inputs.map((input) => input.warnings), between: warnings.filter((text) => text.includes('clock')) };
}

const of = (log: readonly Connection[], ahead = 0, bare = false): Record<string, unknown>[] =>
  log.flatMap((connection) => records(connection, ahead, bare));

test('a clock that is ahead of the connections in its own records', async () => {
  const { own, between } = await warningsOf(of(day), of(day, 7200));
  expect(own).toEqual([[], [expect.stringMatching(/mostly 2 h later.*such as \+02:00 where/u)]]);
  expect(between).toEqual([
    expect.stringMatching(
      /^the clock of log-\d+-b is 2 h ahead of that of log-\d+-a, by 60 of its records.*\+02:00 where/u,
    ),
  ]);
});

test('a clock that is off by what no time zone is', async () => {
  const { own, between } = await warningsOf(of(day), of(day, -40));
  expect(own).toEqual([[], []]);
  expect(between).toEqual([expect.stringMatching(/-b is 40 s behind that of log-\d+-a.*the computer that wrote it$/u)]);
});

test('records without the times of their connections, against those of another file', async () => {
  const { between } = await warningsOf(of(day), of(day, -3600, true));
  expect(between).toEqual([expect.stringMatching(/-b is 1 h behind that of log-\d+-a.*-01:00 where/u)]);
});

test('records without such times in any file, that two of them hold', async () => {
  const { own, between } = await warningsOf(of(day, 0, true), of(day.slice(10), 19_800, true));
  expect(own).toEqual([[], []]);
  expect(between).toEqual([
    expect.stringMatching(/-a is 5 h 30 min behind that of log-\d+-b, by 40 records that both hold/u),
  ]);
});

test('times of connections that are wrong with the clock', async () => {
  const { between } = await warningsOf(
    of(day),
    of(day.map(({ id, from, to }) => ({ id, from: from + 3_600_000, to: to + 3_600_000 }))),
  );
  expect(between).toEqual([expect.stringMatching(/-a is 1 h behind that of log-\d+-b, by 60 records that both hold/u)]);
});

test('a session id that is used again says nothing about clocks', async () => {
  const again = (offset: (index: number) => number): Record<string, unknown>[] =>
    day.flatMap(({ id, from }, index) =>
      records({ id, from: from + offset(index), to: from + offset(index) + 60_000 }),
    );
  const { between } = await warningsOf(
    again(() => 0),
    again((index) => 3_600_000 + index * 61_000),
  );
  expect(between).toEqual([]);
});

const connection = fc.record({
  start: fc.integer({ min: 0, max: 6 * 3600 }),
  length: fc.integer({ min: 0, max: 3600 }),
  /** In which of two files its opening and its closing are, or in both. */
  where: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
});

test(
  'random logs in two files, of which some records are in both, have no skew unless there is one',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(connection, { minLength: 30, maxLength: 60 }),
        fc.boolean(),
        fc.constantFrom(0, 0, 600, -7200, 19_800),
        async (made, bare, ahead) => {
          const split = (file: number): Record<string, unknown>[] =>
            made.flatMap(({ start, length, where }, index) =>
              records(
                { id: `${index}`, from: START + start * 1000, to: START + (start + length) * 1000 },
                file === 2 ? ahead : 0,
                bare,
              ).filter((_, end) => ((where[end] ?? 0) & file) !== 0),
            );
          const both = made.flatMap(({ where }) => where).filter((where) => where === 3).length;
          fc.pre(both >= 5);
          const { own, between } = await warningsOf(split(1), split(2));
          const [first, second] = own.map((warnings) => warnings.map((text) => text.includes('another time zone')));
          expect([first, second]).toEqual([[], ahead === 0 || bare ? [] : [true]]);
          expect(between).toHaveLength(ahead === 0 ? 0 : 1);
        },
      ),
      { numRuns: 25 },
    );
  },
);
