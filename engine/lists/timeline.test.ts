import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS, ENDINGS, STARTINGS } from '../../shared/domain';
import type { Parameters } from '../../shared/domain';
import { detect } from '../detect/detect';
import { emptyDatabase, makeEvents } from '../detect/made-events';
import type { MadeEvent } from '../detect/made-events';
import type { Database } from '../db';
import { timelineArea, timelineOf, timelineRecords } from './timeline';

const MINUTE = 60_000;
const [HOME, OFFICE] = ['198.51.100.7', '203.0.113.9'];
const seen = (minute: number, ip: string, session: string, more: Partial<MadeEvent> = {}): MadeEvent => ({
  time: minute * MINUTE,
  action: 'active',
  user: 'Ann',
  ip,
  session,
  ...more,
});

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase(1);
});
afterAll(() => database.close());

async function ends(events: readonly MadeEvent[], change: Partial<Parameters> = {}) {
  await makeEvents(database, events);
  await detect(database, { ...DEFAULT_PARAMETERS, ...change });
  const { segments, lanes } = await timelineOf(database, 'ann');
  return [...segments.start].map((start, index) => [
    lanes[segments.lane[index] ?? -1]?.SrcIpAddr,
    start / MINUTE,
    (segments.lastSeen[index] ?? 0) / MINUTE,
    STARTINGS[segments.starting[index] ?? -1],
    ENDINGS[segments.ending[index] ?? -1],
  ]);
}

test('a session that goes on at another IP is handed over, both where it left and where it came', async () => {
  const close = seen(90, OFFICE, 's', { action: 'close', start: 40 * MINUTE, end: 90 * MINUTE });
  expect(await ends([seen(10, HOME, 's', { start: 0 }), seen(30, HOME, 's'), seen(40, OFFICE, 's'), close])).toEqual([
    [HOME, 0, 30, 'told', 'handed-over'],
    [OFFICE, 40, 90, 'handed-over', 'closed'],
  ]);
});

test('a session that is at two IPs at once is not handed over, nor one that comes back after the idle gap', async () => {
  expect(await ends([seen(30, HOME, 's', { start: 0 }), seen(50, OFFICE, 's', { start: 20 * MINUTE })])).toEqual([
    [HOME, 0, 30, 'told', 'last-seen'],
    [OFFICE, 20, 50, 'told', 'last-seen'],
  ]);
  expect(await ends([seen(0, HOME, 's'), seen(30, OFFICE, 's')], { idleGapMs: 10 * MINUTE })).toEqual([
    [HOME, 0, 0, 'first-seen', 'last-seen'],
    [OFFICE, 30, 30, 'first-seen', 'last-seen'],
  ]);
});

test('an assumed end keeps when the session was last seen', async () => {
  const events = [seen(0, HOME, 's'), seen(20, HOME, 's'), seen(100, OFFICE, 't', { user: 'bob' })];
  expect(await ends(events, { openSessions: 'log-end' })).toEqual([[HOME, 0, 20, 'first-seen', 'log-end']]);
});

test('records come by time, the earliest where there are too many, and are counted in full', async () => {
  await makeEvents(database, [
    seen(3, OFFICE, 's'),
    seen(1, HOME, 's'),
    seen(2, HOME, 't'),
    seen(4, HOME, 's', { user: 'bob' }),
  ]);
  const { ips, lane, time, total } = await timelineRecords(database, 'ann');
  expect([...time].map((at, index) => [at / MINUTE, ips[lane[index] ?? -1]])).toEqual([
    [1, HOME],
    [2, HOME],
    [3, OFFICE],
  ]);
  expect(total).toBe(3);
  const cut = await timelineRecords(database, 'ann', undefined, 2);
  expect([[...cut.time], cut.total]).toEqual([[1 * MINUTE, 2 * MINUTE], 3]);
  expect(await timelineRecords(database, 'nobody')).toMatchObject({ total: 0, ips: [] });
});

test('an area holds what touches it, of the chosen IPs alone', async () => {
  const stay = (from: number, to: number, ip: string): MadeEvent =>
    seen(to, ip, `${ip} ${from}`, { action: 'close', start: from * MINUTE });
  await makeEvents(database, [stay(0, 60, HOME), stay(30, 40, OFFICE), stay(50, 70, OFFICE), stay(55, 57, '10.0.0.1')]);
  await detect(database, DEFAULT_PARAMETERS);
  const area = (from: number, to: number, ...ips: string[]) =>
    timelineArea(database, { user: 'ann', ips, from: from * MINUTE, to: to * MINUTE });
  expect(await area(40, 60, HOME, OFFICE)).toEqual({ records: 2, segments: 3, ips: 2, overlaps: 2 });
  expect(await area(41, 49, HOME, OFFICE)).toEqual({ records: 0, segments: 1, ips: 1, overlaps: 0 });
  expect(await area(0, 100, OFFICE)).toEqual({ records: 2, segments: 2, ips: 1, overlaps: 0 });
  expect(await area(0, 100, "nobody'; drop table event")).toEqual({ records: 0, segments: 0, ips: 0, overlaps: 0 });
});
