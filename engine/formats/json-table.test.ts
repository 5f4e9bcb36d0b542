import { expect, test } from 'vitest';
import { objectOf } from './json';
import { jsonTable, valueOf } from './json-table';

test('what lies in objects is a column by its path; lists and what is too deep are none', () => {
  const objects = [
    '{"a":1,"b":{"c":"x","d":{"e":true}},"list":[{"f":1}]}',
    '{"b":"text","x.y":"own","x":{"y":"deep","z":null}}',
    `${'{"k":'.repeat(9)}1${'}'.repeat(9)}`,
  ].flatMap((line): Record<string, unknown>[] => [objectOf(line) ?? {}]);
  const { columns, rows, deep } = jsonTable(objects);
  expect(columns).toEqual(['a', 'list', 'b', 'x.y', 'b.c', 'b.d.e', 'x.z']);
  expect(rows[0]).toEqual(['1', '', '', '', 'x', 'true', '']);
  expect(rows[1]).toEqual(['', '', 'text', 'own', '', '', '']);
  expect(deep?.get('b.d.e')).toEqual(['b', 'd', 'e']);
});

test('only own keys are followed', () => {
  const object = JSON.parse('{"__proto__":{"p":1},"a":{}}') as Record<string, unknown>; // parsed, as objectOf gives it
  expect(valueOf(object, ['a', 'constructor', 'name'])).toBeUndefined();
  expect(valueOf(object, ['__proto__', 'p'])).toBe(1);
});
