import { expect, test } from 'vitest';
import type { Result } from '../../shared/contract';
import { CsvRecordCounter, csvName, fetchCsv } from './csv-export';

function count(...pieces: string[]): number {
  const counter = new CsvRecordCounter();
  for (const piece of pieces) counter.add(piece);
  return counter.end();
}

test('a record may hold line ends and quotes, and may be cut anywhere', () => {
  expect(count('a,b\r\n1,2\r\n')).toBe(2);
  expect(count('a,b\r\n1,2')).toBe(2);
  expect(count('a\r\n"x\ny ""z""\n"\r\n"', 'q"\r\n')).toBe(3);
  expect(count('')).toBe(0);
});

test('the pieces are asked for in order until there are no more, with the query of the table', async () => {
  const asked: unknown[] = [];
  const answers: Result<'export.csv'>[] = [
    { text: 'a,b\r\n1,2\r\n', next: 7, total: 2 },
    { text: '3,4\r\n', next: null, total: 2 },
  ];
  const client = {
    call: (_method: unknown, params: unknown) => {
      asked.push(params);
      return Promise.resolve(answers[asked.length - 1]);
    },
  };
  const query = { filter: { text: 'ann' }, sort: { by: 'overlapCount', descending: true } } as const;
  // only `call` is used, and only for one method
  const { blob, rows } = await fetchCsv(client as never, { kind: 'overlaps' }, query, new AbortController().signal);
  expect(asked).toEqual([
    { ...query, raw: false, cursor: 0 },
    { ...query, raw: false, cursor: 7 },
  ]);
  expect(await blob.text()).toBe('a,b\r\n1,2\r\n3,4\r\n');
  expect(rows).toBe(2);
});

test('the file is named by the day', () => {
  expect(csvName('overlaps', Date.parse('2026-03-02T23:30:00Z'))).toBe('doppel-overlaps-2026-03-02.csv');
});
