import { expect, it } from 'vitest';
import { AS_FOUND, arranged } from './arrange';
import { at, fixture } from './fixture';
import { TimelineModel } from './model';
import { recordTicks } from './record-ticks';

const records = {
  total: 5,
  ips: ['10.0.0.15', '198.51.100.7', 'nowhere'],
  lane: Uint32Array.of(1, 0, 1, 2, 0),
  time: Float64Array.of(at(8), at(9), at(10), at(11), at(12)),
};

it('puts the records into the lanes of their IPs, by time, and leaves out those without a lane', () => {
  const { index, total } = recordTicks(new TimelineModel(fixture()), records);
  const lane = (place: number) => [...index.start.subarray(index.first(place), index.first(place + 1))];
  expect([lane(0), lane(1), lane(2)]).toEqual([[at(8), at(10)], [at(9), at(12)], []]);
  expect(total).toBe(5);
});

it('follows the lanes when they are merged', () => {
  const merged = new TimelineModel(arranged(fixture(), { ...AS_FOUND, merge: true, sort: 'ip' }));
  const { index } = recordTicks(merged, records);
  expect(merged.lanes.map((lane) => lane.SrcIpAddr).indexOf('10.0.0.0/24')).toBe(0);
  expect([...index.start.subarray(0, index.first(1))]).toEqual([at(9), at(12)]);
});
