import { expect, test } from 'vitest';
import { activityInWords } from './activity-words';
import type { Activity } from './decisions';

const did = (set: Activity['set'], more: Partial<Activity> = {}): string =>
  activityInWords({ id: 'r1', batch: 'r1', of: 1, ts: 0, author: 'ann', finding: 'f', set, ...more });

test('who did what, in words', () => {
  expect(did({ status: 'closed', verdict: 'true positive' })).toBe(
    'gave the verdict true positive; set the status to closed',
  );
  expect(did({ verdict: null, assignee: null })).toBe('took the verdict away; assigned it to nobody');
  expect(did({ assignee: 'bea', addTags: ['a', 'b'], removeTags: ['c'] })).toBe(
    'assigned it to bea; added the tags a, b; removed the tag c',
  );
  expect(did({ note: { id: 'r1', text: 'called\n her' } })).toBe('wrote a note: “called her”');
  expect(did({ note: { id: 'r0', text: 'x'.repeat(300) } })).toBe(`changed a note: “${'x'.repeat(200)}…”`);
  expect(did({ note: { id: 'r0', text: null } })).toBe('removed a note');
  expect(did({ status: 'new' }, { undoes: 'r0' })).toBe('took back an earlier decision: set the status to new');
  expect(did({ status: 'new' }, { of: 1200 })).toBe('set the status to new (one of 1,200 users at once)');
  expect(did({})).toContain('does not know');
});
