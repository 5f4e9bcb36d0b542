import { expect, test } from 'vitest';
import { AGGREGATES } from './aggregates';
import { DYNAMIC } from './dynamic';
import { NETWORK } from './network';
import { NUMBERS } from './numbers';
import { OPERATORS } from './operators';
import { parameterTypes } from './table';
import { SERIES } from './series';
import { TEXT } from './text';
import { TIME } from './time';

const WORDS = /^(any|result|regex|bool|int|long|real|decimal|string|datetime|timespan|guid|dynamic)(\?|\.\.\.)?$/;
const all = [AGGREGATES, DYNAMIC, NETWORK, NUMBERS, OPERATORS, SERIES, TEXT, TIME].flatMap((table) =>
  Object.entries(table),
);

test('every parameter is of a type that there is', () => {
  const words = all.flatMap(([, spec]) => (spec.takes === '' ? [] : spec.takes.split(', ')));
  expect(words.filter((word) => !WORDS.test(word))).toEqual([]);
});

test('no name is in two tables', () => {
  const names = all.map(([name]) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('optional and repeated parameters', () => {
  const spec = (takes: string) => ({ takes, sql: '' });
  expect(parameterTypes(spec('string, long?'), 1)).toEqual(['string']);
  expect(parameterTypes(spec('string, long?'), 3)).toBeUndefined();
  expect(parameterTypes(spec('string, long'), 1)).toBeUndefined();
  expect(parameterTypes(spec('long...'), 3)).toEqual(['long', 'long', 'long']);
  expect(parameterTypes(spec(''), 0)).toEqual([]);
});
