import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Database } from '../db';
import { detect } from '../detect/detect';
import { emptyDatabase, makeEvents } from '../detect/made-events';
import type { MadeEvent } from '../detect/made-events';
import { relatedPage } from './related';

const stay = (user: string, ip: string, session: string, device: string | null = null): MadeEvent => ({
  time: 3_600_000,
  action: 'close',
  user,
  ip,
  session,
  start: 0,
  device,
});

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase(1);
  await makeEvents(database, [
    stay('Ann', '10.0.0.1', 'ann-1', 'laptop-7'),
    stay('Ann', '203.0.113.9', 'ann-2'),
    stay('Ann', '192.0.2.200', 'ann-3'),
    // at the IP that everybody is at
    ...['Bob', 'Cem', 'Dan', 'Eve'].map((user) => stay(user, '192.0.2.200', `${user}-1`)),
    stay('Bob', '203.0.113.9', 'Bob-2'),
    stay('Cem', '10.0.0.3', 'Cem-2', 'laptop-7'),
    stay('Dan', '10.0.0.4', 'ann-1'),
    stay('Eve', '10.0.0.5', 'Eve-2'),
    // shares an IP, but is not flagged
    stay('Fay', '203.0.113.9', 'Fay-1'),
    stay('Gus', '10.0.0.6', 'Gus-1'),
    stay('Gus', '10.0.0.7', 'Gus-2'),
  ]);
  await detect(database, DEFAULT_PARAMETERS);
});
afterAll(() => database.close());

const related = (user: string, page = { offset: 0, limit: 100 }) => relatedPage(database, { user, ...page });

test('a session says most, then a device, then a source IP that few were at', async () => {
  const { total, rows } = await related('ann');
  expect(total).toBe(4);
  expect(
    rows.map(({ finding, sessions, devices, ips, usersAtIp }) => [finding.user, sessions, devices, ips, usersAtIp]),
  ).toEqual([
    ['dan', ['ann-1'], [], ['192.0.2.200'], 5],
    ['cem', [], ['laptop-7'], ['192.0.2.200'], 5],
    ['bob', [], [], ['203.0.113.9', '192.0.2.200'], 3],
    ['eve', [], [], ['192.0.2.200'], 5],
  ]);
  expect(rows[2]).toMatchObject({ ipCount: 2, sessionCount: 0, deviceCount: 0, finding: { DstUserName: 'Bob' } });
});

test('who shares nothing has none, and nothing is found by a text that is no user', async () => {
  expect(await related('gus')).toEqual({ total: 0, rows: [] });
  expect(await related("ann' or true --")).toEqual({ total: 0, rows: [] });
});

test('a user who is not flagged has related findings too; pages are cut from one order', async () => {
  expect((await related('fay')).rows.map(({ finding }) => finding.user)).toEqual(['ann', 'bob']);
  const second = await related('ann', { offset: 1, limit: 1 });
  expect([second.total, second.rows[0]?.finding.user]).toEqual([4, 'cem']);
});
