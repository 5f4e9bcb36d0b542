/** Dates and zones of records that lie in something else are no more guessed in silence than those of a table. */
import { afterAll, expect, test } from 'vitest';
import type { Choices } from '../../shared/choices';
import type { InputSummary } from '../../shared/domain';
import { preview } from '../preview/preview';
import { activity, MadeFiles } from './made-log';
import { openLog } from './open-log';

const files = new MadeFiles();
afterAll(() => files.remove());

const record = (LogTimestamp: string): string =>
  JSON.stringify(activity(0, { LogTimestamp, TimestampConnectionStart: '', TimestampConnectionEnd: '' }));

/** The ways in which records of these times lie in something else. */
const WRAPPED: Record<string, (times: readonly string[]) => string> = {
  'ZPA_CL rows': (times) => lines(times.map((time) => JSON.stringify({ Message: record(time) }))),
  'portal CSV': (times) => {
    const rows = times.map((time) => `"3/14/2026, 8:15:09.482 AM","${record(time).replaceAll('"', '""')}"`);
    return lines(['TimeGenerated [UTC],Message', ...rows]);
  },
  syslog: (times) => lines(times.map((time) => `<134>${record(time)}`)),
  LEEF: (times) => {
    const head = 'LEEF:1.0|Zscaler|ZPA|4.1|active|';
    return lines(times.map((time) => `${head}devTime=${time}\tusrName=ann\tsrc=198.51.100.1\tConnectionStatus=active`));
  },
  Splunk: (times) => lines(times.map((time) => JSON.stringify({ preview: false, result: { _raw: record(time) } }))),
};
const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;

async function read(
  text: string,
  choices: Choices = {},
): Promise<{ input: InputSummary | undefined; first: number | null }> {
  const path = files.write('wrapped.log', text);
  const log = await openLog([{ path, name: 'wrapped.log', choices }], { tempFolder: files.folder, threads: 2 });
  const { inputs, firstEvent } = log.summary;
  await log.close();
  return { input: inputs[0], first: firstEvent };
}

test.each(Object.entries(WRAPPED))(
  '%s: what could as well be otherwise is said, and can be chosen',
  async (_, wrap) => {
    const text = wrap(['3/2/2026 10:00:00', '4/2/2026 10:00:00']);
    const { input, first } = await read(text);
    expect(first).toBe(Date.UTC(2026, 2, 2, 10));
    expect(input?.reading.dateOrder).toBe('month-first');
    expect(input?.warnings.slice(0, 2)).toEqual([
      'dates such as 3/2/2026 are read as month/day/year: none of the first 2 shows which it is',
      'the time of its records is read as UTC: the file does not name its time zone',
    ]);
    const chosen = await read(text, { dateOrder: 'day-first', timeZone: '+01:00' });
    expect(chosen.first).toBe(Date.UTC(2026, 1, 3, 9));
    expect(chosen.input?.warnings).toEqual([]);
  },
);

test.each(Object.entries(WRAPPED))('%s: a day beyond 12 shows the order, also in the preview', async (_, wrap) => {
  const text = wrap(['3/2/2026 10:00:00', '25/2/2026 10:00:00']);
  const { input, first } = await read(text);
  expect(first).toBe(Date.UTC(2026, 1, 3, 10));
  expect(input).toMatchObject({ events: 2, rejected: 0, reading: { dateOrder: 'day-first' } });
  const path = files.write('wrapped.log', text);
  const shown = await preview({ path, name: 'wrapped.log' }, files.folder, new AbortController().signal);
  expect(shown.reading.dateOrder).toBe('day-first');
  expect(shown.rows.map(({ time }) => time)).toEqual([Date.UTC(2026, 1, 3, 10), Date.UTC(2026, 1, 25, 10)]);
});

test('records as LSS writes them leave nothing open', async () => {
  for (const wrap of Object.values(WRAPPED)) {
    const { input } = await read(wrap(['Mon Mar  2 08:15:03 2026', 'Mon Mar  2 08:16:03 2026']));
    expect(input?.warnings).toEqual([]);
  }
});
