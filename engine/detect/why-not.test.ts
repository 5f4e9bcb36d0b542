import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Parameters } from '../../shared/domain';
import { WhyNot } from '../../shared/why-not';
import type { Database } from '../db';
import { detect } from './detect';
import { emptyDatabase, makeEvents } from './made-events';
import type { MadeEvent } from './made-events';
import { whyNot } from './why-not';

const DAY = Date.parse('2026-03-02T08:00:00Z');
const at = (minutes: number): number => DAY + minutes * 60_000;

function stay(user: string, ip: string, from: number, to: number): MadeEvent {
  return { time: at(to), action: 'close', user, ip, session: `${user} ${ip} ${from}`, start: at(from) };
}

const EVENTS: MadeEvent[] = [
  stay('Ann', 'A', 0, 10),
  stay('ann', 'B', 5, 15),
  stay('bob', 'A', 0, 10),
  stay('carl', 'A', 0, 10),
  stay('carl', 'B', 12, 15),
  stay('carl', 'C', 16, 20),
  stay('carl', 'C', 25, 30),
  stay('dora', 'A', 0, 10),
  stay('dora', 'B', 10, 20),
  { time: at(5), action: 'close', user: 'emil', ip: 'A', session: 'e' },
  { time: at(5), action: 'open', user: 'fay', ip: 'A', session: 'f' },
];

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase();
  await makeEvents(database, EVENTS);
});
afterAll(() => database.close());

async function why(user: string, changes: Partial<Parameters> = {}): Promise<WhyNot> {
  const parameters = { ...DEFAULT_PARAMETERS, ...changes };
  await detect(database, parameters);
  return v.parse(WhyNot, await whyNot(database, parameters, user));
}

test('each user gets the condition that decided', async () => {
  expect(await why('ann')).toMatchObject({ reason: 'flagged', DstUserName: 'Ann', distinctIps: 2, sessions: 2 });
  expect(await why('bob')).toMatchObject({ reason: 'one-ip', distinctIps: 1, nearest: null });
  expect(await why('dora')).toMatchObject({ reason: 'touching' });
  expect(await why('emil')).toMatchObject({ reason: 'no-presence', orphanCloses: 1, segmentIps: 0 });
});

test('who was never at two at once is told the nearest that two came', async () => {
  expect(await why('carl')).toMatchObject({
    reason: 'apart',
    nearest: { PreviousSrcIpAddr: 'B', previousEnd: at(15), SrcIpAddr: 'C', start: at(16), sharedMs: 0 },
  });
});

test('what the parameters have hidden is told', async () => {
  expect(await why('ann', { minOverlapMs: 6 * 60_000 })).toMatchObject({
    reason: 'too-short',
    nearest: { PreviousSrcIpAddr: 'A', SrcIpAddr: 'B', start: at(5), sharedMs: 5 * 60_000 },
  });
  expect(await why('ann', { toMs: at(4) })).toMatchObject({ reason: 'outside-period', segmentIps: 2, distinctIps: 1 });
  expect(await why('fay', { openSessions: 'ignore' })).toMatchObject({ reason: 'no-presence', openSessions: 1 });
});

test('a user who is not in the log is no question', async () => {
  await expect(why('nobody')).rejects.toMatchObject({ code: 'bad-params' });
});
