import { expect, test } from 'vitest';
import { nearest } from './nearest';

test.each([
  ['--fromat', '--format'],
  ['--ouy', '--out'],
  ['--idlegap', '--idle-gap'],
  ['--FORMAT', '--format'],
  ['--manif', '--manifest'],
  ['--colour', undefined],
  ['--xyz', undefined],
])('%s is probably %s', (typed, meant) => {
  expect(nearest(typed, ['--format', '--from', '--out', '--idle-gap', '--manifest'])).toBe(meant);
});
