import { expect, test } from 'vitest';
import type { WhatIf } from '../../shared/rules';
import { confirmedInWords, differenceInWords, IDLE_GAPS, nearestStep, SHORTEST_OVERLAPS } from './what-if-words';

const users = (total: number): WhatIf['lost'] => ({ total, rows: [] });
const WHAT_IF: WhatIf = {
  before: { findings: 5, overlaps: 9 },
  after: { findings: 3, overlaps: 4 },
  gained: users(0),
  lost: users(2),
  confirmed: 2,
  lostConfirmed: users(1),
};

test('the difference in one sentence', () => {
  expect(differenceInWords(WHAT_IF)).toBe(
    'Flags 3 users instead of 5, with 4 overlaps instead of 9: 2 lost, none gained.',
  );
  expect(differenceInWords({ ...WHAT_IF, after: WHAT_IF.before, gained: users(2) })).toBe(
    'Flags 5 users as before, with 9 overlaps as before: 2 lost, 2 gained.',
  );
  expect(differenceInWords({ ...WHAT_IF, after: { findings: 5, overlaps: 7 }, lost: users(0) })).toBe(
    'Flags 5 users as before, with 7 overlaps instead of 9: the same users.',
  );
});

test('what becomes of the confirmed ones', () => {
  expect(confirmedInWords(WHAT_IF)).toBe('1 of 2 users confirmed as true positive would be lost.');
  expect(confirmedInWords({ ...WHAT_IF, lostConfirmed: users(0) })).toBe(
    'All 2 users confirmed as true positives stay found.',
  );
});

test('a slider stands where the length is, or nearest to it', () => {
  for (const steps of [SHORTEST_OVERLAPS, IDLE_GAPS]) {
    for (const [index, ms] of steps.entries()) expect(nearestStep(steps, ms)).toBe(index);
  }
  expect(SHORTEST_OVERLAPS[nearestStep(SHORTEST_OVERLAPS, 13 * 60_000)]).toBe(15 * 60_000);
  expect(nearestStep(IDLE_GAPS, 0)).toBe(0);
});
