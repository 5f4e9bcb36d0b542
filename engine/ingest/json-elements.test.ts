import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { CopyWriter } from './copy-writer';
import { eachFault } from './faults';
import type { Fault } from './faults';
import { eachGrowing } from './growing';
import { elementsOf, JsonElements } from './json-elements';
import type { ElementsFound, ElementsOf } from './json-elements';
import { MadeFiles } from './made-log';

const files = new MadeFiles();
afterAll(() => files.remove());
let count = 0;

/** Reads a text in pieces of that many bytes. */
function read(
  text: string,
  of: ElementsOf,
  size = 7,
): Omit<ElementsFound, 'faults' | 'starts' | 'offsets'> & {
  faults: Fault[];
  starts: number[];
  offsets: number[];
  out: string[];
} {
  const path = `${files.folder}/copy-${count++}`;
  const writer = new CopyWriter(path);
  const elements = new JsonElements(of, writer);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) elements.push(bytes.subarray(at, at + size));
  const found = elements.finish();
  writer.finish();
  writer.close();
  return {
    ...found,
    faults: [...eachFault(found.faults)],
    starts: [...eachGrowing(found.starts)],
    offsets: [...eachGrowing(found.offsets)],
    out: readFileSync(path, 'utf8').split('\n').slice(0, -1),
  };
}

const TABLE = `{"tables": [{"name": "x", "columns": [{"name": "a\\"b", "type": "string"}, {"name": "ü", "type": "long"}],
  "rows": [
    ["]},\\"[", 12345678901234567890],
    [{"x": [1, 2]}, null], [
      "over, lines",
      1
    ]
  ]}]}`;

test('rows become objects with the names of their columns, cell by cell as they stand, however the text is cut', () => {
  for (const size of [1, 2, 3, 5, 7, 64, 100_000]) {
    const { out, starts, offsets, ...rest } = read(TABLE, 'rows', size);
    expect(out.map((line) => line.replaceAll(/ {2,}/g, ' '))).toEqual([
      '{"a\\"b":"]},\\"[","ü": 12345678901234567890}',
      '{"a\\"b":{"x": [1, 2]},"ü": null}',
      '{"a\\"b": "over, lines","ü": 1 }',
    ]);
    expect(starts).toEqual([3, 4, 4]);
    expect(offsets).toEqual([123, 161, 184]);
    expect(rest).toEqual({ faults: [], endsInElement: false, endsInside: false, isPartial: false, lines: 8 });
  }
});

test('a row with too few or too many cells costs itself', () => {
  const text = TABLE.replace('12345678901234567890]', '1, 2, 3],\n[], ["one"]');
  const { faults, out } = read(text, 'rows');
  expect(faults).toEqual([
    { line: 1, reason: 'too-many-cells' },
    { line: 2, reason: 'too-few-cells' },
    { line: 3, reason: 'too-few-cells' },
  ]);
  expect(out).toHaveLength(5);
  expect(out.slice(0, 3).every((line) => !line.startsWith('{'))).toBe(true);
});

test.each([
  ['a string that is not closed', '["x, 1],', ['["x, 1],']],
  ['a row that is not closed, before a row', '["x", 1 ["y", 2],', ['["x", 1 ', '{"a\\"b":"y","ü": 2}']],
  ['values that are no rows', '7, "seven", true,', ['7', '"seven"', 'true']],
])('%s costs itself', (_, bad, written) => {
  const text = TABLE.replace('    ["]', `    ${bad}\n    ["]`);
  const { out, endsInside } = read(text, 'rows');
  expect(out.slice(0, written.length)).toEqual(written);
  expect(out).toHaveLength(written.length + 3);
  expect(endsInside).toBe(false);
});

test('a file cut at any byte gives the rows before the cut and says that it ends early', () => {
  const text = TABLE.replaceAll('\n', ' ');
  const whole = elementsOf(text, 'rows');
  for (let cut = 1; cut < text.trimEnd().length; cut++) {
    const { out, endsInElement, endsInside } = read(text.slice(0, cut), 'rows', 1000);
    const rows = endsInElement ? out.slice(0, -1) : out;
    expect(rows).toEqual(whole.slice(0, rows.length));
    expect(endsInside).toBe(true);
  }
});

const HEADER = '{"FrameType":"TableHeader","TableId":1,"Columns":[{"ColumnName":"a"}]}';
const fragment = (kind: string, rows: string, table = 1): string =>
  `{"FrameType":"TableFragment","TableFragmentType":"${kind}","TableId":${table},"Rows":[${rows}]}`;

test('a fragment that replaces takes back the rows of its table, and of no other', () => {
  const other = HEADER.replace('1', '2');
  const frames = [
    HEADER,
    other,
    fragment('DataAppend', '["one"],\n["two"]'),
    fragment('DataAppend', '["other"]', 2),
    fragment('DataReplace', '["three"]'),
    fragment('DataAppend', '["four"]'),
  ];
  const { out, starts } = read(`[${frames.join(',')}]`, 'rows');
  expect(out.map((line) => line.trimEnd())).toEqual(['{}', '{}', '{"a":"other"}', '{"a":"three"}', '{"a":"four"}']);
  expect(starts).toEqual([1, 2, 2, 2, 2]);
});

test('what says which rows it replaces may stand after the rows', () => {
  const late = '{"FrameType":"TableFragment","Rows":[["new"]],"TableFragmentType":"DataReplace","TableId":1}';
  const { out } = read(`[${HEADER},${fragment('DataAppend', '["old"]')},${late}]`, 'rows');
  // without the table's number before them the columns are not known
  expect(out.map((line) => line.trimEnd())).toEqual(['{}', '["new"]']);
});

test.each([
  '{"tables":[],"error":{"code":"PartialError"}}',
  `[${HEADER},${fragment('DataAppend', '{"OneApiErrors":[{}]}')}]`,
  '[{"FrameType":"DataSetCompletion","HasErrors":true}]',
])('a result that is not whole says so: %s', (text) => {
  expect(read(text, 'rows').isPartial).toBe(true);
});

test('rows of 9 MB cost themselves and are not held', { timeout: 60_000 }, () => {
  const long = `["${'x'.repeat(9_000_000)}"],[${','.repeat(9_000_000)}],["y"]`;
  const { faults, out } = read(`[${HEADER},${fragment('DataAppend', long)}]`, 'rows', 100_000);
  expect(faults.map(({ reason }) => reason)).toEqual(['line-too-long', 'line-too-long']);
  expect(out[2]).toBe('{"a":"y"}');
});

test('deep brackets outside the rows are followed without keeping them', () => {
  const text = `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)},"hits":{"hits":[{"_id":1}]}}`;
  const { out, endsInside } = read(text, 'hits', 4096);
  expect(out).toEqual(['{"_id":1}']);
  expect(endsInside).toBe(false);
});

test(
  'however a text is damaged and cut, each element is written once, and where the pieces end makes no difference',
  { timeout: 120_000 },
  () => {
    const texts = [
      TABLE,
      `[${HEADER},\n${fragment('DataAppend', '["a"],\n["b"]')},${fragment('DataReplace', '["c"]')}]`,
    ];
    const damage = fc.record({
      text: fc.constantFrom(...texts),
      edits: fc.array(
        fc.record({
          at: fc.nat(200),
          cut: fc.nat(5),
          put: fc.constantFrom('', '"', '[', ']', '{', '}', ',', '\\', '\n', ':'),
        }),
        { maxLength: 4 },
      ),
      size: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(damage, ({ text, edits, size }) => {
        const damaged = edits.reduce((old, { at, cut, put }) => old.slice(0, at) + put + old.slice(at + cut), text);
        const { out, ...found } = read(damaged, 'rows', size);
        expect(out).toHaveLength(found.starts.length);
        expect({ ...read(damaged, 'rows', 100_000) }).toEqual({ out, ...found });
        expect(found.lines).toBe(damaged.split('\n').length);
      }),
      { numRuns: process.env['DOPPEL_LONG'] === '1' ? 20_000 : 400 },
    );
  },
);
