import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FindingState } from './decisions';
import { fitting, piecesOf, PIECE_CHARACTERS, sizeOf } from './state-pieces';

const ts = 1_700_000_000_000;
const state = (finding: string, noteLengths: readonly number[]): FindingState => ({
  finding,
  status: 'new',
  verdict: null,
  assignee: null,
  tags: [],
  notes: noteLengths.map((length, n) => ({ id: String(n), text: 'x'.repeat(length), author: 'ann', ts })),
  changedAt: ts,
  changedBy: 'ann',
});
const some = fc
  .array(
    fc.oneof(
      fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 9 }),
      fc.array(fc.integer({ min: 15_000, max: 20_000 }), { minLength: 30, maxLength: 80 }),
    ),
    { maxLength: 12 },
  )
  .map((all) => all.map((lengths, n) => state(`finding ${n}`, lengths)));

test('pieces put together are what was cut, and none is too large for a message', () => {
  let cut = 0;
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 5 }), (states, most) => {
      const joined = new Map<string, FindingState>();
      for (const { states: told, continues } of piecesOf(states, most)) {
        expect(told.length).toBeLessThanOrEqual(most);
        expect(told.reduce((sum, each) => sum + sizeOf(each), 0)).toBeLessThanOrEqual(PIECE_CHARACTERS);
        if (continues) cut += 1;
        for (const each of told) {
          const before = continues ? joined.get(each.finding)!.notes : [];
          joined.set(each.finding, { ...each, notes: [...before, ...each.notes] });
        }
      }
      expect([...joined.values()]).toEqual(states);
    }),
  );
  expect(cut).toBeGreaterThan(10); // or no state was ever too large for one
});

test('a state that is too large by itself fits alone', () => {
  const large = state(
    'large',
    Array.from({ length: 100 }, () => 20_000),
  );
  expect(fitting([large, state('small', [])])).toBe(1);
  expect(fitting([state('small', []), large])).toBe(1);
  expect(fitting([])).toBe(0);
});
