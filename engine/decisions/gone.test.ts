import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FindingState } from '../../shared/decisions';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Database } from '../db';
import { detect } from '../detect/detect';
import { emptyDatabase, makeEvents } from '../detect/made-events';
import type { MadeEvent } from '../detect/made-events';
import { findingsPage } from '../lists/findings';
import { Decisions } from './decisions';
import { goneDecisions } from './gone';

const at = (clock: string): number => Date.parse(`2026-03-02T${clock}:00Z`);
const stay = (user: string, ip: string, start: string, end: string): MadeEvent => ({
  time: at(end),
  action: 'close',
  user,
  ip,
  session: `${user} ${ip}`,
  start: at(start),
  country: 'DE',
});
const EVENTS = [
  stay('ann', '10.0.0.1', '10:00', '14:00'),
  stay('ann', '9.9.9.1', '11:00', '13:00'),
  stay('bea', '10.0.0.1', '10:00', '14:00'),
  stay('bea', '9.9.9.1', '13:50', '15:00'),
];
const all = { offset: 0, limit: 100 };

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase();
  await makeEvents(database, EVENTS);
});
afterAll(() => database.close());

const state = (finding: string, user: string | undefined, changedAt: number, changes: Partial<FindingState> = {}) => ({
  finding,
  status: 'in progress' as const,
  verdict: null,
  assignee: null,
  tags: [],
  notes: [],
  changedAt,
  changedBy: 'ann',
  ...(user !== undefined && { subject: { user, DstUserName: user, ips: [], distinctIps: 2 } }),
  ...changes,
});

test('decisions stay with their finding through other parameters; what has none is told, and why', async () => {
  await detect(database, DEFAULT_PARAMETERS);
  const ids = Object.fromEntries((await findingsPage(database, all)).rows.map(({ user, id }) => [user, id]));
  const decisions = new Decisions();
  decisions.set(
    [
      state(ids['ann']!, 'ann', 1),
      state(ids['bea']!, 'bea', 2),
      state('of another log', 'cid', 3),
      state('before subjects were told', undefined, 4),
      state('all taken back', 'dan', 5, { status: 'new' }),
    ],
    true,
  );
  const gone = async (page = all) => goneDecisions(await decisions.in(database), page);
  const others = [
    { finding: 'before subjects were told', why: 'user-unknown' },
    { finding: 'of another log', why: 'not-in-log' },
  ];
  expect(await gone()).toEqual({ total: 2, rows: others });

  await detect(database, { ...DEFAULT_PARAMETERS, minOverlapMs: 3_600_000 }); // bea overlaps for ten minutes
  expect(await gone()).toEqual({ total: 3, rows: [...others, { finding: ids['bea'], why: 'not-flagged' }] });
  expect(await gone({ offset: 1, limit: 1 })).toEqual({ total: 3, rows: [others[1]] });
  expect(await gone({ offset: 9, limit: 1 })).toEqual({ total: 3, rows: [] });

  await detect(database, DEFAULT_PARAMETERS);
  expect((await gone()).total).toBe(2);
});
