import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOP, fullHeight, laneAt, laneTop, lanesInSight, layOut, scrollRoom, scrollTo } from './layout';

const layouts = fc
  .record({ height: fc.integer({ min: 120, max: 900 }), lanes: fc.integer({ min: 1, max: 300 }), scroll: fc.nat(9000) })
  .map(({ height, lanes, scroll }) => layOut(800, height, lanes, scroll));

describe('layout', () => {
  it('needs no scrolling at its full height', () => {
    for (const lanes of [1, 3, 40]) expect(scrollRoom(layOut(800, fullHeight(lanes), lanes, 50))).toBe(0);
  });

  it('keeps 200 lanes readable and lets them scroll', () => {
    const layout = layOut(800, 400, 200, 1e9);
    expect(layout.laneHeight).toBe(28);
    expect(layout.scroll).toBe(TOP + 200 * 28 - 400);
    expect(lanesInSight(layout).last).toBe(199);
  });

  it('finds the lane that it put at a height', () => {
    fc.assert(
      fc.property(layouts, fc.nat(299), (layout, lane) => {
        const middle = laneTop(layout, lane) + layout.laneHeight / 2;
        fc.pre(lane < layout.lanes && middle >= TOP && middle <= layout.height);
        expect(laneAt(layout, middle)).toBe(lane);
        const { first, last } = lanesInSight(layout);
        expect(lane >= first && lane <= last).toBe(true);
      }),
    );
    expect(laneAt(layOut(800, 400, 2, 0), TOP - 1)).toBeUndefined();
    expect(laneAt(layOut(800, 400, 2, 0), 390)).toBeUndefined();
  });

  it('scrolls two lanes into sight when both fit, and else the upper', () => {
    fc.assert(
      fc.property(layouts, fc.nat(299), fc.nat(299), (layout, a, b) => {
        const [upper, lower] = [Math.min(a, b, layout.lanes - 1), Math.min(Math.max(a, b), layout.lanes - 1)];
        const after = { ...layout, scroll: scrollTo(layout, upper, lower) };
        const together = (lower - upper + 1) * layout.laneHeight <= layout.height - TOP;
        expect(laneTop(after, upper)).toBeGreaterThanOrEqual(TOP);
        const seenTo = together ? laneTop(after, lower) + layout.laneHeight : laneTop(after, upper) + 1;
        expect(seenTo).toBeLessThanOrEqual(layout.height);
      }),
    );
  });

  it('stays put when the lanes are in sight already', () => {
    const layout = layOut(800, 400, 200, 240);
    expect(scrollTo(layout, 12, 13)).toBe(240);
  });
});
