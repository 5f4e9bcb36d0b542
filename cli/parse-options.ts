import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { DoppelError, messageOf } from '../shared/errors';
import { parseDuration, parseIsoTime } from '../shared/time';

/** `usage`, with where to read on. */
export function usage(command: string, message: string): DoppelError {
  return new DoppelError('usage', `${message} See doppel ${command} --help.`);
}

/** The options and file names of a command. Throws `usage` for an option that it does not have. */
export function parseOptions<O extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: string[],
  options: O,
) {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    // Node goes on with advice about positional arguments
    const [problem = ''] = messageOf(error).split('. ');
    throw usage(command, `${problem.replace(/\.$/, '')}.`);
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
