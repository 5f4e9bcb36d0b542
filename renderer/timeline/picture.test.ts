import { describe, expect, it } from 'vitest';
import { escapeXml } from './canvas/svg-pen';
import { at, fixture, palette } from './fixture';
import { TimelineModel, modelOf } from './model';
import { timelineSvg } from './picture';

describe('timelineSvg', () => {
  const columns = fixture();
  columns.lanes[0] = { SrcIpAddr: '<script>"&\'', countries: ['</text>'], network: 'public' };
  const model = new TimelineModel(columns, [{ from: at(13), to: at(14) }]);
  const svg = timelineSvg({ model, window: model.limits, user: '<img src=x onerror=1>', palette });

  it('is whole: every element is closed, and nothing of a log value is markup', () => {
    expect(svg).not.toMatch(/<script|<img|<\/text>"/);
    const tags = [...svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)].filter(([, , , self]) => !self);
    const open: (string | undefined)[] = [];
    const closed = tags.map(([, close, name]) => (close ? open.pop() === name : open.push(name) > 0));
    expect(closed.every(Boolean)).toBe(true);
    expect(open).toEqual([]);
    expect(svg.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
  });

  it('has title, time zone, source IPs, lengths and legend', () => {
    for (const text of [
      'Timeline of &lt;img',
      'Times in UTC',
      '10.0.0.15',
      'evil⟨U+202E⟩ip',
      '4 h',
      'closed by a record',
      'no records</text>',
      'the log has no records</text>',
    ]) {
      expect(svg).toContain(text);
    }
  });
});

it('writes the length of an overlap into its band, where the bar leaves room for it', () => {
  const model = new TimelineModel(fixture());
  const lengths = (from: number, to: number): number =>
    timelineSvg({ model, window: { from: at(from), to: at(to) }, user: 'ann', palette }).split('>1 h</text>').length -
    1;
  // in the row above the lanes in any case; in its band once that is wide enough
  expect(lengths(10.5, 12.5)).toBe(2);
  expect(lengths(-200, 200)).toBeLessThan(2);
});

it('says where overlaps are counted and not drawn', () => {
  const picture = (inAll: number): string => {
    const model = modelOf(fixture(), [], inAll);
    return timelineSvg({ model, window: model.limits, user: 'ann', palette });
  };
  expect(picture(4)).not.toContain('counted, not drawn');
  expect(picture(5)).toContain('more overlaps: counted, not drawn');
});

it('escapes what XML cannot hold', () => {
  expect(escapeXml('a\u0000b\uD800c<&>"\'')).toBe('a⟨U+0000⟩b\uFFFDc&lt;&amp;&gt;&quot;&#39;');
});
