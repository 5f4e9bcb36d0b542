import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { sizeOfReadable } from '../engine/granted-files';
import type { GrantedPath } from '../shared/engine-control';

/**
 * The files and folders that the user names on the command line, which the engine may read. A name with `*` and the like
 * that is no file stands for all files that it matches, by name. Throws `file-missing`, `not-a-file` or `file-unreadable`
 * for the first that will not do, naming it as the user did.
 */
export async function namedFiles(
  files: readonly string[],
  nameOf: (file: string) => string = (file) => basename(resolve(file)),
): Promise<GrantedPath[]> {
  const named = await Promise.all(
    files.map(async (file): Promise<GrantedPath[]> => {
      // a file whose name has such characters is that file
      if (!existsSync(file) && isDynamicPattern(file)) {
        const matches = await glob(file, { followSymbolicLinks: false, expandDirectories: false });
        if (matches.length > 0) {
          const paths = matches.toSorted((a, b) => (a < b ? -1 : 1));
          return paths.map((path) => ({ path: resolve(path), name: nameOf(path), isFound: true }));
        }
      }
      const path = resolve(file);
      await sizeOfReadable({ path, name: file });
      return [{ path, name: nameOf(file) }];
    }),
  );
  return named.flat();
}
