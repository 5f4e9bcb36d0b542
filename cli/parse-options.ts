import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { DoppelError } from '../shared/errors';
import { parseDuration, parseIsoTime } from '../shared/time';
import { didYouMean } from './nearest';

/** `usage`, with where to read on. */
export function usage(command: string, message: string): DoppelError {
  return new DoppelError('usage', `${message} See doppel ${command} --help.`);
}

/**
 * The options and file names of a command. Throws `usage` for an option that it does not have, one without its value, and
 * one with a value that takes none.
 */
export function parseOptions<O extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: string[],
  options: O,
) {
  const { tokens } = parseArgs({ args, allowPositionals: true, strict: false, tokens: true, options });
  for (const token of tokens) if (token.kind === 'option') check(command, token, options);
  return parseArgs({ args, allowPositionals: true, options });
}

interface OptionToken {
  name: string;
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function check(
  command: string,
  { name, rawName, value, inlineValue }: OptionToken,
  options: NonNullable<ParseArgsConfig['options']>,
): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) {
    const all = Object.keys(options).map((each) => `--${each}`);
    const hint = rawName.startsWith('--')
      ? didYouMean(rawName, all)
      : ' A file whose name begins with a dash goes after --, or is written ./-NAME.';
    throw usage(command, `There is no option ${rawName}.${hint}`);
  }
  if (option.type === 'boolean' && value !== undefined) throw usage(command, `${rawName} takes no value.`);
  if (option.type === 'string' && value === undefined) throw usage(command, `${rawName} needs a value.`);
  if (option.type === 'string' && value !== '-' && value?.startsWith('-') && inlineValue !== true) {
    throw usage(command, `${rawName} needs a value. One that begins with a dash is written ${rawName}=${value}.`);
  }
}

/** The value of an option that takes a length of time, in ms; undefined where it is not given. Throws `usage`. */
export function durationOption(command: string, option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms === undefined) throw usage(command, `${option} takes a length such as 90s, 15m or 4h, not "${text}".`);
  return ms;
}

/** The value of an option that takes a time, epoch ms; undefined where it is not given. Throws `usage`. */
export function timeOption(command: string, option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const epochMs = parseIsoTime(text);
  if (epochMs === undefined)
    throw usage(command, `${option} takes an ISO 8601 time such as 2026-03-02T09:00Z, not "${text}".`);
  return epochMs;
}

/** The value of an option that takes one of a few words; undefined where it is not given. Throws `usage`. */
export function choiceOption<C extends string>(
  command: string,
  option: string,
  choices: readonly C[],
  text: string | undefined,
): C | undefined {
  if (text === undefined) return undefined;
  const found = choices.find((candidate) => candidate === text);
  if (!found) throw usage(command, `${option} takes ${choices.join(', ')}, not "${text}".`);
  return found;
}
