import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { parseServeArguments } from './arguments';

const here = import.meta.filename;

test('without arguments: no file, any port, a browser', () => {
  expect(parseServeArguments([])).toEqual({ files: [], port: 0, open: true });
});

test('files become absolute and keep their name', () => {
  expect(parseServeArguments(['--port', '4711', here, '--no-open'])).toEqual({
    files: [{ path: here, name: basename(here) }],
    port: 4711,
    open: false,
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

test('a FILE that will not do is named', () => {
  expect(() => parseServeArguments(['/no/such.ndjson'])).toThrow(
    expect.objectContaining({
      code: 'file-missing',
      message: '/no/such.ndjson: there is no such file. Check the path.',
    }),
  );
  expect(() => parseServeArguments([import.meta.dirname])).toThrow(expect.objectContaining({ code: 'not-a-file' }));
});
