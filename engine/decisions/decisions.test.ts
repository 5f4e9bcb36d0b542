import { expect, test } from 'vitest';
import type { FindingState, Note } from '../../shared/decisions';
import { Decisions } from './decisions';

const note = (id: string): Note => ({ id, text: id, author: 'ann', ts: 1 });
const state = (finding: string, changedAt: number, notes: Note[] = []): FindingState => ({
  finding,
  status: 'in progress',
  verdict: null,
  assignee: null,
  tags: [],
  notes,
  changedAt,
  changedBy: 'ann',
});

test('a second window that tells all it knows takes nothing away and makes nothing older', () => {
  const decisions = new Decisions();
  decisions.take({ case: 'one', states: [state('a', 1), state('b', 1)], whole: true });
  decisions.take({ case: 'one', states: [state('a', 3), state('c', 3)], whole: false });
  // the other window was opened before that, and comes with two messages
  decisions.take({ case: 'one', states: [state('a', 2)], whole: true });
  expect(['a', 'b', 'c'].map((finding) => decisions.of(finding)?.changedAt)).toEqual([3, 1, 3]);
});

test('another case takes the place of the one before; what still comes of that is not taken', () => {
  const decisions = new Decisions();
  decisions.take({ case: 'one', states: [state('a', 1), state('b', 1)], whole: true });
  decisions.take({ case: 'two', states: [state('a', 1)], whole: true });
  decisions.take({ case: 'two', states: [state('c', 1)], whole: false });
  decisions.take({ case: 'one', states: [state('d', 9)], whole: false });
  expect(['a', 'b', 'c', 'd'].map((finding) => decisions.of(finding) !== undefined)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('two windows tell of a state with many notes at once: it has each of them once', () => {
  const decisions = new Decisions();
  const first = { case: 'one', states: [state('a', 1, [note('1'), note('2')])], whole: true };
  const rest = { case: 'one', states: [state('a', 1, [note('3'), note('4')])], whole: false, continues: true };
  for (const told of [first, first, rest, rest]) decisions.take(told);
  expect(decisions.of('a')?.notes.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
});
