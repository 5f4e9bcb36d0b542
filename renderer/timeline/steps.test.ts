import { describe, expect, it } from 'vitest';
import { at, fixture } from './fixture';
import { TimelineModel } from './model';
import { lanesOf, stepBar, stepLane, stepOverlap } from './steps';
import type { Focus } from './steps';

const model = new TimelineModel(fixture());
const all = model.limits;

describe('stepOverlap', () => {
  it('starts with the first or the last in the window', () => {
    expect(stepOverlap(model, undefined, all, 1)).toEqual({ on: 'overlap', overlap: 0 });
    expect(stepOverlap(model, undefined, all, -1)).toEqual({ on: 'overlap', overlap: 3 });
    expect(stepOverlap(model, undefined, { from: at(13), to: at(16) }, 1)).toEqual({ on: 'overlap', overlap: 2 });
  });

  it('goes on from the one in focus and stays at the ends', () => {
    expect(stepOverlap(model, { on: 'overlap', overlap: 1 }, all, 1)).toEqual({ on: 'overlap', overlap: 2 });
    expect(stepOverlap(model, { on: 'overlap', overlap: 3 }, all, 1)).toEqual({ on: 'overlap', overlap: 3 });
    expect(stepOverlap(model, { on: 'overlap', overlap: 0 }, all, -1)).toEqual({ on: 'overlap', overlap: 0 });
  });

  it('has nowhere to go without overlaps', () => {
    const none = new Float64Array();
    const overlaps = { lane: new Uint32Array(), previousLane: new Uint32Array(), start: none, end: none };
    expect(stepOverlap(new TimelineModel({ ...fixture(), overlaps }), undefined, all, 1)).toBeUndefined();
  });
});

describe('stepBar', () => {
  it('walks through the lane in focus and does not leave it', () => {
    const seen: (Focus | undefined)[] = [];
    let focus: Focus | undefined = { on: 'lane', lane: 1 };
    for (let step = 0; step < 4; step++) seen.push((focus = stepBar(model, focus, all, 1)));
    expect(seen).toEqual([3, 4, 5, 5].map((bar) => ({ on: 'bar', bar })));
    expect(stepBar(model, { on: 'bar', bar: 3 }, all, -1)).toEqual({ on: 'bar', bar: 3 });
  });

  it('starts in the window, in the first lane that has something there', () => {
    expect(stepBar(model, undefined, { from: at(18.5), to: at(22) }, 1)).toEqual({ on: 'bar', bar: 5 });
    expect(stepBar(model, { on: 'lane', lane: 0 }, { from: at(13), to: at(22) }, 1)).toEqual({ on: 'bar', bar: 2 });
  });
});

it('stepLane goes through the lanes, from whatever has the focus, and stays at the ends', () => {
  expect(stepLane(model, undefined, 1)).toEqual({ on: 'lane', lane: 0 });
  expect(stepLane(model, undefined, -1)).toEqual({ on: 'lane', lane: 2 });
  expect(stepLane(model, { on: 'bar', bar: 3 }, 1)).toEqual({ on: 'lane', lane: 2 });
  expect(stepLane(model, { on: 'lane', lane: 2 }, 1)).toEqual({ on: 'lane', lane: 2 });
});

it('an overlap is about both its lanes', () => {
  expect(lanesOf(model, { on: 'overlap', overlap: 1 })).toEqual([2, 0]);
  expect(lanesOf(model, { on: 'bar', bar: 4 })).toEqual([1]);
});
