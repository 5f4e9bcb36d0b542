import { describe, expect, it } from 'vitest';
import { areaWords, lengthWords } from './describe-marks';
import { at, fixture } from './fixture';
import { Marks, lanesWithin, stretchOf } from './marks';
import { TimelineModel } from './model';

const everywhere = { first: 0, last: 2 };

describe('marks', () => {
  it('a measurement goes with the cursor until it is ended, in either direction', () => {
    const marks = new Marks();
    marks.measure(at(12));
    expect(lengthWords(marks.state.measure!)).toBe('from 2 Mar 2026 12:00:00 UTC');
    marks.follow(at(11), 1);
    expect(stretchOf(marks.state.measure!)).toEqual({ from: at(11), to: at(12) });
    marks.measure(at(10.5));
    marks.follow(at(20), 1);
    expect(lengthWords(marks.state.measure!)).toBe('1 h 30 min, 2 Mar 2026 10:30:00 to 12:00:00 UTC');
    marks.measure(at(1));
    expect(marks.state.measure).toMatchObject({ anchor: at(1), isOpen: true });
  });

  it('an area goes with the cursor and the lane, and says what it holds once that is counted', () => {
    const marks = new Marks();
    marks.select(at(10), { first: 1, last: 1 });
    marks.follow(at(12), 0);
    marks.select(at(12), everywhere);
    expect(lanesWithin(marks.state.area!)).toEqual({ first: 0, last: 1 });
    const model = new TimelineModel(fixture());
    expect(areaWords(model, marks.state.area!, undefined)).toBe(
      '2 h, 2 Mar 2026 10:00:00 to 12:00:00 UTC, 2 of 3 lanes',
    );
    expect(areaWords(model, marks.state.area!, { records: 1200, segments: 3, ips: 1, overlaps: 0 })).toMatch(
      /^2 h, 1 source IP, 3 segments, 1,200 records, no overlap; 2 of 3 lanes, 2 Mar 2026 10:00:00 to 12:00:00 UTC$/,
    );
  });

  it('what has no length was a click; clearing says whether there was anything', () => {
    const marks = new Marks();
    marks.measure(at(1));
    marks.end();
    expect(marks.state.measure).toBeUndefined();
    expect(marks.clear()).toBe(false);
    marks.select(at(1), everywhere);
    marks.follow(at(2), undefined);
    marks.end();
    expect(marks.state.area?.isOpen).toBe(false);
    expect(marks.clear()).toBe(true);
    expect(marks.state.area).toBeUndefined();
  });
});
