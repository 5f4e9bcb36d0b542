import { expect, it } from 'vitest';
import { combined } from '../compare/combined';
import { AS_FOUND, arranged } from './arrange';
import { at, fixture } from './fixture';
import { laneFacts } from './lane-facts';
import { TimelineModel } from './model';

it('tells of each source IP what its lane shows', () => {
  const facts = laneFacts(new TimelineModel(fixture()));
  expect(
    facts.map(({ lane, block, segments, overlaps, first, last }) => [
      lane.SrcIpAddr,
      block,
      segments,
      overlaps,
      first,
      last,
    ]),
  ).toEqual([
    ['198.51.100.7', '198.51.100.0/24', 3, 4, at(8), at(18)],
    ['10.0.0.15', '10.0.0.0/24', 3, 3, at(11), at(20)],
    ['evil\u202Eip', 'evil\u202Eip', 2, 1, at(11.5), at(21)],
  ]);
});

it('follows the lanes when they are merged, and leaves out the heads of users', () => {
  const merged = laneFacts(new TimelineModel(arranged(fixture(), { ...AS_FOUND, merge: true })));
  expect(merged[0]).toMatchObject({ index: 0, block: '198.51.100.0/24', segments: 3 });
  const finding = { user: 'ann', DstUserName: 'Ann', overlapCount: 4, overlapSeconds: 1 };
  const facts = laneFacts(new TimelineModel(combined([{ finding, timeline: fixture(), sessions: [] }])));
  expect(facts.map(({ index }) => index)).toEqual([1, 2, 3]);
});
