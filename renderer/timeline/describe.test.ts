import { expect, it } from 'vitest';
import { AS_FOUND, arranged } from './arrange';
import { barFacts, focusWords, laneNote, overlapFacts, summaryWords } from './describe';
import { SESSIONS, fixture } from './fixture';
import { TimelineModel } from './model';

const model = new TimelineModel(fixture());
model.sessions = SESSIONS;

it('says what is in focus in one sentence', () => {
  expect(focusWords(model, { on: 'overlap', overlap: 0 })).toBe(
    'Overlap 1 of 4: 198.51.100.7 and 10.0.0.15 at once for 1 h, 2 Mar 2026 11:00:00 to 12:00:00 UTC.',
  );
  expect(focusWords(model, { on: 'bar', bar: 2 })).toBe(
    'Segment 3 of 3 at 198.51.100.7: session s-2, 2 Mar 2026 14:00:00 to 18:00:00 UTC, 4 h, ' +
      'no close record: ends when last seen, 3 records.',
  );
  expect(focusWords(model, { on: 'bar', bar: 7 })).toContain('a session without id');
  // as long as the sessions have no names yet, none is said to have none
  expect(focusWords(new TimelineModel(fixture()), { on: 'bar', bar: 7 })).toContain('session …,');
  expect(focusWords(model, { on: 'lane', lane: 0 })).toBe(
    'Source IP 1 of 3: 198.51.100.7 (DE · public · 198.51.100.0/24), 3 segments, 4 overlaps.',
  );
});

it('gives the tooltip the facts, with the end and how it is known', () => {
  expect(Object.fromEntries(barFacts(model, 5))).toEqual({
    'Source IP': '10.0.0.15 (private)',
    Session: 's-5',
    Start: '2 Mar 2026 17:30:00 UTC, when its connection began, as a record tells',
    End:
      '2 Mar 2026 20:00:00 UTC, no close record: assumed to last to the end of the log; ' +
      'last seen 2 Mar 2026 18:00:00 UTC, 2 h before',
    Length: '2 h 30 min',
    Records: '6',
  });
  expect(Object.fromEntries(overlapFacts(model, 1))).toEqual({
    'There first': '198.51.100.7 (DE, public)',
    'Joined by': 'evil⟨U+202E⟩ip (BR, US, special range)',
    'At once': '2 Mar 2026 11:30:00 to 11:45:00 UTC',
    Length: '15 min',
  });
});

it('says of merged lanes that they are blocks, and that two source IPs of one were there', () => {
  const columns = fixture();
  columns.lanes[1] = { SrcIpAddr: '198.51.100.200', countries: ['BR'], network: 'public' };
  const merged = new TimelineModel(arranged(columns, { ...AS_FOUND, merge: true }));
  expect(focusWords(merged, { on: 'overlap', overlap: 0 })).toMatch(
    /^Overlap 1 of 4: two source IPs of 198\.51\.100\.0\/24 at once for /,
  );
  expect(focusWords(merged, { on: 'lane', lane: 0 })).toMatch(/^IP block 1 of 2: 198\.51\.100\.0\/24 /);
  expect(overlapFacts(merged, 0)[0]).toEqual(['Two source IPs of', '198.51.100.0/24 (BR, DE, public)']);
  expect(summaryWords(merged, 'Ann')).toMatch(/^Timeline of Ann: 2 IP blocks, /);
});

it('writes out the hidden characters of log values wherever they appear', () => {
  const texts = [
    ...barFacts(model, 6).map(([, value]) => value),
    focusWords(model, { on: 'bar', bar: 6 }),
    focusWords(model, { on: 'lane', lane: 2 }),
    summaryWords(model, 'ann\u202E'),
  ];
  for (const text of texts) expect(text).not.toContain('\u202E');
  expect(texts.join()).toContain('s-⟨U+202E⟩6');
});

it('says of two source IPs at one instant that they were', () => {
  const columns = fixture();
  columns.overlaps.end[0] = columns.overlaps.start[0] ?? 0;
  const instant = new TimelineModel(columns);
  const said = [0, 1, 2, 3].map((overlap) => focusWords(instant, { on: 'overlap', overlap }));
  expect(said.filter((words) => / at the same instant, 2 Mar 2026 [\d:]+ UTC\.$/.test(words))).toHaveLength(1);
});

it('sums up the picture', () => {
  expect(summaryWords(model, 'Ann@example.com')).toBe(
    'Timeline of Ann@example.com: 3 source IPs, 8 segments and 4 overlaps, 2 Mar 2026 08:00:00 to 21:00:00 UTC.',
  );
  expect(model.lanes.map(laneNote)).toEqual([
    'DE · public · 198.51.100.0/24',
    'private · 10.0.0.0/24',
    'BR, US · special range',
  ]);
});
