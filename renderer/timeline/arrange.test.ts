import { describe, expect, it } from 'vitest';
import { AS_FOUND, arranged } from './arrange';
import type { Arrangement } from './arrange';
import { fixture } from './fixture';

const timeline = () => {
  const columns = fixture();
  columns.lanes[2] = { SrcIpAddr: '198.51.100.200', countries: ['BR'], network: 'public' };
  return columns;
};
const ipsOf = (change: Partial<Arrangement>): string[] =>
  arranged(timeline(), { ...AS_FOUND, ...change }).lanes.map((lane) => lane.SrcIpAddr);

describe('arranged', () => {
  it('sorts by first presence, IP, overlaps, length, and pins', () => {
    expect(ipsOf({})).toEqual(['198.51.100.7', '10.0.0.15', '198.51.100.200']);
    expect(ipsOf({ sort: 'ip' })).toEqual(['10.0.0.15', '198.51.100.7', '198.51.100.200']);
    expect(ipsOf({ sort: 'overlaps' })).toEqual(['198.51.100.7', '10.0.0.15', '198.51.100.200']);
    expect(ipsOf({ sort: 'length' })).toEqual(['198.51.100.7', '10.0.0.15', '198.51.100.200']);
    expect(ipsOf({ sort: 'length', pinned: ['198.51.100.200'] })[0]).toBe('198.51.100.200');
  });

  it('sorts addresses as numbers, IPv4 before IPv6', () => {
    const columns = fixture();
    const names = ['2001:db8::10', '2001:db8::9', '192.0.2.10'];
    names.forEach((SrcIpAddr, at) => (columns.lanes[at] = { SrcIpAddr, countries: [], network: 'public' }));
    const sorted = arranged(columns, { ...AS_FOUND, sort: 'ip' }).lanes.map((lane) => lane.SrcIpAddr);
    expect(sorted).toEqual(['192.0.2.10', '2001:db8::9', '2001:db8::10']);
  });

  it('merges neighbours into one lane, sorted by start, and loses nothing', () => {
    const { lanes, segments, overlaps } = arranged(timeline(), { ...AS_FOUND, merge: true });
    expect(lanes).toEqual([
      {
        SrcIpAddr: '198.51.100.0/24',
        countries: ['BR', 'DE'],
        network: 'public',
        ips: ['198.51.100.7', '198.51.100.200'],
      },
      { SrcIpAddr: '10.0.0.0/24', countries: [], network: 'private', ips: ['10.0.0.15'] },
    ]);
    const before = timeline().segments;
    expect([...segments.records].toSorted((a, b) => a - b)).toEqual([...before.records].toSorted((a, b) => a - b));
    const places = [...segments.lane].map((lane, index) => [lane, segments.start[index] ?? 0] as const);
    expect(places).toEqual(places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
    // each segment keeps its own values
    for (const [index, records] of segments.records.entries()) {
      const at = before.records.indexOf(records);
      expect(segments.source?.[index]).toBe(at);
      expect([segments.start[index], segments.end[index], segments.ending[index]]).toEqual([
        before.start[at],
        before.end[at],
        before.ending[at],
      ]);
    }
    expect(overlaps.lane).toHaveLength(4);
    expect(overlaps.start).toEqual(timeline().overlaps.start);
  });
});
