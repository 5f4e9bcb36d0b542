import { expect, test } from 'vitest';
import type { Choices } from '../../shared/choices';
import { mappingNeeded, readAs } from './read-as';
import type { ReadAs } from './read-as';

const HEAD = 'When,Account,"Client Addr"';
function read(rows: readonly string[], choices: Choices = {}, head = HEAD): ReadAs {
  const lines = [head, ...rows];
  return readAs({ text: `${lines.join('\n')}\n`, lines }, choices, 'odd.csv');
}
const row = (date: string): string => `${date} 10:00:00,ann@example.test,198.51.100.1`;
const texts = ({ reading }: ReadAs): string[] => reading.notes.map(({ sure, text }) => `${sure}: ${text}`);

test('a table of unknown columns asks for a mapping and names likely columns', () => {
  const found = read([row('2026-03-02')]);
  expect(found.format).toBeUndefined();
  expect(found.reading.guesses).toEqual({ user: 'Account', sourceIp: 'Client Addr', time: 'When' });
  expect(mappingNeeded(found, 'odd.csv')).toMatchObject({
    code: 'mapping-needed',
    message: expect.stringContaining('--map user=Account,ip="Client Addr",time=When'),
  });
});

test('prose is no table, however many commas it has', () => {
  const found = read(['first, second, and third'], {}, 'Well, well, well');
  expect(mappingNeeded(found, 'odd.csv')).toBeUndefined();
});

test('a column that is not there is refused by name', () => {
  expect(() => read([row('2026-03-02')], { mapping: { user: 'Nobody' } })).toThrow(
    expect.objectContaining({ code: 'bad-choice', message: expect.stringContaining('“Nobody”') }),
  );
});

test('the order of dates is shown by the rows, open, or chosen, and each is said', () => {
  const mapping = { user: 'Account', sourceIp: 'Client Addr', time: 'When' };
  expect(texts(read([row('3/2/2026'), row('25/2/2026')], { mapping }))).toContainEqual(
    expect.stringMatching(/^certain: .* day\/month\/year: 1 of the first 2 could only be that$/u),
  );
  expect(texts(read([row('3/2/2026')], { mapping }))).toContainEqual(
    expect.stringMatching(/^open: .* month\/day\/year: none of the first 1 shows which it is$/u),
  );
  expect(read([row('3.2.2026')], { mapping }).reading.dateOrder).toBe('day-first');
  expect(texts(read([row('25/2/2026')], { mapping, dateOrder: 'month-first' }))).toContainEqual(
    expect.stringMatching(/^open: .*as chosen; 1 of the first 1 could only be the other way round$/u),
  );
});

test('files of the same columns have the same shape, others another', () => {
  const { shape } = read([row('2026-03-02')]).reading;
  expect(read([row('2026-05-09'), row('2026-05-10')]).reading.shape).toBe(shape);
  expect(read([row('2026-03-02')], {}, 'When,Who,"Client Addr"').reading.shape).not.toBe(shape);
});
