import { describe, expect, it } from 'vitest';
import { barFacts, focusWords, gapFacts, summaryWords } from './describe';
import { gapLabels, silenceWithin } from './describe-gaps';
import { at, fixture } from './fixture';
import { gapsOf } from './gap';
import { hitTest } from './hit';
import { TOP, layOut } from './math/layout';
import { TimeScale } from './math/time-scale';
import { TimelineModel } from './model';
import { stepGap } from './steps';
import type { Focus } from './steps';

const gaps = [
  { from: at(-30), to: at(-20) },
  { from: at(8.5), to: at(9.5) },
  { from: at(13), to: at(14) },
];
const model = new TimelineModel(fixture(), gaps);

describe('gaps of the log', () => {
  it('are those within the timeline', () => {
    expect(model.gaps).toEqual(gaps.slice(1));
    expect(summaryWords(model, 'ann')).toMatch(/ The log itself has 2 gaps in this time\.$/);
    expect(summaryWords(new TimelineModel(fixture()), 'ann')).not.toMatch(/gap/);
  });

  it('are told of a segment that lasts through them', () => {
    expect(silenceWithin(model.gaps, at(9), at(10))).toBe('the log has no records for 30 min of it');
    expect(silenceWithin(model.gaps, at(9.5), at(13))).toBeUndefined();
    expect(focusWords(model, { on: 'bar', bar: 0 })).toMatch(/, 1 record, the log has no records for 1 h of it\.$/);
    expect(barFacts(model, 0)).toContainEqual(['Log', 'the log has no records for 1 h of it']);
    expect(barFacts(model, 2).map(([name]) => name)).not.toContain('Log');
    expect(model.gaps.map((gap) => model.barsAcross(gap))).toEqual([1, 0]);
  });

  it('say where they are, shorter where there is less room', () => {
    const labels = gapLabels({ from: at(1), to: at(2.5) });
    expect(labels[0]).toBe('the log has no records here: 2 Mar 2026 01:00:00 to 02:30:00 UTC');
    expect(labels.map((label) => label.length)).toEqual(labels.map((label) => label.length).toSorted((a, b) => b - a));
  });

  it('are also what lies before the first record of the log and after its last', () => {
    const log = { coverageGaps: gaps.slice(1), firstEvent: at(8.25), lastEvent: at(20) };
    const edged = new TimelineModel(fixture(), gapsOf(log));
    expect(edged.gaps.map(({ edge }) => edge)).toEqual(['before', undefined, undefined, 'after']);
    expect(summaryWords(edged, 'ann')).toMatch(
      /has 2 gaps in this time\. The log itself begins and ends in this time\.$/,
    );
    expect(focusWords(edged, { on: 'gap', gap: 0 })).toMatch(
      /^Gap 1 of 4: before the first record of the log, 2 Mar 2026 08:15:00 UTC\./,
    );
    expect(focusWords(edged, { on: 'bar', bar: 0 })).toContain('no records for 1 h 15 min of it');
    expect(gapFacts(edged, 3)[0]).toEqual(['Silent', 'after the last record of the log, 2 Mar 2026 20:00:00 UTC']);
    expect(edged.gapInSight(3)).toEqual([at(20), edged.limits.to]);
    expect(new TimelineModel(fixture(), gapsOf({ ...log, firstEvent: null, lastEvent: null })).gaps).toHaveLength(2);
  });

  it('are walked through by key, and it stays at the ends', () => {
    const walk = (focus: Focus | undefined, by: 1 | -1) => stepGap(model, focus, model.limits, by);
    expect([walk(undefined, 1), walk(undefined, -1)]).toEqual([0, 1].map((gap) => ({ on: 'gap', gap })));
    expect(walk({ on: 'gap', gap: 1 }, 1)).toEqual({ on: 'gap', gap: 1 });
    expect(stepGap(model, undefined, { from: at(10), to: at(11) }, 1)).toEqual({ on: 'gap', gap: 1 });
    expect(stepGap(new TimelineModel(fixture()), undefined, model.limits, 1)).toBeUndefined();
  });

  it('can be pointed at, alone and beside a bar', () => {
    const layout = layOut(1000, TOP + 3 * 30, 3, 0);
    const scale = new TimeScale(model.limits, layout.width);
    const point = (hours: number, lane: number) =>
      hitTest(model, layout, scale, scale.x(at(hours)), TOP + lane * 30 + 15);
    expect(point(13.5, 0)).toEqual({ bar: undefined, overlap: undefined, gap: 1 });
    expect(point(9, 0)).toEqual({ bar: 1, overlap: undefined, gap: 0 });
    expect(point(16, 0)?.gap).toBeUndefined();
  });
});
