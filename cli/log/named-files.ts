import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { sizeOfReadable } from '../../engine/granted-files';
import type { GrantedPath } from '../../shared/engine-control';
import { DoppelError } from '../../shared/errors';

/** Every record is accounted for by file and line, and its text is read again later: that takes a file. */
const NO_STDIN =
  'A log is read from a file, not from standard input. Save it first, or name the file ./- if it is one.';

/**
 * The files and folders that the user names on the command line, which the engine may read. A name with `*` and the like
 * that is no file stands for all files that it matches, by name. Throws `file-missing`, `not-a-file`,
 * `file-unreadable` or `usage` for the first that will not do, naming it as the user did.
 */
export async function namedFiles(
  files: readonly string[],
  nameOf: (file: string) => string = (file) => basename(resolve(file)),
): Promise<GrantedPath[]> {
  const named = await Promise.all(
    files.map(async (file): Promise<GrantedPath[]> => {
      if (file === '-') throw new DoppelError('usage', NO_STDIN);
      if (file === '') throw new DoppelError('usage', 'The name of a FILE is empty.');
      // a file whose name has such characters is that file
      if (!existsSync(file) && isDynamicPattern(file)) {
        const matches = await glob(file, { followSymbolicLinks: false, expandDirectories: false });
        if (matches.length > 0) {
          const paths = matches.toSorted((a, b) => (a < b ? -1 : 1));
          return paths.map((path) => ({ path: resolve(path), name: nameOf(path), isFound: true }));
        }
        throw new DoppelError('file-missing', `${file}: no file has a name like that. Check the pattern.`);
      }
      const path = resolve(file);
      await sizeOfReadable({ path, name: file });
      return [{ path, name: nameOf(file) }];
    }),
  );
  return named.flat();
}
