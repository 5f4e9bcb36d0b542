import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../shared/sources';
import { parseServeArguments } from './arguments';

test('without arguments: no file, any port, a browser', () => {
  expect(parseServeArguments([])).toEqual({ files: [], port: 0, open: true, case: undefined, limits: DEFAULT_LIMITS });
});

test('files, a port, and no browser', () => {
  expect(
    parseServeArguments(['--port', '4711', 'day.ndjson', '--no-open', '--max-expansion', '9', '--keep-free=2']),
  ).toEqual({
    files: ['day.ndjson'],
    port: 4711,
    open: false,
    case: undefined,
    limits: { maxExpansion: 9, keepFreeBytes: 2_097_152 },
  });
});

test('help wins over what is missing', () => {
  expect(parseServeArguments(['--help', '/no/such'])).toBe('help');
});

test.each([
  ['--port', '65536'],
  ['--port', '-1'],
  ['--port', 'x'],
  ['--port='],
  ['--port', '1.5'],
  ['--port'],
  ['--wrong'],
  ['--open=1'],
  ['--keep-free', '0'],
  ['--max-expansion', 'much'],
])('%s %s is wrong usage', (...args) => {
  expect(() => parseServeArguments(args)).toThrow(expect.objectContaining({ code: 'usage' }));
});
