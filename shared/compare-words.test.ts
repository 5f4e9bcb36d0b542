import { expect, test } from 'vitest';
import { gainedAndLost } from './compare-words';

test('whom the intended rule gains and loses is counted against each of the published ones', () => {
  const user = (published: boolean, publishedInner: boolean, intended: boolean) => ({
    user: 'ann',
    overlapCount: 0,
    reason: '',
    other: null,
    published,
    publishedInner,
    intended,
  });
  const differences = [user(false, true, true), user(false, true, false), user(false, true, false)];
  const counts = { published: 0, publishedInner: 3, intended: 1, other: null };
  expect(gainedAndLost({ ...counts, differences })).toEqual([
    'Against the published rule, the intended rule gains 1 user and loses none.',
    'Against that with kind=inner, the intended rule gains none and loses 2 users.',
  ]);
});
