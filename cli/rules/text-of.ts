import { readFile } from 'node:fs/promises';
import { DoppelError } from '../../shared/errors';

/** The text of a rule or a query. Throws `file-missing` or `not-a-file`, naming it. */
export async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EISDIR') {
      throw new DoppelError('not-a-file', `${path} is a folder. Name a file in it.`, { cause: error });
    }
    throw new DoppelError('file-missing', `${path} cannot be read. Check the name.`, { cause: error });
  }
}
