import { expect, test } from 'vitest';
import { parseChoices } from './choice-options';

test('columns are mapped by pairs, quoted where a name holds a comma or a space', () => {
  expect(parseChoices('detect', { map: 'user=Account, ip="Client ""Addr"", 1",time=When' }).mapping).toEqual({
    user: 'Account',
    sourceIp: 'Client "Addr", 1',
    time: 'When',
  });
});

test('zone, order and header are choices too; what is not said stays open', () => {
  expect(
    parseChoices('detect', { 'time-zone': 'Europe/Berlin', 'date-order': 'day-first', 'no-header': true }),
  ).toEqual({
    timeZone: 'Europe/Berlin',
    dateOrder: 'day-first',
    header: false,
  });
  expect(parseChoices('detect', {})).toEqual({});
});

test.each([
  [{ map: 'user' }, '--map'],
  [{ map: 'user=' }, '--map'],
  [{ map: 'colour=Account' }, '--map'],
  [{ map: 'user=A,ip="B' }, '--map'],
  [{ 'time-zone': 'Berlin' }, '--time-zone'],
  [{ 'date-order': 'year-first' }, '--date-order'],
])('%j is wrong usage', (values, named) => {
  expect(() => parseChoices('detect', values)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(named) }),
  );
});
