import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Database } from '../db';
import { Decisions } from '../decisions/decisions';
import { detect } from '../detect/detect';
import { emptyDatabase, makeEvents } from '../detect/made-events';
import type { MadeEvent } from '../detect/made-events';
import { findingsPage } from '../lists/findings';
import { exportFindings } from './findings-csv';

const AT = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;
const decisions = new Decisions();

function stay(user: string, ip: string, from: number, to: number): MadeEvent {
  return { time: AT + to * MINUTE, action: 'close', user, ip, session: `${user} ${ip}`, start: AT + from * MINUTE };
}

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase();
  const users = ['=cmd', ...Array.from({ length: 4500 }, (_, index) => `user ${index}`)];
  await makeEvents(
    database,
    users.flatMap((user) => [stay(user, 'A', 0, 10), stay(user, 'B', 5, 15)]),
  );
  await detect(database, DEFAULT_PARAMETERS);
  await decisions.in(database);
  const { rows } = await findingsPage(database, { offset: 0, limit: 1, filter: { text: '=cmd' } });
  decisions.set(
    [
      {
        finding: rows[0]?.id ?? '',
        status: 'closed',
        verdict: 'true positive',
        assignee: '@ops',
        tags: ['vpn', 'x'],
        notes: [{ id: 'n', text: 'called\n"yes"', author: 'ann', ts: AT }],
        changedAt: AT,
        changedBy: 'ann',
      },
    ],
    true,
  );
  await decisions.in(database);
});
afterAll(() => database.close());

test('every row of the table is written once, over all pieces, in its order', async () => {
  const query = { sort: { by: 'DstUserName', descending: true }, raw: true } as const;
  let text = '';
  let pieces = 0;
  for (let cursor: number | null = 0; cursor !== null; pieces++) {
    const piece: { text: string; next: number | null } = await exportFindings(database, decisions, {
      ...query,
      cursor,
    });
    text += piece.text;
    cursor = piece.next;
  }
  const rows = Papa.parse<string[]>(text.trimEnd()).data;
  expect(pieces).toBe(2);
  expect(rows).toHaveLength(4502);
  const users = rows.slice(1).map((row) => row[1]);
  expect(users).toEqual(users.toSorted((a = '', b = '') => (a < b ? 1 : -1)));
});

test('decisions and notes stand beside the finding, only the columns asked for, neutralised', async () => {
  const columns = ['DstUserName', 'OverlapSeconds', 'Status', 'Verdict', 'Assignee', 'Tags', 'Notes'] as const;
  const { text, next } = await exportFindings(database, decisions, {
    filter: { text: '=cmd' },
    columns: [...columns],
    raw: false,
    cursor: 0,
  });
  expect(next).toBeNull();
  expect(Papa.parse<string[]>(text.trimEnd()).data).toEqual([
    [...columns],
    ["'=cmd", '300', 'closed', 'true positive', "'@ops", 'vpn;x', 'called\n"yes" (ann, 2026-03-02T10:00:00.000Z)'],
  ]);
});
