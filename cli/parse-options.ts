import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { DoppelError, messageOf } from '../shared/errors';

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
