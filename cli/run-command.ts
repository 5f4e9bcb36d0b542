import { DoppelError, messageOf } from '../shared/errors';
import { visibleText } from '../shared/visible-text';

/**
 * Runs a program to its exit code, with one line for a person when it fails: 2 for wrong usage, else 1. Who closes stderr,
 * or a pipe behind it, does not stop the work.
 */
export async function runCommand(main: (args: string[]) => Promise<number>): Promise<void> {
  process.stderr.on('error', () => undefined);
  // exitCode, not exit(): what is still on its way to a pipe is written first
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`doppel: ${visibleText(messageOf(error))}\n`);
    process.exitCode = error instanceof DoppelError && error.code === 'usage' ? 2 : 1;
  }
}
