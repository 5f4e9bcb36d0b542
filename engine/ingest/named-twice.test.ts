import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysOf } from '../formats/json';
import { columnsTwice, namedTwice } from './named-twice';

const found = (lines: readonly string[], names: ReadonlySet<string> = keysOf(lines)): unknown => {
  const twice = namedTwice(lines, names, true);
  return twice && { looked: twice.looked, same: twice.same, spelled: twice.spelled };
};
const none = { records: 0, names: [] };

test('names that stand twice in a record, with different values', () => {
  const lines = [
    '{"Username":"ann","SessionID":"s","Username":"bea"}',
    '{"Username":"ann","SessionID":"s"}',
    '{"Username":"ann","SessionID":1,"SessionID":2,"Username":"bea"}',
    '',
  ];
  expect(found(lines)).toEqual({
    looked: 3,
    same: { records: 2, names: ['Username', 'SessionID'] },
    spelled: none,
  });
});

test.each([
  ['an escaped name', String.raw`{"Username":"ann","\u0055sername":"bea"}`, ['Username'], ['Username']],
  ['a hit', '{"_source":{"Username":"ann","Username":"bea"}}', ['/_source/Username'], ['Username']],
  [
    'a name in objects',
    '{"client":{"ip":"192.0.2.1","ip":"192.0.2.2"}}',
    ['/client/ip', '/client/port'],
    ['client.ip'],
  ],
  ['a text', JSON.stringify({ Message: '{"Username":"ann","Username":"bea"}' }), ['Message', 'Username'], ['Username']],
  ['a cell of CSV', '1,"<134>{""Username"":""ann"",""Username"":""bea""}"', ['Username'], ['Username']],
  ['behind a header', '<134>Mar  2 host {"Username":"ann", "Username" : "bea"}', ['Username'], ['Username']],
  ['with values left empty', '{"Username":"ann","X": ,"Username":"bea"}', ['Username'], ['Username']],
])('in %s', (_, line, names, expected) => {
  expect(found([line], new Set(names))).toMatchObject({ looked: 1, same: { records: 1, names: expected } });
});

test('names that differ in letter case: the one that counts is named first', () => {
  const lines = ['{"username":"ann"}', '{"Username":"bea","username":"cat"}'];
  expect(found(lines)).toEqual({ looked: 2, same: none, spelled: { records: 1, names: [['username', 'Username']] } });
});

test.each([
  ['one value', '{"Username":"ann","Username":"ann"}'],
  ['a name that Doppel does not read', '{"Username":"ann","Idp":"a","Idp":"b"}'],
  ['other names for the same thing', '{"LogTimestamp":"a","@timestamp":"b"}'],
  ['an object inside', '{"Username":"ann","Extra":{"Username":"bea"}}'],
  ['an array', '{"Username":"ann","Extra":[{"Username":"bea"},{"Username":"cat"}]}'],
  ['a value', String.raw`{"Username":"ann","Note":"\"Username\":\"bea\""}`],
  ['what is no JSON', '{"Username":"ann","Username":"bea"'],
])('nothing is said of %s', (_, line) => {
  expect(found([line], new Set(['Username', 'LogTimestamp', '@timestamp']))).toBeUndefined();
});

test('no record of JSON without such names has any, and no text makes it fail', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, text) => {
      const line = JSON.stringify({ Username: 'ann', more: value, text });
      expect(found([line], new Set(['Username']))).toBeUndefined();
      found([text, `{${text}`, `{"Username":${text},"Username":1}`], new Set(['Username']));
    }),
  );
});

test('a name that stands 100,000 times is named once', () => {
  const text = `{"Username":"a",${Array.from({ length: 100_000 }, (_, n) => `"Username":${n}`).join(',')}}`;
  for (const line of [text, JSON.stringify({ Message: text })]) {
    expect(found([line], new Set(['Username']))).toMatchObject({ same: { records: 1, names: ['Username'] } });
  }
});

test('columns that a header names twice', () => {
  expect(columnsTwice(['Username', 'x', 'SessionID', 'Username', 'sessionid', 'x'])).toEqual([
    ['Username', 'Username'],
    ['SessionID', 'sessionid'],
  ]);
});
