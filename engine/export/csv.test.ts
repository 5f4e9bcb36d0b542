import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Params } from '../../shared/contract';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Database } from '../db';
import { Decisions } from '../decisions/decisions';
import { detect } from '../detect/detect';
import { emptyDatabase, makeEvents } from '../detect/made-events';
import type { MadeEvent } from '../detect/made-events';
import { exportCsv } from './csv';
import { neutralise, readBack } from './neutralise';

const DAY = Date.parse('2026-03-02T00:00:00Z');
const HOUR = 3_600_000;
const HEADER =
  'DstUserName,SrcIpAddr,PreviousSrcIpAddr,AccountCustomEntity,IPCustomEntity,OverlapStart,OverlapEnd,OverlapSeconds,' +
  'SessionIds,PreviousSessionIds,Severity,Tactics,Techniques,RuleId,FindingId';

/** What spreadsheets have been seen to run, or to change, and texts that look like it. */
const PAYLOADS = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1,1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  "'=1+1",
  '＝1+1',
  '＋1+1',
  '－1+1',
  '＠SUM(1,1)',
  '=HYPERLINK("http://127.0.0.1/x","click")',
  "=cmd|' /C calc'!A0",
  'a\n=1+1',
  'a\r\n=1+1',
  'x;=1+1',
  '\u200b=1+1',
  '\ufeff=1+1',
  '\u00a0=1+1',
  '\u202e=1+1',
  '\0=1+1',
  '|=1+1',
  '%=1+1',
  '=1+1\t',
  '"=1+1',
  '-5',
  '+15551234',
  '00123',
  '1e5',
  '2026-01-02',
  '1/2',
  '10.0.0.1',
  '::1',
  '{=1+1}',
  '#REF!',
  '\x0b=1+1',
  '\x0c=1+1',
  '\u2028=1+1',
  '\u3000=1+1',
];

let database: Database;
beforeAll(async () => {
  database = await emptyDatabase();
  await new Decisions().in(database);
});
afterAll(() => database.close());

/** Two hours at one source IP, and an hour within them at another. */
function overlapping(user: string, session = 's', hours = 2): MadeEvent[] {
  return [
    { time: DAY + hours * HOUR, action: 'close', user, ip: '10.0.0.1', session: `${session}1`, start: DAY },
    { time: DAY + hours * HOUR, action: 'close', user, ip: '10.0.0.2', session: `${session}2`, start: DAY + HOUR },
  ];
}

async function exported(events: readonly MadeEvent[], params: Partial<Params<'export.csv'>> = {}): Promise<string> {
  await makeEvents(database, events);
  await detect(database, DEFAULT_PARAMETERS);
  return all(params);
}

async function all(params: Partial<Params<'export.csv'>> = {}): Promise<string> {
  let text = '';
  for (let cursor: number | null = 0; cursor !== null;) {
    const piece = await exportCsv(database, { raw: false, ...params, cursor });
    text += piece.text;
    cursor = piece.next;
  }
  return text;
}

const ordered = (texts: string[]): string[] => texts.toSorted((a, b) => (a < b ? -1 : 1));
const column = (rows: string[][], place: number): string[] => ordered(rows.map((row) => row[place] ?? ''));
const parsed = (csv: string): string[][] => Papa.parse<string[]>(csv, { skipEmptyLines: true }).data;

test('one line an overlap, text quoted, lines ended by CRLF', async () => {
  expect(await exported(overlapping('Ann "A" <ann@example.com>'))).toBe(
    `${HEADER}\r\n` +
      '"Ann ""A"" <ann@example.com>","10.0.0.2","10.0.0.1","Ann ""A"" <ann@example.com>","10.0.0.2",' +
      '"2026-03-02T01:00:00.000Z","2026-03-02T02:00:00.000Z",3600,"s2","s1","High","InitialAccess","T1078;T1133",' +
      '"40a98355-0e52-479f-8c91-4ab659cba878","c4f5bae85eab97fe"\r\n',
  );
});

test('nothing found is the header alone', async () => {
  expect(await exported([{ time: DAY, action: 'open', user: 'a', ip: '10.0.0.1' }])).toBe(`${HEADER}\r\n`);
});

test('the rule that neutralises is undone exactly', () => {
  expect(PAYLOADS).toHaveLength(41);
  expect(PAYLOADS.map(neutralise).map(readBack)).toEqual(PAYLOADS);
  expect(PAYLOADS.map(neutralise).filter((cell) => /^[=+\-@\t\r\n\0＝＋－＠]/.test(cell))).toEqual([]);
  expect(neutralise('')).toBe('');
});

test('hostile values in every text column come back exactly, neutralised or raw', async () => {
  // DuckDB's client takes a byte order mark off the front of every text that it reads
  const payloads = PAYLOADS.filter((payload) => !payload.startsWith('\ufeff'));
  const events = payloads.flatMap((payload, index) =>
    overlapping(`u${index}`, payload).map((event) => ({ ...event, user: payload + index, ip: payload + event.ip })),
  );
  const safe = parsed(await exported(events)).slice(1);
  const raw = parsed(await all({ raw: true })).slice(1);
  expect(safe).toHaveLength(payloads.length);
  expect(safe.flat().filter((cell) => /^[=+\-@\t\r\n\0＝＋－＠]/.test(cell))).toEqual([]);
  expect(safe.map((row) => row.map(readBack))).toEqual(raw);
  expect(column(raw, 0)).toEqual(ordered(payloads.map((payload, index) => payload + index)));
  expect(column(raw, 8)).toEqual(ordered(payloads.map((payload) => `${payload}2`)));
});

test('pieces make one whole, in the order of the findings', async () => {
  const many = Array.from({ length: 4200 }, (_, index) => overlapping(`user${index}`, 's', 2 + (index % 3))).flat();
  const rows = parsed(await exported(many)).slice(1);
  expect(rows).toHaveLength(4200);
  const seconds = rows.map((row) => Number(row[7]));
  expect(seconds).toEqual(seconds.toSorted((a, b) => b - a));
  expect(parsed(await all({ filter: { text: 'user7@' } }))).toHaveLength(1);
  const found = column(parsed(await all({ filter: { text: 'user77' } })).slice(1), 0);
  expect(found).toEqual(ordered(['user77', ...Array.from({ length: 10 }, (_, index) => `user77${index}`)]));
});

test('an export does not go on with other findings than it began with', async () => {
  const many = Array.from({ length: 4200 }, (_, index) => overlapping(`user${index}`)).flat();
  await makeEvents(database, many);
  await detect(database, DEFAULT_PARAMETERS);
  const { next } = await exportCsv(database, { raw: false, cursor: 0 });
  await detect(database, DEFAULT_PARAMETERS);
  await expect(exportCsv(database, { raw: false, cursor: next! })).rejects.toMatchObject({ code: 'bad-params' });
});

test('a cell names at most fifty session ids, and says how many more there are', async () => {
  const sessions = Array.from({ length: 53 }, (_, index): MadeEvent => {
    const start = DAY + index * 1000;
    const session = `b${String(index).padStart(2, '0')}`;
    return { time: start + 1000, action: 'close', user: 'a', ip: '10.0.0.2', session, start };
  });
  const whole: MadeEvent = {
    time: DAY + HOUR,
    action: 'close',
    user: 'a',
    ip: '10.0.0.1',
    session: 'a',
    start: DAY - 1,
  };
  const [row] = parsed(await exported([whole, ...sessions])).slice(1);
  expect(row?.[9]).toBe('a');
  expect(row?.[8]?.split(';').slice(-2)).toEqual(['b49', '+3 more']);
  expect(row?.[8]?.split(';')).toHaveLength(51);
});
