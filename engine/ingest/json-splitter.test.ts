import { expect, test } from 'vitest';
import { eachGrowing } from './growing';
import { JsonSplitter, splitJson } from './json-splitter';
import type { JsonSplit } from './json-splitter';

function split(
  text: string,
  size = text.length || 1,
): Omit<JsonSplit, 'starts'> & { starts: number[]; values: string[] } {
  const out: Uint8Array[] = [];
  const splitter = new JsonSplitter((bytes) => out.push(new Uint8Array(bytes)), 16);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
  const result = splitter.finish();
  const values = Buffer.concat(out).toString().split('\n');
  values.pop();
  return { ...result, starts: [...eachGrowing(result.starts)], values };
}

test.each([
  ['an array on one line', '[{"a":1},{"a":"]},{"}]', ['{"a":1}', '{"a":"]},{"}'], [1, 1]],
  ['an array, a value a line', '[\n{"a":1},\n{"a":2}\n]\n', ['{"a":1}', '{"a":2}'], [2, 3]],
  ['leading space', '  \n [ {"a":1} ] ', ['{"a":1}'], [2]],
  [
    'values over several lines',
    '{\n  "a": [1,\n 2]\n}\n{\n"b": {"c": "\\"}"}\n}',
    ['{   "a": [1,  2] }', '{ "b": {"c": "\\"}"} }'],
    [1, 5],
  ],
  ['values without anything between', '{"a":1}{"a":2}\n{"a":3}', ['{"a":1}', '{"a":2}', '{"a":3}'], [1, 1, 2]],
  ['one array after another', '[{"a":1}]\n[{"a":2}]', ['{"a":1}', '{"a":2}'], [1, 2]],
  [
    'values that are no objects',
    '[1, "x, y", null, [2], {"a":1}]',
    ['1', '"x, y"', 'null', '[2]', '{"a":1}'],
    [1, 1, 1, 1, 1],
  ],
  ['nothing', ' \n', [], []],
  ['an empty array', '[]', [], []],
])('cuts %s, whatever the pieces', (_, text, values, starts) => {
  for (const size of [1, 2, 3, 1000]) {
    const result = split(text, size);
    expect(result.values).toEqual(values);
    expect(result.starts).toEqual(starts);
    expect(result).toMatchObject({ endsInValue: false, endsInArray: false });
  }
});

test.each([
  ['an open string', '[\n{"a":1},\n{"a":"x},\n{"a":3}\n]', ['{"a":1}', '{"a":"x},', '{"a":3}'], [2, 3, 4]],
  ['an open string inside a long value', '[\n{\n"a":"x,\n"b":2\n},\n{"a":3}\n]', ['{ "a":"x,', '{"a":3}'], [2, 6]],
  ['a missing bracket', '[\n{"a":1,\n{"a":2},\n{"a":3}\n]', ['{"a":1, ', '{"a":2}', '{"a":3}'], [2, 3, 4]],
  ['a bracket too many', '[{"a":1}},{"a":2}]', ['{"a":1}', '}', '{"a":2}'], [1, 1, 1]],
  ['words', '[{"a":1}, oops, {"a":2}]', ['{"a":1}', 'oops', '{"a":2}'], [1, 1, 1]],
])('%s costs only its own value', (_, text, values, starts) => {
  const result = split(text);
  expect(result.values).toEqual(values);
  expect(result.starts).toEqual(starts);
});

test('an end inside a value or inside the array is told', () => {
  expect(split('[{"a":1},{"a":')).toMatchObject({ values: ['{"a":1}', '{"a":'], endsInValue: true, endsInArray: true });
  expect(split('[{"a":1},')).toMatchObject({ values: ['{"a":1}'], endsInValue: false, endsInArray: true });
});

test('a value of 50 MB on one line takes linear time and little memory', () => {
  const splitter = new JsonSplitter(() => undefined);
  const piece = Buffer.alloc(1_000_000, '{"a":"x"},');
  splitter.push(Buffer.from('[{"z":['));
  for (let count = 0; count < 50; count++) splitter.push(piece);
  splitter.push(Buffer.from(']},{"a":1}]'));
  expect(splitter.finish()).toMatchObject({ tooLong: [1], endsInValue: false, endsInArray: false });
});

test('splitJson gives each value as a line', () => {
  expect(splitJson('[{"a":\n1},2]')).toEqual(['{"a": 1}', '2']);
});
