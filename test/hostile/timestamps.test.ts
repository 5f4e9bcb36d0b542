/** Promise 12: no time, however absurd, stops a run, is lost without a word, or makes a finding that is none. */
import { afterAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import { expectWhole, findingsCsv } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());

const ABSURD = [
  'Mon Mar  2 08:15:03 0001',
  'Mon Mar  2 08:15:03 9999',
  'Mon Mar 32 08:15:03 2026',
  'Mon Feb 30 08:15:03 2026',
  'Mon Mar  2 25:15:03 2026',
  'Mon Mar  2 08:61:03 2026',
  'Foo Bar  2 08:15:03 2026',
  'Mon Mar  2 08:15:03 99999',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-13-02T08:15:03Z',
  '2026-02-30T08:15:03Z',
  '2026-03-02T24:15:03Z',
  '2026-03-02T08:60:03Z',
  '2026-06-30T23:59:61Z',
  '2026-03-02T08:15:03+99:00',
  '-2026-03-02T08:15:03Z',
  '+275760-09-13T00:00:00Z',
  '294247-01-10T04:00:54.775807Z',
  '0000-00-00T00:00:00Z',
  '13/45/2026, 8:15:03 AM',
  '3/2/0001, 8:15:03 AM',
  '3/2/2026, 25:15:03 PM',
  'NaN',
  'Infinity',
  '-Infinity',
  'infinity',
  'epoch',
  'now',
  'today',
  'null',
  'undefined',
  '-',
  '0',
  '-1',
  '-1772438400',
  '1e400',
  '1e-400',
  '99999999999999999999',
  '9223372036854775807',
  '-9223372036854775808',
  '9223372036854775808',
  '18446744073709551616',
  '0x1',
  '1_000',
  '١٧٧٢٤٣٨٤٠٠',
  '２０２６-03-02T08:15:03Z',
  '\u0000',
  ' ',
  '2026-03-02T08:15:03Z; drop table record',
  '$time',
  '[]',
  '{}',
];
const START = Date.UTC(2026, 2, 2, 8);
const clock = (minute: number): string => new Date(START + minute * 60_000).toISOString();

/** An hour at one source IP; and half an hour at another within it, for the user who is a finding. */
const presence = (user: string, session: string, ip: string, from: number, to: number): Record<string, unknown> =>
  activity(0, {
    Username: user,
    SessionID: session,
    ConnectionID: `${session},1`,
    ClientPublicIP: ip,
    ConnectionStatus: 'close',
    LogTimestamp: clock(to),
    TimestampConnectionStart: clock(from),
    TimestampConnectionEnd: clock(to),
  });
const BASE = [
  presence('found', 'a', '10.0.0.1', 0, 60),
  presence('found', 'b', '10.0.0.2', 10, 40),
  presence('calm', 'c', '10.0.0.1', 0, 60),
];

test('promise 12: a record whose time cannot be is rejected with a reason, and nothing else changes', async () => {
  const wanted = await findingsCsv(await files.open([files.write('base', jsonLines(BASE))]));
  expect(wanted.split('\r\n')).toHaveLength(3);
  const absurd = ABSURD.map((LogTimestamp, index) =>
    activity(0, {
      Username: 'calm',
      SessionID: `x${index}`,
      ConnectionID: `x${index},1`,
      ClientPublicIP: '10.9.9.9',
      LogTimestamp,
      TimestampConnectionStart: '',
      TimestampConnectionEnd: '',
    }),
  );
  const cell = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`;
  const csv = [Object.keys(activity(0)), ...[...BASE, ...absurd].map((record) => Object.values(record))]
    .map((cells) => cells.map(cell).join(','))
    .join('\n');
  for (const content of [jsonLines([...BASE, ...absurd]), JSON.stringify([...BASE, ...absurd]), csv]) {
    const log = await files.open([files.write('absurd', content)]);
    const { rows } = await log.rejected({ offset: 0, limit: 1000 });
    expect(log.summary).toMatchObject({ events: 3, rejected: ABSURD.length });
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(['no-time', 'time-out-of-range']));
    expectWhole(log.summary);
    expect(await findingsCsv(log)).toBe(wanted);
  }
});

test('promise 12: the start and end of a connection that cannot be are passed over', async () => {
  const wanted = await findingsCsv(await files.open([files.write('base', jsonLines(BASE))]));
  const absurd = ABSURD.map((time, index) => ({
    ...presence('calm', 'c', '10.0.0.1', 0, 60),
    ConnectionID: `c,${index + 2}`,
    TimestampConnectionStart: time,
    TimestampConnectionEnd: time,
  }));
  const log = await files.open([files.write('starts', jsonLines([...BASE, ...absurd]))]);
  expect(log.summary).toMatchObject({ events: 3 + ABSURD.length, rejected: 0, lastEvent: START + 3_600_000 });
  expect(await findingsCsv(log)).toBe(wanted);
});

test('promise 12: the same moment in every unit and form is one time; a leap second is the moment after it or told', async () => {
  const at = Date.UTC(2026, 2, 2, 8, 15, 3);
  const forms = [
    at / 1000,
    at,
    at * 1000,
    `${at}000000`,
    'Mon Mar  2 08:15:03 2026',
    new Date(at).toISOString(),
    '2026-03-02T09:15:03+01:00',
  ];
  const log = await files.open([
    files.write('forms', jsonLines(forms.map((LogTimestamp) => activity(0, { LogTimestamp })))),
  ]);
  expect(log.summary).toMatchObject({ events: forms.length, firstEvent: at, lastEvent: at });
  const leaps = ['Tue Jun 30 23:59:60 2026', '2026-06-30T23:59:60Z'].map((LogTimestamp) =>
    activity(0, { LogTimestamp, TimestampConnectionStart: '' }),
  );
  const leap = await files.open([files.write('leap', jsonLines([...leaps, activity(0)]))]);
  const { events, rejected, lastEvent } = leap.summary;
  expect(events + rejected).toBe(3);
  expect(rejected === 2 || lastEvent === Date.UTC(2026, 6, 1)).toBe(true);
});
