import { expect, test } from 'vitest';
import type { Timeline } from '../../shared/timeline';
import { whyFlagged } from './why-flagged';

function timeline(overlaps: [lane: number, previous: number, start: number, end: number][]): Timeline {
  return {
    user: 'ann',
    DstUserName: 'Ann',
    lanes: [
      { SrcIpAddr: '198.51.100.7', countries: ['DE'], network: 'public' },
      { SrcIpAddr: '203.0.113.9', countries: ['BR'], network: 'public' },
      { SrcIpAddr: '10.0.0.1', countries: [], network: 'private' },
    ],
    segments: {
      lane: new Uint32Array(),
      start: new Float64Array(),
      end: new Float64Array(),
      lastSeen: new Float64Array(),
      starting: new Uint8Array(),
      ending: new Uint8Array(),
      records: new Uint32Array(),
    },
    overlaps: {
      lane: Uint32Array.from(overlaps, (overlap) => overlap[0]),
      previousLane: Uint32Array.from(overlaps, (overlap) => overlap[1]),
      start: Float64Array.from(overlaps, (overlap) => overlap[2]),
      end: Float64Array.from(overlaps, (overlap) => overlap[3]),
    },
    from: 0,
    to: 1000,
  };
}

test('the longest overlap is the reason, with both places', () => {
  const reason = whyFlagged(
    timeline([
      [2, 0, 10, 20],
      [1, 0, 30, 90],
      [2, 1, 95, 99],
    ]),
  );
  expect(reason).toEqual({
    previous: { ip: '198.51.100.7', countries: ['DE'] },
    place: { ip: '203.0.113.9', countries: ['BR'] },
    start: 30,
    end: 90,
    listed: 3,
  });
});

test('of equally long ones it is the earliest, in whatever order they come; a point counts', () => {
  const reason = whyFlagged(
    timeline([
      [1, 0, 50, 50],
      [2, 0, 40, 40],
    ]),
  );
  expect(reason?.start).toBe(40);
});

test('without overlaps there is no reason', () => {
  expect(whyFlagged(timeline([]))).toBeUndefined();
});
