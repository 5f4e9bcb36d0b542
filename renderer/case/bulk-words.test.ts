import { expect, test } from 'vitest';
import { bulkInWords } from './bulk-words';

test.each([
  [
    { status: 'closed', verdict: 'false positive: inaccurate data' },
    37,
    'Close 37 findings as false positive: inaccurate data',
  ],
  [{ status: 'closed' }, 1, 'Close 1 finding'],
  [{ status: 'closed', addTags: ['vpn'] }, 2, 'Close 2 findings, add tag vpn'],
  [{ status: 'in progress', assignee: 'bo' }, 100_000, 'Change 100,000 findings: status in progress, assigned to bo'],
  [
    { verdict: null, assignee: null, removeTags: ['a', 'b'] },
    3,
    'Change 3 findings: take the verdict away, assigned to nobody, remove tag a, remove tag b',
  ],
  [{}, 3, undefined],
] as const)('%j of %d findings', (change, count, words) => {
  expect(bulkInWords(structuredClone(change) as Parameters<typeof bulkInWords>[0], count)).toBe(words);
});
