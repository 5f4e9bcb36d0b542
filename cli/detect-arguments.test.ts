import { expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import { DEFAULT_LIMITS } from '../shared/sources';
import { parseDetectArguments } from './detect-arguments';

test('a file alone means the table and the default parameters', () => {
  expect(parseDetectArguments(['day.ndjson'])).toEqual({
    log: { files: ['day.ndjson'], limits: DEFAULT_LIMITS, choices: {}, mapping: [], reading: [] },
    format: 'table',
    out: undefined,
    raw: false,
    parameters: DEFAULT_PARAMETERS,
    saveMapping: undefined,
    manifest: undefined,
    evidence: undefined,
  });
});

test('every option is read', () => {
  const args = ['a', 'b', '--format', 'json', '--out', 'x.json', '--idle-gap', '90m', '--min-overlap=1m30s', '--raw'];
  const limits = ['--max-expansion', '1000', '--keep-free=1'];
  const window = ['--open-sessions', 'log-end', '--from', '2026-03-02T09:00', '--to', '2026-03-02T12:00:00+02:00'];
  expect(parseDetectArguments([...args, ...window, ...limits])).toEqual({
    log: {
      files: ['a', 'b'],
      limits: { maxExpansion: 1000, keepFreeBytes: 1_048_576 },
      choices: {},
      mapping: [],
      reading: [],
    },
    format: 'json',
    out: 'x.json',
    raw: true,
    parameters: {
      idleGapMs: 5_400_000,
      minOverlapMs: 90_000,
      openSessions: 'log-end',
      fromMs: Date.UTC(2026, 2, 2, 9),
      toMs: Date.UTC(2026, 2, 2, 10),
    },
    saveMapping: undefined,
    manifest: undefined,
    evidence: undefined,
  });
});

test.each([
  [[], 'Which FILE'],
  [['a', '--idle-gap', 'soon'], '--idle-gap'],
  [['a', '--format', 'xml'], '--format'],
  [['a', '--from', 'yesterday'], '--from'],
  [['a', '--from', '2026-03-02', '--to', '2026-03-01'], '--from'],
  [['a', '--max-expansion', 'much'], '--max-expansion'],
  [['a', '--colour'], '--colour'],
])('%j is wrong usage', (args, named) => {
  expect(() => parseDetectArguments(args)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(named) }),
  );
});
