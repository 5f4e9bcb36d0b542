import { describe, expect, it } from 'vitest';
import { SESSIONS, at, fixture } from './fixture';
import { hitTest } from './hit';
import { AXIS_HEIGHT, STRIP_HEIGHT, laneTop, layOut } from './math/layout';
import { TimeScale } from './math/time-scale';
import { TimelineModel } from './model';

const model = new TimelineModel(fixture());
model.sessions = SESSIONS;

describe('TimelineModel', () => {
  it('numbers overlaps by start whatever order they came in', () => {
    const starts = [0, 1, 2, 3].map((index) => model.overlap(index).start);
    expect(starts).toEqual([at(11), at(11.5), at(15), at(17.5)]);
    expect(Array.from(model.overlaps.start)).toEqual(starts);
    expect(model.overlap(1)).toEqual({ lane: 2, previousLane: 0, start: at(11.5), end: at(11.75) });
  });

  it('gives each lane the bands of its own overlaps, by start', () => {
    const bandsOf = (lane: number): number[] =>
      Array.from(model.bandOverlap.subarray(model.bands.first(lane), model.bands.first(lane + 1)));
    expect([bandsOf(0), bandsOf(1), bandsOf(2)]).toEqual([[0, 1, 2, 3], [0, 2, 3], [1]]);
  });

  it('finds an overlap and a segment by what a table row knows of them', () => {
    expect(model.findOverlap('198.51.100.7', '10.0.0.15', at(17.5))).toBe(3);
    expect(model.findOverlap('10.0.0.15', '198.51.100.7', at(17.5))).toBeUndefined();
    expect(model.findBar('198.51.100.7', 's-1', at(9))).toBe(1);
    expect(model.findBar('198.51.100.7', 's-0', at(9))).toBeUndefined();
    expect(model.findBar('192.0.2.1', 's-0', at(8))).toBeUndefined();
  });

  it('leaves room at both ends, and gives an instant two seconds', () => {
    expect(model.limits.from).toBeLessThan(at(8));
    expect(model.limits.to).toBeGreaterThan(at(21));
    const instant = new TimelineModel({ ...fixture(), from: at(9), to: at(9) });
    expect(instant.limits).toEqual({ from: at(9) - 1000, to: at(9) + 1000 });
  });
});

describe('hitTest', () => {
  const layout = layOut(1300, 400, 3, 0);
  const scale = new TimeScale({ from: at(8), to: at(21) }, 1300);
  const hit = (hours: number, y: number) => hitTest(model, layout, scale, scale.x(at(hours)), y);
  const middle = (lane: number): number => laneTop(layout, lane) + layout.laneHeight / 2;

  it('tells the bar on top where two sessions share a lane', () => {
    expect(hit(8.5, middle(0))).toEqual({ bar: 0, overlap: undefined });
    expect(hit(9.5, middle(0))).toEqual({ bar: 1, overlap: undefined });
    expect(hit(10.5, middle(0))?.bar).toBe(0);
  });

  it('tells bar and overlap where a band crosses a bar, of the lane pointed at', () => {
    expect(hit(11.6, middle(2))).toEqual({ bar: 6, overlap: 1 });
    expect(hit(11.6, middle(1))).toEqual({ bar: 3, overlap: 0 });
  });

  it('reaches an instant from three pixels off, not from ten', () => {
    const x = scale.x(at(15));
    expect(hitTest(model, layout, scale, x + 3, middle(1))).toEqual({ bar: 4, overlap: 2 });
    expect(hitTest(model, layout, scale, x + 10, middle(1))).toBeUndefined();
  });

  it('tells overlaps alone on the strip, and nothing on the axis or below the lanes', () => {
    expect(hit(17.75, AXIS_HEIGHT + STRIP_HEIGHT / 2)).toEqual({ bar: undefined, overlap: 3 });
    expect(hit(13.5, AXIS_HEIGHT + STRIP_HEIGHT / 2)).toBeUndefined();
    expect(hit(11.6, AXIS_HEIGHT - 2)).toBeUndefined();
    expect(hit(11.6, 390)).toBeUndefined();
  });
});
