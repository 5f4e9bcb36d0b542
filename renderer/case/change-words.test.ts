import { expect, test } from 'vitest';
import { changeInWords } from './change-words';

test('a decision in words', () => {
  expect(changeInWords({ status: 'closed' }, 1)).toBe('status closed');
  expect(changeInWords({ status: 'new', verdict: null }, 1)).toBe('status new, verdict none');
  expect(changeInWords({ verdict: 'undetermined' }, 3)).toBe('verdict undetermined (3 users)');
});
