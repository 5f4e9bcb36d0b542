import { expect, test } from 'vitest';
import { cappedInWords, whyNoEvents } from './account-words';
import type { InputSummary } from './domain';

test('of overlaps that are counted and not listed one is told, and of nothing nothing', () => {
  expect(cappedInWords(0)).toBe('');
  expect(cappedInWords(1)).toBe('One user has more than 100,000 overlaps: the later ones are counted, not listed.');
  expect(cappedInWords(1200)).toMatch(/^1,200 users have more than /);
});

test('a file without events says whether it is another kind of log or which column is not read', () => {
  const note = {
    about: 'columns',
    text: 'no column is read as the action; “What” looks like it',
    sure: 'open',
  } as const;
  const input = (setAside: InputSummary['setAside'], rejected = 0): string[] => {
    const reading = { notes: [note] } as unknown as InputSummary['reading']; // nothing else of it is looked at
    const file = { name: 'a.csv', records: 3, events: 0, setAside, rejected, reading } as InputSummary;
    return whyNoEvents({ inputs: [file] });
  };
  expect(input({ 'unknown-action': 3 })).toEqual([
    'a.csv: none of its 3 records says where a user was: 3 unknown action; no column is read as the action; “What” looks like it.',
  ]);
  expect(input({ 'connector-status': 3 })).toEqual([
    expect.stringContaining('another kind of log: open an export of User'),
  ]);
  expect(input({ 'connector-status': 2 }, 1)).toEqual([expect.not.stringContaining('another kind')]);
});
