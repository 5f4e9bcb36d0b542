import { expect, test } from 'vitest';
import { MADE_READING, madeInput } from '../import/made-input';
import { doubtsOf, mappingWords, outcomeWords, previewSum } from './reading-words';

test('what became of a row is said in words, never by its code', () => {
  expect(outcomeWords('event')).toBe('event');
  expect(outcomeWords('no-user')).toBe('set aside: no user name');
  expect(outcomeWords('no-time')).toBe('rejected: no time that can be read');
  expect(outcomeWords(null)).toBe('not read yet');
});

test('a mapping is told field by field, in the order in which people are asked', () => {
  expect(mappingWords({ mapping: { time: 'When', user: 'Account' } })).toBe('user from "Account", time from "When"');
});

test('a preview says how many of its rows are events, or what is missing', () => {
  const row = { line: 2, cells: [], time: null, action: null, user: null, SrcIpAddr: null, sessionId: null };
  const rows = [
    { ...row, outcome: 'event' },
    { ...row, outcome: 'no-time' },
  ];
  expect(previewSum({ format: 'CSV', rows })).toBe('The first 2 rows give 1 event.');
  expect(previewSum({ format: null, rows })).toContain('Choose the columns');
});

test('of how files are read, only what is open is a doubt, each with its file and once', () => {
  const input = madeInput({
    name: 'a.csv',
    reading: {
      ...MADE_READING,
      notes: [
        { about: 'columns', text: 'no column is read as the source IP', sure: 'open' },
        { about: 'time-zone', text: 'times are UTC', sure: 'certain' },
      ],
    },
  });
  expect(doubtsOf([input, input])).toEqual(['a.csv: no column is read as the source IP']);
});
