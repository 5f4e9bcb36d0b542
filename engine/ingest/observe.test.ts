/** What is noticed about a log as a whole: each sign in a log that has it, and none in one that does not. */
import { afterAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from './made-log';

const files = new MadeFiles();
afterAll(() => files.remove());
let count = 0;

const START = Date.UTC(2026, 2, 2, 8);

/** A record at a minute of the day, of a connection of its own that began at that minute unless `changes` says otherwise. */
function at(minute: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const iso = new Date(START + minute * 60_000).toISOString();
  return activity(0, {
    LogTimestamp: iso,
    TimestampConnectionStart: iso,
    SessionID: `s${minute}`,
    ConnectionID: `s${minute},c`,
    ...changes,
  });
}

const closed = (minute: number): Record<string, unknown>[] => [
  at(minute),
  at(minute, {
    ConnectionStatus: 'close',
    TimestampConnectionEnd: new Date(START + minute * 60_000).toISOString(),
  }),
];

async function summaryOf(...logs: (readonly Record<string, unknown>[])[]) {
  const paths = logs.map((records) => files.write(`log-${count++}.ndjson`, jsonLines(records)));
  return (await files.open(paths)).summary;
}

const minutes = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

test('an ordinary log has nothing to warn about', async () => {
  const summary = await summaryOf(minutes(0, 120).flatMap(closed));
  expect(summary).toMatchObject({ orphanCloses: 0, duplicates: 0, warnings: [], coverageGaps: [] });
});

test('a repeated event is a duplicate, in the input where it comes again; another connection at that moment is none', async () => {
  const summary = await summaryOf([at(0), at(1), at(1), at(1, { ConnectionID: 's1,other' })], [at(1), at(2)]);
  expect(summary.inputs.map(({ duplicates, events }) => [duplicates, events])).toEqual([
    [1, 4],
    [1, 2],
  ]);
  expect(summary.duplicates).toBe(2);
});

test('a close without a start is an orphan unless its session is seen otherwise', async () => {
  const close = (session: string) =>
    at(9, { ConnectionStatus: 'close', SessionID: session, TimestampConnectionStart: '', ConnectionID: session });
  const summary = await summaryOf([at(1), close('s1'), close('never'), close('gone')]);
  expect(summary.inputs[0]).toMatchObject({ events: 4, orphanCloses: 2 });
});

test('a silence much longer than usual is a gap, with its times; short ones and those of a thin log are none', async () => {
  const gap = await summaryOf([...minutes(0, 90), ...minutes(150, 200)].flatMap(closed));
  expect(gap.coverageGaps).toEqual([{ from: START + 89 * 60_000, to: START + 150 * 60_000 }]);
  expect(gap.warnings).toContainEqual(
    expect.stringMatching(/^no record of anybody.*2026-03-02 09:29:00 UTC to 2026-03-02 10:30:00 UTC \(1 h 1 min/u),
  );
  const short = await summaryOf([...minutes(0, 90), ...minutes(100, 200)].flatMap(closed));
  const thin = await summaryOf([0, 90, 200, 400].flatMap(closed));
  expect([short.coverageGaps, thin.coverageGaps]).toEqual([[], []]);
});

test('sessions that began before the log or have not ended with it are counted', async () => {
  const before = new Date(START - 3_600_000).toISOString();
  const summary = await summaryOf([
    ...minutes(0, 30).flatMap(closed),
    at(0, { SessionID: 'old', TimestampConnectionStart: before }),
    at(29, { SessionID: 'open' }),
  ]);
  expect(summary.warnings).toEqual([
    '1 session was already open when the log begins: what happened before is not in it',
    '1 session was still open when the log ends: the true end is not in it',
  ]);
});

test('hashes, ports, odd addresses and session ids of several users are told', async () => {
  const summary = await summaryOf([
    at(0, { Username: 'a'.repeat(64), SessionID: 'one' }),
    at(1, { ClientPublicIP: 'b'.repeat(64), SessionID: 'one' }),
    at(2, { ClientPublicIP: '198.51.100.7:443' }),
    at(3, { ClientPublicIP: '[2001:db8::1]:443' }),
    at(4, { ClientPublicIP: 'fe80::1%eth0' }),
    at(5, { ClientPublicIP: '010.0.0.1' }),
  ]);
  expect(summary.warnings).toEqual([
    '1 of 2 user names look like hashes: they tell users apart, not who they are',
    '1 source IP looks like a hash: nothing can be told about networks or places',
    '1 source IP looks like no IP address and is compared as text',
    '2 source IPs are written with a port, which was left out',
    `1 session id is used by more than one user, which ZPA does not do by itself: one (${'a'.repeat(64)}, user0@example.test)`,
  ]);
});

test('as many records as an export can have are told', async () => {
  const records = minutes(0, 1000).flatMap(closed);
  expect((await summaryOf(records)).inputs[0]?.warnings).toEqual([
    expect.stringMatching(/^it has exactly 2,000 records/u),
  ]);
  expect((await summaryOf(records.slice(1))).inputs[0]?.warnings).toEqual([]);
});

test('where all times are those of collection, gaps between them are told', async () => {
  const collected = (minute: number): Record<string, unknown> => ({
    ...at(minute, { TimeGenerated: new Date(START + minute * 60_000).toISOString() }),
    LogTimestamp: '',
  });
  const summary = await summaryOf([...minutes(0, 90), ...minutes(150, 200)].map(collected));
  expect(summary.coverageGaps).toEqual([{ from: START + 89 * 60_000, to: START + 150 * 60_000 }]);
});
