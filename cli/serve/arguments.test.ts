import { expect, test } from 'vitest';
import { parseServeArguments } from './arguments';

test('without arguments: no file, any port, a browser', () => {
  expect(parseServeArguments([])).toEqual({ files: [], port: 0, open: true, case: undefined });
});

test('files, a port, and no browser', () => {
  expect(parseServeArguments(['--port', '4711', 'day.ndjson', '--no-open'])).toEqual({
    files: ['day.ndjson'],
    port: 4711,
    open: false,
    case: undefined,
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
])('%s %s is wrong usage', (...args) => {
  expect(() => parseServeArguments(args)).toThrow(expect.objectContaining({ code: 'usage' }));
});
