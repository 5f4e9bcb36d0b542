import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pyramid, eachRun, fillColumns } from './columns';
import { ASSUMED, LaneIndex, PROVEN } from './lane-index';

/** One lane of bars, sorted by start. */
function laneOf(bars: { start: number; end: number; kind: number }[]): LaneIndex {
  const sorted = bars.toSorted((a, b) => a.start - b.start);
  return new LaneIndex(
    Uint32Array.of(0, bars.length),
    Float64Array.from(sorted, (bar) => bar.start),
    Float64Array.from(sorted, (bar) => bar.end),
    Uint8Array.from(sorted, (bar) => bar.kind),
  );
}
const bar = fc
  .record({ start: fc.integer({ min: 0, max: 1000 }), length: fc.nat(200), kind: fc.constantFrom(ASSUMED, PROVEN) })
  .map(({ start, length, kind }) => ({ start, end: start + length, kind }));

describe('fillColumns', () => {
  it('says of every column what asking each bar would say', () => {
    fc.assert(
      fc.property(
        fc.array(bar, { maxLength: 40 }),
        fc.nat(1000),
        fc.integer({ min: 1, max: 500 }),
        (bars, from, span) => {
          const window = { from, to: from + span };
          const columns = new Uint8Array(50);
          const perMs = columns.length / span;
          const expected = Array.from(columns, (_, column) =>
            Math.max(
              0,
              ...bars
                .filter(({ start, end }) => {
                  const first = Math.max(0, Math.floor((start - from) * perMs));
                  return (
                    end >= from && first <= column && column < Math.max(first + 1, Math.ceil((end - from) * perMs))
                  );
                })
                .map(({ kind }) => kind),
            ),
          );
          fillColumns(laneOf(bars), 0, window, columns);
          expect(Array.from(columns)).toEqual(expected);
        },
      ),
    );
  });
});

describe('Pyramid', () => {
  it('shows a dense lane as its bars would, to within one column', () => {
    const span = { from: 0, to: 7 * 86_400_000 };
    let seed = 7;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const bars = laneOf(
      Array.from({ length: 20_000 }, () => {
        // in clusters, so that there are gaps to get wrong
        const start = (Math.floor(random() * 14) + random() * 0.4) * 43_200_000;
        return { start, end: start + random() * 600_000, kind: random() < 0.1 ? ASSUMED : PROVEN };
      }),
    );
    const pyramid = new Pyramid(bars, span);
    for (const window of [span, { from: 1e8, to: 5e8 }, { from: -3e8, to: 9e8 }]) {
      const exact = new Uint8Array(1000);
      const fast = new Uint8Array(1000);
      fillColumns(bars, 0, window, exact);
      pyramid.fill(0, window, fast);
      const near = (columns: Uint8Array, at: number): number =>
        Math.max(...columns.subarray(Math.max(0, at - 1), at + 2));
      exact.forEach((kind, at) => expect(near(fast, at)).toBeGreaterThanOrEqual(kind));
      fast.forEach((kind, at) => expect(near(exact, at)).toBeGreaterThanOrEqual(kind));
      expect(exact.includes(0)).toBe(true);
    }
  });

  it('reads the bars themselves when the window is finer than the bins', () => {
    const bars = laneOf(Array.from({ length: 5000 }, (_, at) => ({ start: at * 2, end: at * 2 + 1, kind: PROVEN })));
    const pyramid = new Pyramid(bars, { from: 0, to: 1e9 });
    const columns = new Uint8Array(10_000);
    pyramid.fill(0, { from: 0, to: 10_000 }, columns);
    expect(Array.from(columns.subarray(0, 6))).toEqual([2, 0, 2, 0, 2, 0]);
  });
});

it('eachRun gives filled stretches only', () => {
  const runs: number[][] = [];
  eachRun(Uint8Array.of(0, 2, 2, 1, 0, 0, 2), (...run) => runs.push(run));
  expect(runs).toEqual([
    [1, 2, 2],
    [3, 1, 1],
    [6, 1, 2],
  ]);
});
