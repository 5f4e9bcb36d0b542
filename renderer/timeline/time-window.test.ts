import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN_SPAN_MS, atLeast, padded, panned, spanOf, within, zoomed } from './time-window';

const limits = { from: 1_000_000, to: 100_000_000 };
const inLimits = fc
  .tuple(fc.integer({ min: limits.from, max: limits.to - MIN_SPAN_MS }), fc.nat(90_000_000))
  .map(([from, span]) => ({ from, to: Math.min(limits.to, from + MIN_SPAN_MS + span) }));

describe('zoomed', () => {
  it('keeps the time under the cursor under the cursor', () => {
    fc.assert(
      fc.property(
        inLimits,
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (window, factor, share) => {
          const at = window.from + share * spanOf(window);
          const after = zoomed(window, factor, at, limits);
          expect((at - after.from) / spanOf(after)).toBeCloseTo(share, 4);
        },
      ),
    );
  });

  it('never leaves the limits and never comes closer than a second', () => {
    fc.assert(
      fc.property(
        inLimits,
        fc.double({ min: 0.001, max: 1000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (window, factor, share) => {
          const after = zoomed(window, factor, window.from + share * spanOf(window), limits);
          expect(after.from).toBeGreaterThanOrEqual(limits.from);
          expect(after.to).toBeLessThanOrEqual(limits.to + 1e-6);
          expect(spanOf(after)).toBeGreaterThanOrEqual(MIN_SPAN_MS - 1e-6);
        },
      ),
    );
  });
});

describe('panned', () => {
  it('stops at the limits with its span whole', () => {
    const window = { from: 2_000_000, to: 3_000_000 };
    expect(panned(window, -5_000_000, limits)).toEqual({ from: 1_000_000, to: 2_000_000 });
    expect(panned(window, 1e12, limits)).toEqual({ from: 99_000_000, to: 100_000_000 });
    expect(panned(window, 250, limits)).toEqual({ from: 2_000_250, to: 3_000_250 });
  });

  it('does not jump when the window was set beyond the limits from outside', () => {
    const beyond = { from: -9_000_000, to: -8_000_000 };
    expect(panned(beyond, 1000, limits)).toEqual({ from: -8_999_000, to: -7_999_000 });
    expect(panned(beyond, -1000, limits)).toEqual(beyond);
  });
});

describe('within and padded', () => {
  it('shortens a window that is longer than the limits', () => {
    expect(within({ from: 0, to: 1e12 }, limits)).toEqual(limits);
  });

  it('widens an instant to a second and leaves the rest alone', () => {
    expect(atLeast({ from: 5000, to: 5000 })).toEqual({ from: 4500, to: 5500 });
    expect(atLeast(limits)).toEqual(limits);
  });

  it('gives a single instant room', () => {
    expect(padded(5000, 5000, 0.02, 30_000)).toEqual({ from: -25_000, to: 35_000 });
    expect(padded(0, 1000, 0.1, 1)).toEqual({ from: -100, to: 1100 });
  });
});
