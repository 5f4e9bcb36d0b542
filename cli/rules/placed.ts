import { KqlError } from '../../engine/kql/error';
import { DoppelError } from '../../shared/errors';

/** Runs `work`; a refusal of the query says the line and column where it stands. */
export async function placed<T>(query: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KqlError) || error.span.length === 0) throw error;
    const before = query.slice(0, error.span.start).split('\n');
    const piece = query.slice(error.span.start, error.span.start + Math.min(error.span.length, 60));
    const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
    throw new DoppelError(error.code, `${error.message} (${place}: ${piece})`, { cause: error });
  }
}
