import { expect, test } from 'vitest';
import { parseOptions } from './parse-options';

const OPTIONS = {
  format: { type: 'string' },
  raw: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  mapping: { type: 'string', multiple: true },
} as const;

test('options and names come in any order, and after -- all are names', () => {
  const { values, positionals } = parseOptions('x', ['a', '--format=json', 'b', '--raw', '--', '-c', '--raw'], OPTIONS);
  expect({ ...values }).toEqual({ format: 'json', raw: true });
  expect(positionals).toEqual(['a', 'b', '-c', '--raw']);
});

test.each([
  [['--fromat', 'json'], 'There is no option --fromat. Did you mean --format? See doppel x --help.'],
  [['--zzz'], 'There is no option --zzz. See doppel x --help.'],
  [['--constructor'], 'There is no option --constructor. See doppel x --help.'],
  [['-dash.csv'], 'There is no option -d. A file whose name begins with a dash goes after --, or is written ./-NAME.'],
  [['--format'], '--format needs a value.'],
  [['--format', '--raw'], '--format needs a value. One that begins with a dash is written --format=--raw.'],
  [['--mapping', 'a', '--mapping'], '--mapping needs a value.'],
  [['--raw=yes'], '--raw takes no value.'],
])('%j is refused in one sentence', (args, message) => {
  expect(() => parseOptions('x', args, OPTIONS)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) }),
  );
});

test('a value may begin with a dash where it is tied to its option', () => {
  expect(parseOptions('x', ['--format=-5m'], OPTIONS).values.format).toBe('-5m');
});
