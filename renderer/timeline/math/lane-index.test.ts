import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LaneIndex, PROVEN, offsets } from './lane-index';

/** Random bars of a few lanes, in the order in which the engine sends them. */
const randomBars = fc
  .array(
    fc.record({
      lane: fc.nat(3),
      start: fc.integer({ min: 0, max: 1000 }),
      length: fc.nat(300),
      kind: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 60 },
  )
  .map((bars) => bars.toSorted((a, b) => a.lane - b.lane || a.start - b.start))
  .map(
    (bars) =>
      new LaneIndex(
        offsets(
          Uint32Array.from(bars, (bar) => bar.lane),
          4,
        ),
        Float64Array.from(bars, (bar) => bar.start),
        Float64Array.from(bars, (bar) => bar.start + bar.length),
        Uint8Array.from(bars, (bar) => bar.kind),
      ),
  );

const touching = (bars: LaneIndex, lane: number, from: number, to: number): number[] =>
  [...bars.start.keys()].filter((bar) => bars.laneOf(bar) === lane && bars.start[bar]! <= to && bars.end[bar]! >= from);

describe('LaneIndex', () => {
  it('finds in its range every bar that touches the window, of the right lane', () => {
    fc.assert(
      fc.property(randomBars, fc.nat(3), fc.nat(1300), fc.nat(400), (bars, lane, from, span) => {
        const { lo, hi } = bars.range(lane, from, from + span);
        const expected = touching(bars, lane, from, from + span);
        expect(lo).toBeGreaterThanOrEqual(bars.first(lane));
        expect(hi).toBeLessThanOrEqual(bars.first(lane + 1));
        for (const bar of expected) expect(bar >= lo && bar < hi).toBe(true);
        expect(bars.topmost(lane, from, from + span)).toBe(expected.at(-1));
      }),
    );
  });

  it('knows the lane of a bar when lanes before it are empty', () => {
    const bars = new LaneIndex(
      offsets(Uint32Array.of(0, 2, 2, 5), 6),
      Float64Array.of(1, 2, 3, 4),
      Float64Array.of(1, 2, 3, 4),
      new Uint8Array(4).fill(PROVEN),
    );
    expect([0, 1, 2, 3].map((bar) => bars.laneOf(bar))).toEqual([0, 2, 2, 5]);
    expect(bars.range(1, 0, 10)).toEqual({ lo: 1, hi: 1 });
    expect(bars.topmost(4, 0, 10)).toBeUndefined();
  });
});
