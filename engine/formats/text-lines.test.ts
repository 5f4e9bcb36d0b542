import { afterAll, expect, test } from 'vitest';
import { activity, MadeFiles } from '../ingest/made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

const good = (index: number): string => `<134>${JSON.stringify(activity(index))}\n`;

test('a line that is not UTF-8, an inner carriage return and a NUL cost only themselves', async () => {
  const path = files.write(
    'odd.log',
    Buffer.concat([
      Buffer.from(`${good(1)} \t\n<134>{"Username":"`),
      Buffer.of(0xff),
      Buffer.from(`"}\n<134>half\rline\n\u0000\n${good(2)}\u0001\u0002\u0003\u0004\n${good(3).trim()}`),
    ]),
  );
  const log = await files.open([path]);
  const [input] = log.summary.inputs;
  expect(input).toMatchObject({ records: 8, events: 3, setAside: { 'blank-line': 1 }, rejected: 4 });
  expect(input?.incomplete).toBeUndefined();
  const { rows } = await log.rejected({ offset: 0, limit: 10 });
  expect(rows.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    '3 not-utf8',
    '4 not-a-log-line',
    '5 not-a-log-line',
    '7 not-a-log-line',
  ]);
  expect(log.lineOf(0, 7)).toBe(8);
});
