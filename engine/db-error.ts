import { DoppelError, messageOf } from '../shared/errors';

/** DuckDB tells its errors apart only by the first words of the text; this is the one place that looks at them. */
export function asDoppelError(error: unknown): DoppelError {
  if (error instanceof DoppelError) return error;
  const text = messageOf(error);
  if (/no space left on device/i.test(text)) {
    return new DoppelError('disk-full', 'The disk is full. Free some space and try again.', { cause: error });
  }
  if (text.startsWith('Out of Memory Error')) {
    return new DoppelError('out-of-memory', 'The log does not fit into memory and temporary disk space.', {
      cause: error,
    });
  }
  // raised by SQL of ours: error('query-limit: …')
  const limit = /^Invalid Input Error: query-limit: (.*)/s.exec(text)?.[1];
  if (limit !== undefined)
    return new DoppelError('query-limit', `The query needs ${limit}. Ask for less.`, { cause: error });
  // a defect of DuckDB: this database answers nothing any more
  if (text.startsWith('FATAL Error')) return new DoppelError('database-lost', text, { cause: error });
  return new DoppelError('internal', text, { cause: error });
}
