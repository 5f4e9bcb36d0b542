import { basename, resolve } from 'node:path';
import { sizeOfReadable } from '../engine/granted-files';
import type { GrantedPath } from '../shared/engine-control';

/**
 * The files that the user names on the command line, which the engine may read. Throws `file-missing`, `not-a-file` or
 * `file-unreadable` for the first that will not do, naming it as the user did.
 */
export function namedFiles(files: readonly string[]): Promise<GrantedPath[]> {
  return Promise.all(
    files.map(async (file) => {
      const path = resolve(file);
      await sizeOfReadable({ path, name: file });
      return { path, name: basename(path) };
    }),
  );
}
