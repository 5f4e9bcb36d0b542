import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { methods } from '../../shared/contract';
import type { Method, Result } from '../../shared/contract';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Database } from '../db';
import { Decisions } from '../decisions/decisions';
import { detect } from '../detect/detect';
import { emptyDatabase, makeEvents } from '../detect/made-events';
import type { MadeEvent } from '../detect/made-events';
import { eventsPage } from './events';
import { findingIds, findingsPage } from './findings';
import { overlapsHistogram } from './histogram';
import { overlapsPage } from './overlaps';
import { segmentsPage } from './segments';
import { subjectsOf } from './subjects';
import { timelineOf, timelineSessions } from './timeline';
import { usersPage } from './users';

const DAY = Date.parse('2026-03-02T00:00:00Z');
const at = (clock: string): number => Date.parse(`2026-03-02T${clock}:00Z`);

/** A closed connection of one session. */
function stay(user: string, ip: string, session: string | null, start: string, end: string): MadeEvent {
  return {
    time: at(end),
    action: 'close',
    user,
    ip,
    session,
    start: at(start),
    country: ip.startsWith('9') ? 'US' : 'DE',
  };
}

const EVENTS: MadeEvent[] = [
  stay('Ann@example.com', '10.0.0.1', 'ann-day', '10:00', '14:00'),
  stay('ann@example.com', '9.9.9.1', 'ann-x', '11:00', '11:30'),
  stay('ann@example.com', '9.9.9.1', 'ann-y', '13:00', '13:15'),
  { time: at('12:00'), action: 'open', user: 'ann@example.com', ip: '9.9.9.2', session: null, country: 'US' },
  stay('bob_%@example.com', '10.0.0.1', 'bob-1', '10:00', '12:00'),
  stay('bob_%@example.com', '10.0.0.3', 'bob-2', '11:00', '12:00'),
  stay('carl@example.com', '10.0.0.4', 'carl-1', '08:00', '18:00'),
  stay('dora@example.com', '10.0.0.1', 'dora-1', '10:00', '11:00'),
  stay('dora@example.com', '10.0.0.5', 'dora-2', '10:00', '11:00'),
];

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase();
  await makeEvents(database, EVENTS);
  await detect(database, DEFAULT_PARAMETERS);
  await new Decisions().in(database);
});
afterAll(() => database.close());

const all = { offset: 0, limit: 100 };
const log = () => ({ database, files: [{ name: 'day.ndjson' }], lineOf: (_: number, ordinal: number) => ordinal + 1 });
const users = (result: Result<'findings.page'>): string[] => result.rows.map((row) => row.user);
const starts = (result: Result<'overlaps.page'>): number[] => result.rows.map((row) => row.overlapStart);

function check<M extends Method>(method: M, result: Result<M>): Result<M> {
  expect(v.safeParse(methods[method].result, result).issues).toBeUndefined();
  return result;
}

test('findings: those that overlapped longest first, then by user', async () => {
  const result = check('findings.page', await findingsPage(database, all));
  expect(users(result)).toEqual(['bob_%@example.com', 'dora@example.com', 'ann@example.com']);
  expect(result.rows[2]).toMatchObject({
    user: 'ann@example.com',
    DstUserName: 'ann@example.com', // as the record of 11:30 spells it, the earliest
    distinctIps: 3,
    maxConcurrentIps: 2,
    overlapCount: 3,
    overlapSeconds: 45 * 60,
    firstOverlap: at('11:00'),
    lastOverlap: at('13:15'),
    countries: ['DE', 'US'],
  });
});

test('findings: sorted both ways, cut by position', async () => {
  const by = (descending: boolean) => ({ by: 'overlapCount', descending }) as const;
  expect(users(await findingsPage(database, { ...all, sort: by(true) }))[0]).toBe('ann@example.com');
  expect(users(await findingsPage(database, { ...all, sort: by(false) }))[2]).toBe('ann@example.com');
  const middle = await findingsPage(database, { offset: 1, limit: 1, sort: by(true) });
  expect([middle.total, users(middle)]).toEqual([3, ['bob_%@example.com']]);
  expect(users(await findingsPage(database, { offset: 5, limit: 1 }))).toEqual([]);
});

test('findings: the ids alone, of a stretch of the list that the page shows', async () => {
  const query = { sort: { by: 'DstUserName', descending: true }, filter: { text: '10.0.0.1' } } as const;
  const rows = (await findingsPage(database, { ...all, ...query })).rows;
  expect(rows).toHaveLength(3);
  const stretch = check('findings.ids', await findingIds(database, { ...query, offset: 1, limit: 10_000 }));
  expect(stretch).toEqual({ total: 3, ids: rows.slice(1).map(({ id }) => id) });
});

test.each([
  ['ANN@', ['ann@example.com']],
  ['10.0.0.3', ['bob_%@example.com']],
  ['10.0.0.4', []],
  ['_%', ['bob_%@example.com']],
  ['a%a', []],
  ['Dora-2', ['dora@example.com']],
  ["'; drop table finding; --", []],
])('findings: the text %j is searched for as it is, without regard to case', async (text, expected) => {
  expect(users(await findingsPage(database, { ...all, filter: { text } }))).toEqual(expected);
});

test('overlaps: by start, with the sessions of both sides', async () => {
  const result = check('overlaps.page', await overlapsPage(database, { ...all, user: 'ann@example.com' }));
  expect(result.rows.map((row) => [row.SrcIpAddr, row.overlapStart, row.overlapSeconds, row.sessionIds])).toEqual([
    ['9.9.9.1', at('11:00'), 1800, ['ann-x']],
    ['9.9.9.2', at('12:00'), 0, []],
    ['9.9.9.1', at('13:00'), 900, ['ann-y']],
  ]);
  expect(result.rows.map((row) => row.previousSessionIds)).toEqual([['ann-day'], ['ann-day'], ['ann-day']]);
  expect(result.rows.map((row) => [row.sessionIdCount, row.previousSessionIdCount])).toEqual([
    [1, 1],
    [0, 1],
    [1, 1],
  ]);
  expect(result.rows[0]).toMatchObject({ DstUserName: 'ann@example.com', PreviousSrcIpAddr: '10.0.0.1' });
});

test('overlaps: of all users, sorted and searched', async () => {
  const longest = await overlapsPage(database, { ...all, sort: { by: 'overlapSeconds', descending: true } });
  expect(longest.rows.map((row) => row.overlapSeconds)).toEqual([3600, 3600, 1800, 900, 0]);
  expect(starts(await overlapsPage(database, { ...all, text: 'ann-Y' }))).toEqual([at('13:00')]);
  expect(starts(await overlapsPage(database, { ...all, text: 'ann-day' }))).toEqual([
    at('11:00'),
    at('12:00'),
    at('13:00'),
  ]);
  expect(starts(await overlapsPage(database, { ...all, text: 'ann-day', user: 'dora@example.com' }))).toEqual([]);
  expect(starts(await overlapsPage(database, { ...all, text: '9.9.9.2' }))).toEqual([at('12:00')]);
});

test('segments of a user', async () => {
  const result = check('segments.page', await segmentsPage(database, { ...all, user: 'ann@example.com' }));
  expect(result.rows.map((row) => [row.start, row.sessionId, row.ending])).toEqual([
    [at('10:00'), 'ann-day', 'closed'],
    [at('11:00'), 'ann-x', 'closed'],
    [at('12:00'), '', 'last-seen'],
    [at('13:00'), 'ann-y', 'closed'],
  ]);
  expect(result.rows.map((row) => [row.starting, row.lastSeen === row.end])).toEqual([
    ['told', true],
    ['told', true],
    ['first-seen', true],
    ['told', true],
  ]);
  const sort = { by: 'sessionId', descending: true } as const;
  const searched = await segmentsPage(database, { ...all, user: 'ann@example.com', text: 'ANN-', sort });
  expect(searched.rows.map((row) => row.sessionId)).toEqual(['ann-y', 'ann-x', 'ann-day']);
});

test('events, with the line where each one stands', async () => {
  const result = check('events.page', await eventsPage(log(), { ...all, user: 'ann@example.com' }));
  expect(result.rows.map((row) => [row.time, row.line])).toEqual([
    [at('11:30'), 3],
    [at('12:00'), 5],
    [at('13:15'), 4],
    [at('14:00'), 2],
  ]);
  expect(result.rows[1]).toMatchObject({ action: 'open', sessionId: null, connectionStart: null, file: 'day.ndjson' });
  const nullsLast = await eventsPage(log(), { ...all, text: 'ann', sort: { by: 'sessionId', descending: true } });
  expect(nullsLast.rows.at(-1)?.sessionId).toBeNull();
});

test('histogram: what goes on in each stretch, for whom', async () => {
  // presence is from 08:00 to 18:00: 20 bins of half an hour
  const counted = check('overlaps.histogram', await overlapsHistogram(database, { bins: 20 }));
  expect([counted.from, counted.to]).toEqual([at('08:00'), at('18:00')]);
  expect([...counted.overlaps]).toEqual([0, 0, 0, 0, 1, 1, 2, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect([...counted.users]).toEqual([0, 0, 0, 0, 1, 1, 2, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const ann = await overlapsHistogram(database, { bins: 1, user: 'ann@example.com' });
  expect([[...ann.overlaps], [...ann.users]]).toEqual([[3], [1]]);
  const searched = await overlapsHistogram(database, { bins: 1, filter: { text: 'dora' } });
  expect([...searched.overlaps]).toEqual([1]);
});

test('timeline: lanes by first presence, segments by lane', async () => {
  const timeline = check('timeline.get', await timelineOf(database, 'ann@example.com'));
  expect(timeline.lanes).toEqual([
    { SrcIpAddr: '10.0.0.1', countries: ['DE'], network: 'private' },
    { SrcIpAddr: '9.9.9.1', countries: ['US'], network: 'public' },
    { SrcIpAddr: '9.9.9.2', countries: ['US'], network: 'public' },
  ]);
  expect([...timeline.segments.lane]).toEqual([0, 1, 1, 2]);
  expect([...timeline.segments.start]).toEqual([at('10:00'), at('11:00'), at('13:00'), at('12:00')]);
  expect([...timeline.segments.ending]).toEqual([0, 0, 0, 1]);
  const { names, session } = check('timeline.sessions', await timelineSessions(database, 'ann@example.com'));
  expect([...session].map((place) => names[place])).toEqual(['ann-day', 'ann-x', 'ann-y', '']);
  expect([...timeline.overlaps.lane]).toEqual([1, 2, 1]);
  expect([...timeline.overlaps.previousLane]).toEqual([0, 0, 0]);
  expect([timeline.from, timeline.to]).toEqual([at('10:00'), at('14:00')]);
  expect((await timelineOf(database, 'nobody')).lanes).toEqual([]);
});

test('a list that many sorts have pushed out is made anew; a cancelled one harms no other caller', async () => {
  const texts = Array.from({ length: 12 }, (_, index) => `ann${'@'.repeat(index % 2)}${index < 2 ? '' : `-${index}`}`);
  const pages = await Promise.all(texts.map((text) => findingsPage(database, { ...all, filter: { text } })));
  expect(pages.map((page) => page.total)).toEqual([1, 1, ...Array.from({ length: 10 }, () => 0)]);
  const controller = new AbortController();
  const given = findingsPage(database, { ...all, filter: { text: 'exam' } }, controller.signal);
  const other = findingsPage(database, { ...all, filter: { text: 'exam' } });
  controller.abort();
  await expect(given).rejects.toMatchObject({ code: 'cancelled' });
  expect((await other).total).toBe(3);
  const tables = (): Promise<number> =>
    database.use(undefined, async (connection) =>
      Number((await connection.row("select count(*) from duckdb_tables() where table_name like 'ordered_list%'"))[0]),
    );
  await expect.poll(tables).toBe(8);
});

test('pages read across a new detection are of one detection', async () => {
  const changing = await emptyDatabase();
  await makeEvents(changing, EVENTS);
  await detect(changing, DEFAULT_PARAMETERS);
  const strict = { ...DEFAULT_PARAMETERS, minOverlapMs: 3_600_000 };
  const pages: Promise<string>[] = [];
  for (let round = 0; round < 5; round++) {
    const runs = [detect(changing, strict), detect(changing, DEFAULT_PARAMETERS)];
    while (pages.length < (round + 1) * 8) {
      pages.push(findingsPage(changing, all).then((page) => `${page.total}: ${users(page).join()}`));
    }
    await Promise.all(runs);
  }
  const seen = new Set(await Promise.all(pages));
  const possible = ['2: bob_%@example.com,dora@example.com', '3: bob_%@example.com,dora@example.com,ann@example.com'];
  expect(possible).toEqual(expect.arrayContaining([...seen]));
  changing.close();
});

test('a cancelled detection leaves the earlier findings', async () => {
  const controller = new AbortController();
  const run = detect(
    database,
    { ...DEFAULT_PARAMETERS, fromMs: DAY, toMs: DAY },
    { signal: controller.signal, progress: ({ step }) => step === 'findings' && controller.abort() },
  );
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  expect((await findingsPage(database, all)).total).toBe(3);
});

test('all users are listed, with or without a finding', async () => {
  const page = check('users.page', await usersPage(database, { ...all, sort: { by: 'records', descending: true } }));
  expect(page.total).toBe(4);
  expect(page.rows[0]).toMatchObject({ user: 'ann@example.com', DstUserName: 'ann@example.com', records: 4 });
  const unflagged = await usersPage(database, { ...all, flagged: false });
  expect(unflagged.rows.map(({ user, distinctIps, finding }) => [user, distinctIps, finding])).toEqual([
    ['carl@example.com', 1, null],
  ]);
  expect((await usersPage(database, { ...all, flagged: true, text: '10.0.0.5' })).rows[0]).toMatchObject({
    user: 'dora@example.com',
    finding: expect.any(String),
  });
});

test('whom findings are about: user, source IPs of the overlaps; those not found are left out', async () => {
  const [bob, , ann] = (await findingsPage(database, all)).rows;
  const subjects = check('findings.subjects', await subjectsOf(database, [bob!.id, ann!.id, 'gone']));
  expect(subjects).toEqual({
    [bob!.id]: {
      user: 'bob_%@example.com',
      DstUserName: 'bob_%@example.com',
      ips: ['10.0.0.1', '10.0.0.3'],
      distinctIps: 2,
    },
    [ann!.id]: {
      user: 'ann@example.com',
      DstUserName: 'ann@example.com',
      ips: ['10.0.0.1', '9.9.9.1', '9.9.9.2'],
      distinctIps: 3,
    },
  });
});
