import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Parameters } from '../../shared/domain';
import type { Database } from '../db';
import { detect } from './detect';
import { emptyDatabase, makeEvents } from './made-events';
import type { MadeEvent } from './made-events';

const DAY = Date.parse('2026-03-02T08:00:00Z');
const MINUTE = 60_000;

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(() => database.close());

function stay(user: string, ip: string, from: number, to: number): MadeEvent {
  const session = `${user} ${ip} ${from}`;
  return { time: DAY + to * MINUTE, action: 'close', user, ip, session, start: DAY + from * MINUTE };
}

async function whyNone(events: readonly MadeEvent[], changes: Partial<Parameters> = {}): Promise<string[]> {
  await makeEvents(database, events);
  return (await detect(database, { ...DEFAULT_PARAMETERS, ...changes })).whyNone;
}

test('tells its steps in order', async () => {
  await makeEvents(database, [stay('a', 'A', 0, 10), stay('a', 'B', 5, 15)]);
  const seen: [string, number][] = [];
  await detect(database, DEFAULT_PARAMETERS, { progress: ({ step, records }) => seen.push([step, records]) });
  expect(seen).toEqual([
    ['evidence', 2],
    ['segments', 2],
    ['presence', 2],
    ['overlaps', 2],
    ['findings', 2],
  ]);
});

test('says why there is nothing', async () => {
  expect(await whyNone([])).toEqual(['There is no event in the log.']);
  expect(await whyNone([stay('a', 'A', 0, 10), stay('b', 'A', 0, 10)])).toEqual([
    'None of the 2 users was at more than one source IP.',
  ]);
  expect(await whyNone([stay('a', 'A', 0, 10), stay('a', 'B', 11, 15), stay('b', 'A', 0, 1)])).toEqual([
    'Of the 2 users, 1 was at more than one source IP, but never at two at once.',
    'The nearest that two source IPs of one user came is 1 min.',
  ]);
  expect(await whyNone([{ time: DAY, action: 'close', user: 'a', ip: 'A', session: 's' }])).toEqual([
    'No session proves that a user was present.',
    'Orphan close records, which do not say when their session began, prove no presence: 1.',
  ]);
});

test('says what the parameters have hidden', async () => {
  const overlap = [stay('a', 'A', 0, 10), stay('a', 'B', 5, 15)];
  expect(await whyNone(overlap, { minOverlapMs: 10 * MINUTE })).toEqual([
    'The longest time that two source IPs of one user overlapped is 5 min, less than the minimum of 10 min.',
  ]);
  expect(await whyNone(overlap, { fromMs: DAY + 24 * 60 * MINUTE })).toEqual([
    expect.stringMatching(/^The log has nothing in that time: its events are from .* to .*\.$/u),
    expect.stringContaining('was looked at'),
  ]);
  expect(await whyNone(overlap, { fromMs: DAY + 12 * MINUTE })).toEqual([
    'The only user was never at more than one source IP.',
    'Only presence from 2026-03-02T08:12:00.000Z was looked at.',
  ]);
  const open: MadeEvent[] = [
    { time: DAY, action: 'open', user: 'a', ip: 'A', session: 's' },
    { time: DAY + 20 * MINUTE, action: 'active', user: 'a', ip: 'A', session: 's' },
  ];
  expect((await whyNone([...open, stay('a', 'B', 5, 15)], { openSessions: 'ignore' })).at(-1)).toBe(
    '1 of the 2 sessions has no close record: such sessions are left out.',
  );
  expect((await whyNone(open)).at(-1)).toBe('There are no close records: such sessions end when last seen.');
});

test('a user with very many overlaps: all are counted, the earliest are listed, and nothing is quadratic', async () => {
  // 2,000 source IPs at once: 1,999,000 overlaps
  const ips = 2000;
  const many = Array.from({ length: ips }, (_, index) => stay('busy', `ip ${index}`, index, ips + 10));
  await makeEvents(database, [...many, stay('calm', 'A', 0, 10), stay('calm', 'B', 5, 15)]);
  const summary = await detect(database, DEFAULT_PARAMETERS, { listedPerUser: 1000 });
  expect(summary).toMatchObject({ findings: 2, overlaps: (ips * (ips - 1)) / 2 + 1, cappedUsers: 1 });
  const listed = await database.use(undefined, (connection) =>
    connection.rows('select user_key, count(*), max(lo) from overlap group by user_key order by user_key'),
  );
  // the one that starts in minute n overlaps n earlier ones: minutes 1 to 44 make 990 overlaps, minute 45 makes 45 more
  expect(listed).toEqual([
    ['busy', 1000, DAY + 45 * MINUTE],
    ['calm', 1, DAY + 5 * MINUTE],
  ]);
});

test('ids depend on nothing that a second run could change, and no two values run together', async () => {
  const ids = async (): Promise<unknown> =>
    database.use(undefined, (connection) => connection.rows('select id from overlap union all select id from finding'));
  const events = [
    stay('a', 'A', 0, 10),
    stay('a', 'AB', 5, 15),
    stay('aA', 'A', 0, 10),
    stay('aA', 'B', 5, 15),
    stay('a","A', 'A', 0, 10),
    stay('a","A', 'B', 5, 15),
  ];
  await makeEvents(database, events);
  await detect(database, DEFAULT_PARAMETERS);
  const first = await ids();
  await makeEvents(database, [stay('zoe', 'A', 0, 1), ...events.toReversed()]);
  await detect(database, { ...DEFAULT_PARAMETERS, minOverlapMs: MINUTE, toMs: DAY + 14 * MINUTE });
  expect(await ids()).toEqual(first);
  expect(new Set(String(first).split(',')).size).toBe(6);
});

test('two detections at once run one after the other; the later one stays', async () => {
  await makeEvents(database, [stay('a', 'A', 0, 10), stay('a', 'B', 5, 15)]);
  const [first, second] = await Promise.all([
    detect(database, DEFAULT_PARAMETERS),
    detect(database, { ...DEFAULT_PARAMETERS, minOverlapMs: 10 * MINUTE }),
  ]);
  expect([first.findings, second.findings]).toEqual([1, 0]);
  const [left] = await database.use(undefined, (connection) => connection.row('select count(*) from finding'));
  expect(left).toBe(0);
});
