import { accessSync, constants, statSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import type { GrantedPath } from '../shared/engine-control';
import { DoppelError } from '../shared/errors';

/** A file or folder that the user chose, as what the engine may read. Throws `file-missing`, `not-a-file` or `file-unreadable`. */
export function grantedPath(path: string): GrantedPath {
  const name = basename(path);
  const found = isAbsolute(path) ? statSync(path, { throwIfNoEntry: false }) : undefined;
  if (!found) throw new DoppelError('file-missing', `${path}: there is no such file. It may have been moved.`);
  if (!found.isFile() && !found.isDirectory())
    throw new DoppelError('not-a-file', `${path} is not a regular file. Save the log to a file first.`);
  try {
    accessSync(path, found.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
  } catch (error) {
    throw new DoppelError('file-unreadable', `${path}: no permission to read it.`, { cause: error });
  }
  return { path, name };
}
