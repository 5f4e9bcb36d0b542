import { expect, test } from 'vitest';
import type { LogSummary } from '../../shared/domain';
import { madeInput } from './made-input';
import { setAsideWords } from '../../shared/account-words';
import { importNotes, noteCounts, sumInWords, worstFirst } from './import-words';

const input = madeInput({
  records: 3433,
  events: 3402,
  setAside: { audit: 9, 'blank-line': 20, 'no-user': 0 },
  rejected: 2,
  warnings: ['It ends in the middle of a day.'],
});
const log: LogSummary = {
  inputs: [input],
  records: 3433,
  events: 3402,
  rejected: 2,
  orphanCloses: 0,
  duplicates: 0,
  warnings: ['2 session ids belong to several users'],
  coverageGaps: [],
  firstEvent: 1,
  lastEvent: 2,
};

test('the sum is written out, and not with an equals sign when it does not add up', () => {
  expect(sumInWords(log)).toBe('3,433 records = 3,402 events + 29 set aside + 2 rejected');
  expect(sumInWords({ ...log, records: 3500 })).toBe('3,500 records but 3,402 events + 29 set aside + 2 rejected');
});

test('what was set aside is named by class', () => {
  expect(setAsideWords(input)).toEqual([
    { words: 'blank line', count: 20 },
    { words: 'admin audit record', count: 9 },
  ]);
});

test('missing records come before warnings', () => {
  const cut = { ...input, name: 'cut.gz', incomplete: 'The file ends inside a gzip member.', warnings: [] };
  expect(importNotes({ ...log, inputs: [input, cut] })).toEqual([
    { file: 'cut.gz', text: 'The file ends inside a gzip member.', incomplete: true },
    { file: '', text: '2 session ids belong to several users', incomplete: false },
    { file: 'day.ndjson', text: 'It ends in the middle of a day.', incomplete: false },
  ]);
});

test('of many files those with something to know come first, the worst before', () => {
  const inputs = [
    madeInput({ name: 'fine' }),
    madeInput({ name: 'warned', warnings: ['w'] }),
    madeInput({ name: 'rejected', rejected: 1 }),
    madeInput({ name: 'cut', incomplete: 'it ends' }),
    madeInput({ name: 'also fine' }),
  ];
  expect(worstFirst(inputs).map(({ name }) => name)).toEqual(['cut', 'rejected', 'warned', 'fine', 'also fine']);
});

test('folded notes say how many they are, and how many records are missing from', () => {
  const warning = { file: '', text: 'w', incomplete: false };
  expect(noteCounts([warning, { ...warning, text: 'x' }])).toBe('2 warnings');
  expect(noteCounts([{ ...warning, incomplete: true }, warning])).toBe('1 incomplete, 1 warning');
  expect(noteCounts([{ ...warning, incomplete: true }])).toBe('1 incomplete');
});
