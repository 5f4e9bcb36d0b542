import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STATUSES, VERDICTS } from '../../shared/decisions';
import type { Subject } from '../../shared/decisions';
import type { DecisionRecord } from './record';
import { recordOf } from './snapshot';
import { apply, findingState, holding, newSubject } from './state';
import type { State } from './state';
import { undoing } from './undo';

const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const at = 1_700_000_000_000;
const record = (n: number, set: DecisionRecord['set'], more: Partial<DecisionRecord> = {}): DecisionRecord => ({
  v: 1,
  id: uuid(n),
  batch: uuid(n),
  of: 1,
  ts: at + n,
  author: 'ann',
  finding: 'f',
  set,
  ...more,
});
const subject = (user: string): Subject => ({ user, DstUserName: user, ips: ['9.9.9.9'], distinctIps: 2 });
const fold = (records: readonly DecisionRecord[]): State => {
  const state: State = new Map();
  for (const one of records) apply(state, one);
  return state;
};
const shown = (state: State): unknown =>
  [...state]
    .map(([finding, fields]) => findingState(finding, fields))
    .toSorted((a, b) => (a.finding < b.finding ? -1 : 1));

const anySet = fc.record(
  {
    status: fc.constantFrom(...STATUSES),
    verdict: fc.constantFrom(null, ...VERDICTS),
    assignee: fc.constantFrom(null, 'bea', '__proto__'),
    addTags: fc.subarray(['vpn', '__proto__', 'constructor']),
    removeTags: fc.subarray(['vpn', '__proto__']),
    note: fc.record({ id: fc.constantFrom(uuid(901), uuid(902)), text: fc.constantFrom(null, 'a', 'b') }),
  },
  { requiredKeys: [] },
);
const anyRecords = fc
  .array(
    fc.record({
      set: anySet,
      ts: fc.integer({ min: at, max: at + 5 }),
      finding: fc.constantFrom('f', 'g', '__proto__'),
      subject: fc.option(fc.constantFrom(subject('ann'), subject('bea')), { nil: undefined }),
    }),
    { maxLength: 15 },
  )
  .map((all) =>
    all.map(({ set, ts, finding, subject: told }, n) =>
      record(n, set, { ts, finding, ...(told && { subject: told }) }),
    ),
  );

test('any order of the records, and any of them twice, gives the same state', () => {
  fc.assert(
    fc.property(anyRecords, fc.infiniteStream(fc.nat()), (records, order) => {
      const shuffled = records
        .map((one) => ({ one, key: order.next().value ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ one }) => one);
      expect(shown(fold([...shuffled, ...records.slice(0, 3)]))).toEqual(shown(fold(records)));
    }),
  );
});

test('what a snapshot holds folds to the same state', () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const state = fold(records);
      expect(shown(fold([...holding(state)].map(recordOf)))).toEqual(shown(state));
    }),
  );
});

test('a tag named __proto__ is a tag and nothing else', () => {
  const [fields] = fold([record(1, { addTags: ['__proto__'] })]).values();
  expect(findingState('f', fields!).tags).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>)['tags']).toBeUndefined();
});

test('closed without a verdict, after a merge, shows as in progress', () => {
  const [fields] = fold([
    record(1, { status: 'closed', verdict: 'undetermined' }),
    record(2, { verdict: null }),
  ]).values();
  expect(findingState('f', fields!)).toMatchObject({ status: 'in progress', verdict: null, changedAt: at + 2 });
});

test('undo restores what was there, undo of undo brings it back, and one that changes nothing is refused', () => {
  const history = [
    record(1, { status: 'in progress' }),
    record(2, { status: 'closed', verdict: 'true positive', addTags: ['vpn'] }),
  ];
  const undo = undoing(history, history[1]!);
  expect(undo).toEqual({ status: 'in progress', verdict: null, removeTags: ['vpn'] });
  history.push(record(3, undo!, { undoes: uuid(2) }));
  expect(undoing(history, history[1]!)).toBeUndefined();
  expect(undoing(history, history[0]!)).toEqual({ status: 'new' });
  expect(undoing(history, history[2]!)).toEqual({ status: 'closed', verdict: 'true positive', addTags: ['vpn'] });
});

test('undo leaves alone what a later decision has replaced', () => {
  const history = [record(1, { status: 'in progress', assignee: 'bea' }), record(2, { assignee: 'cid' })];
  expect(undoing(history, history[0]!)).toEqual({ status: 'new' });
});

test('undoing a note takes it away, undoing its edit restores the old text', () => {
  const history = [
    record(1, { note: { id: uuid(1), text: 'old' } }),
    record(2, { note: { id: uuid(1), text: 'new' } }),
  ];
  expect(undoing(history, history[1]!)).toEqual({ note: { id: uuid(1), text: 'old' } });
  expect(undoing([history[0]!], history[0]!)).toEqual({ note: { id: uuid(1), text: null } });
});

test('whom a finding is about is told once, outlives undo, and is told again when it has changed', () => {
  const history = [record(1, { status: 'in progress' }, { subject: subject('ann') })];
  history.push(record(2, undoing(history, history[0]!)!, { undoes: uuid(1) }));
  const [fields] = fold(history).values();
  expect(findingState('f', fields!)).toMatchObject({ status: 'new', subject: { user: 'ann' } });
  expect(newSubject(subject('ann'), fields)).toEqual({});
  expect(newSubject(subject('bea'), fields)).toEqual({ subject: subject('bea') });
  expect(newSubject(undefined, fields)).toEqual({});
});
