import { expect, test } from 'vitest';
import type { FindingState } from '../../shared/decisions';
import { DoppelError } from '../../shared/errors';
import { changeInWords, notSavedInWords } from './change-words';

test('a decision in words', () => {
  expect(changeInWords({ status: 'closed' }, 1)).toBe('status closed');
  expect(changeInWords({ status: 'new', verdict: null }, 1)).toBe('status new, verdict none');
  expect(changeInWords({ verdict: 'undetermined' }, 3)).toBe('verdict undetermined (3 users)');
  expect(changeInWords({ assignee: null, addTags: ['vpn'], removeTags: ['b'] }, 1)).toBe(
    'assignee nobody, tag vpn, no tag b',
  );
  expect(changeInWords({ note: { text: 'called' } }, 1)).toBe('note');
  expect(changeInWords({ note: { id: 'n', text: 'called' } }, 1)).toBe('note edited');
  expect(changeInWords({ note: { id: 'n', text: null } }, 1)).toBe('note removed');
});

test('why it is not saved: plain, with the remedy', () => {
  const needed = new DoppelError('verdict-needed', 'no');
  const state = (verdict: FindingState['verdict']): FindingState => ({
    finding: 'a',
    status: 'new',
    verdict,
    assignee: null,
    tags: [],
    notes: [],
    changedAt: 0,
    changedBy: '',
  });
  const known = new Map([['a', state('undetermined')]]);
  expect(notSavedInWords(needed, ['b'], known)).toBe(
    'Not closed: there is no verdict yet. Choose one first (keys 1 to 5).',
  );
  expect(notSavedInWords(needed, ['a', 'b', 'c'], known)).toContain('2 of 3 users have no verdict yet');
  expect(notSavedInWords(needed, ['a'], known)).toContain('keeps a verdict');
  expect(notSavedInWords(new DoppelError('disk-full', 'Free some space.'), ['a'], known)).toBe(
    'Not saved. Free some space.',
  );
});
