import { expect, test } from 'vitest';
import type { FindingsFilter } from '../../shared/findings-filter';
import { FilterStore, conditionsOf } from './filter-store';
import { conditionInWords } from './filter-words';

test.each<[FindingsFilter, string]>([
  [{ text: 'ann' }, 'Contains: ann'],
  [{ status: ['new', 'closed'] }, 'Status: new or closed'],
  [{ verdict: ['', 'true positive'] }, 'Verdict: none yet or true positive'],
  [{ assignee: [''] }, 'Assignee: nobody'],
  [{ notes: ['', 'with notes'] }, 'Notes: none or with notes'],
  [{ countries: ['DE', 'BR', '', 'US', 'FR'] }, 'Country: DE or BR or not in the log or 2 more'],
  [{ hours: [23, 0] }, 'Overlap in hour of day (UTC): 00:00 or 23:00'],
  [{ lengthSeconds: { min: 60, max: null } }, 'Overlap of 1 min or longer'],
  [{ lengthSeconds: { min: null, max: 5400 } }, 'Overlap shorter than 1 h 30 min'],
  [
    { time: { from: Date.UTC(2026, 2, 2, 9), to: Date.UTC(2026, 2, 2, 10) } },
    'Overlap within 2 Mar 2026 09:00:00 to 10:00:00 UTC',
  ],
  [{ ids: ['a'] }, 'Chosen: 1 finding'],
])('%j reads %s', (filter, words) => {
  expect(conditionsOf(filter).map((condition) => conditionInWords(filter, condition))).toEqual([words]);
});

test('a condition without entries is none; other conditions stay', () => {
  const store = new FilterStore({ text: 'ann' });
  store.toggle('countries', 'DE');
  store.toggle('countries', 'BR');
  expect(store.state.filter).toEqual({ text: 'ann', countries: ['DE', 'BR'] });
  store.toggle('countries', 'DE');
  store.toggle('countries', 'BR');
  expect(store.state.filter).toEqual({ text: 'ann' });
  store.set({ text: '' });
  expect(store.state.filter).toEqual({});
  store.set({ ids: [] }); // nothing chosen is not the same as everything
  expect(store.state.filter).toEqual({ ids: [] });
  store.remove('ids');
  expect(conditionsOf(store.state.filter)).toEqual([]);
});
