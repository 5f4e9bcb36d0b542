import { expect, test } from 'vitest';
import { decidingValues } from './deciding';
import type { RuleStage } from './rules';

const stage = (deciding: NonNullable<RuleStage['sample']>['deciding'], rows: (string | null)[][]): RuleStage => ({
  id: 0,
  binding: '',
  operator: 'where',
  kql: 'where a != b',
  start: 0,
  length: 12,
  rowsIn: 3,
  rowsOut: 1,
  notes: [],
  sample: {
    ms: 1,
    kept: { columns: ['a', 'b'], rows: [] },
    dropped: { columns: ['x', 'a', 'b'], rows },
    deciding,
    userRows: null,
  },
});

test('the values of the columns that decide, each row once; nothing and null are told apart', () => {
  const columns = [
    { name: 'a', value: null },
    { name: 'b', value: null },
  ];
  expect(
    decidingValues(
      stage(columns, [
        ['1', 'p', ''],
        ['2', 'p', ''],
        ['3', 'q', null],
      ]),
    ),
  ).toEqual(["a = p, b = ''", 'a = q, b = null']);
  expect(decidingValues(stage([{ name: 'now()', value: '2026' }], [['1', 'p', 'q']]))).toEqual(['now() = 2026']);
  expect(decidingValues(stage([], [['1', 'p', 'q']]))).toEqual([]);
});
