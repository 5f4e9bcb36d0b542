import { describe, expect, it } from 'vitest';
import { focusWords, overlapFacts, summaryWords } from '../timeline/describe';
import { SESSIONS, at, fixture, palette } from '../timeline/fixture';
import { TimelineModel } from '../timeline/model';
import { timelineSvg } from '../timeline/picture';
import { undrawnOf } from '../timeline/undrawn';
import { recordTicks } from '../timeline/record-ticks';
import { combined, combinedRecords, sharedIps } from './combined';
import type { Compared } from './combined';
import { localPages } from '../grid/local-pages';
import { sharedWords } from './shared-words';

const finding = (user: string, overlapCount = 4) => ({ user, DstUserName: user, overlapCount, overlapSeconds: 5400 });
/** bob is at one IP of ann's and at one of his own, an hour later than she. */
function compared(): Compared[] {
  const bob = fixture();
  bob.lanes[1] = { SrcIpAddr: '10.9.9.9', countries: [], network: 'private' };
  bob.lanes[2] = { SrcIpAddr: '10.9.9.10', countries: [], network: 'private' };
  for (const part of [bob.segments.start, bob.segments.end, bob.overlaps.start, bob.overlaps.end]) {
    part.forEach((value, index) => (part[index] = value + 3_600_000));
  }
  return [
    { finding: finding('ann'), timeline: fixture(), sessions: SESSIONS },
    { finding: finding('bob', 0), timeline: { ...bob, from: at(9), to: at(22) }, sessions: SESSIONS },
  ];
}

describe('combined', () => {
  const model = new TimelineModel(combined(compared()));
  model.sessions = [...SESSIONS, ...SESSIONS];

  it('marks where overlaps are counted and not drawn at the user whose they are', () => {
    const parts = compared().map((each) => ({ ...each, timeline: { ...each.timeline, user: each.finding.user } }));
    const undrawn = parts.flatMap(
      ({ timeline, finding: { user } }) => undrawnOf(timeline, user === 'ann' ? 4 : 9) ?? [],
    );
    expect(undrawn).toEqual([{ user: 'bob', listed: 4, inAll: 9, from: at(18.5), to: at(22) }]);
    const many = new TimelineModel(combined(parts), [], undrawn);
    const picture = timelineSvg({ model: many, window: { from: at(18), to: at(22) }, user: 'both', palette });
    // in the row of all overlaps, and in the lane that is bob's head
    expect(picture.split('more overlaps: counted, not drawn')).toHaveLength(3);
  });

  it('gives each user a head and a group of lanes, on one time axis', () => {
    expect(model.lanes.map(({ owner, head, SrcIpAddr }) => [owner?.user, head ?? SrcIpAddr])).toEqual([
      ['ann', '3 source IPs, 4 overlaps, 1 h 30 min'],
      ['ann', '198.51.100.7'],
      ['ann', '10.0.0.15'],
      ['ann', 'evil\u202Eip'],
      ['bob', '3 source IPs, no overlap'],
      ['bob', '198.51.100.7'],
      ['bob', '10.9.9.9'],
      ['bob', '10.9.9.10'],
    ]);
    expect([model.from, model.to]).toEqual([at(8), at(22)]);
    expect([model.barCount, model.overlapCount, model.placeCount]).toEqual([16, 8, 6]);
    expect(model.laneOfIp('198.51.100.7', 'bob')).toBe(5);
    expect(model.laneOfIp('198.51.100.7')).toBeUndefined();
  });

  it('keeps every segment and overlap with its user', () => {
    const bars = Array.from({ length: 16 }, (_, index) => model.bar(index));
    expect(bars.map(({ lane }) => lane)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 5, 5, 5, 6, 6, 6, 7, 7]);
    expect(bars[8]).toMatchObject({ start: at(9), sessionId: 's-0', records: 1 });
    expect(focusWords(model, { on: 'bar', bar: 8 })).toMatch(/^Segment 1 of 3 at 198\.51\.100\.7 of bob: session s-0/);
    expect(focusWords(model, { on: 'lane', lane: 4 })).toBe('User bob: 3 source IPs, no overlap.');
    expect(focusWords(model, { on: 'lane', lane: 5 })).toMatch(/^Source IP 4 of 6: 198\.51\.100\.7 of bob /);
    const users = Array.from({ length: 8 }, (_, index) => Object.fromEntries(overlapFacts(model, index))['User']);
    expect([users.filter((user) => user === 'ann').length, users.filter((user) => user === 'bob').length]).toEqual([
      4, 4,
    ]);
    expect(summaryWords(model, 'ann, bob')).toMatch(/^Timeline of ann, bob: 6 source IPs, 16 segments and 8 overlaps/);
  });

  it('knows whose lanes an area is over', () => {
    expect(model.subjectsOf(2, 5)).toEqual([
      { user: 'ann', ips: ['10.0.0.15', 'evil\u202Eip'] },
      { user: 'bob', ips: ['198.51.100.7'] },
    ]);
  });

  it('marks the records of each in the own lanes', () => {
    const of = (ip: string, hour: number) => ({
      total: 1,
      ips: [ip],
      lane: Uint32Array.of(0),
      time: Float64Array.of(at(hour)),
    });
    const records = combinedRecords(compared(), [of('198.51.100.7', 8), of('198.51.100.7', 9)]);
    const { index, total } = recordTicks(model, records);
    const lane = (place: number) => [...index.start.subarray(index.first(place), index.first(place + 1))];
    expect([total, lane(1), lane(5)]).toEqual([2, [at(8)], [at(9)]]);
  });
});

it('tells what the users have in common', () => {
  const ips = sharedIps(compared());
  expect(ips.map(({ ip, users }) => [ip, users.length])[0]).toEqual(['198.51.100.7', 2]);
  expect(sharedWords(ips, 2)).toBe('All 2 were at 198.51.100.7.');
  expect(sharedWords(ips, 3)).toBe('2 of them were at 198.51.100.7.');
  expect(sharedWords(ips.slice(1), 2)).toBe('No two of them were at the same source IP.');
  expect(sharedWords(ips, 1)).toBe('Add a user to compare with.');
});

it('sorts a list in memory and cuts it', async () => {
  const words = ['pear', 'fig', 'apple', 'fig'];
  const row = (index: number): string => `${words[index]} ${index}`;
  const value = (index: number): string => words[index] ?? '';
  const none = new AbortController().signal;
  const up = await localPages(4, row, { value, descending: false })(0, 3, none);
  expect(up).toEqual({ total: 4, rows: ['apple 2', 'fig 1', 'fig 3'] });
  const down = await localPages(4, row, { value, descending: true })(1, 3, none);
  expect(down.rows).toEqual(['fig 1', 'fig 3', 'apple 2']);
});
