import { expect, test } from 'vitest';
import type { FindingState } from '../../shared/decisions';
import { assigneesInUse, tagsInUse } from './in-use';

const state = (finding: string, tags: string[], assignee: string | null): [string, FindingState] => [
  finding,
  { finding, status: 'new', verdict: null, assignee, tags, notes: [], changedAt: 0, changedBy: 'ann' },
];
const decisions = new Map([
  state('a', ['vpn', 'exec'], 'bea'),
  state('b', ['exec'], 'zoe'),
  state('c', ['abroad', '__proto__'], 'zoe'),
  state('d', [], null),
]);

test('suggestions: what is used most comes first, and I before all assignees', () => {
  expect(tagsInUse(decisions)).toEqual(['exec', '__proto__', 'abroad', 'vpn']);
  expect(assigneesInUse(decisions, 'ann')).toEqual(['ann', 'zoe', 'bea']);
  expect(assigneesInUse(decisions, 'bea')).toEqual(['bea', 'zoe']);
});
