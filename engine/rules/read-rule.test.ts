import { expect, test } from 'vitest';
import { scheduleOf } from '../../shared/schedule';
import { readRule } from './read-rule';

const sheet = (...lines: string[]): string => ['name: A rule', ...lines, 'query: ZPAEvent | count', ''].join('\n');

test('an analytic rule has its own schedule', () => {
  const rule = readRule(sheet('queryFrequency: 30m', 'queryPeriod: 2h', 'triggerThreshold: 3'), 'a.yaml');
  expect(rule.kind).toBe('analytic');
  expect(scheduleOf(rule)).toEqual({
    frequencyMs: 1_800_000,
    periodMs: 7_200_000,
    trigger: { operator: 'gt', threshold: 3 },
  });
});

test('a hunting query has none: it is replayed every hour over a day', () => {
  const rule = readRule(sheet(), 'h.yaml');
  expect([rule.kind, rule.frequencyMs, rule.periodMs, rule.trigger]).toEqual(['hunting', null, null, null]);
  expect(scheduleOf(rule)).toMatchObject({ frequencyMs: 3_600_000, periodMs: 86_400_000 });
});

test.each([
  ['queryFrequency: 1h', 'h.yaml, line 2: there is queryFrequency and no queryPeriod.'],
  ['queryPeriod: P1D', 'h.yaml, line 2: there is queryPeriod and no queryFrequency.'],
])('half a schedule, %s, is refused', (line, message) => {
  expect(() => readRule(sheet(line), 'h.yaml')).toThrow(
    expect.objectContaining({ code: 'rule-invalid', message: expect.stringContaining(message) }),
  );
});
