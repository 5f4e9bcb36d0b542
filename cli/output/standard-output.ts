import { DoppelError } from '../../shared/errors';

/**
 * Writes the pieces to stdout with back pressure. A reader that has gone away (`| head`) ends the writing without an
 * error, as with any command-line tool; a full disk behind a redirection is `disk-full`.
 */
export async function writeToStdout(pieces: AsyncIterable<string> | Iterable<string>): Promise<void> {
  // the callback below hears of every error; without a listener the stream would end the process with a stack trace
  const heard = (): void => undefined;
  process.stdout.on('error', heard);
  try {
    for await (const piece of pieces) {
      await new Promise<void>((resolve, reject) => {
        process.stdout.write(piece, (error) => (error ? reject(error) : resolve()));
      });
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EPIPE') return;
    if (code === 'ENOSPC')
      throw new DoppelError('disk-full', 'The disk is full; the result is not complete.', { cause: error });
    throw error;
  } finally {
    // the stream tells its listeners only after the callback
    setImmediate(() => process.stdout.off('error', heard));
  }
}
