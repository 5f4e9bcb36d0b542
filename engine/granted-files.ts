import { randomUUID } from 'node:crypto';
import { access, constants, stat } from 'node:fs/promises';
import type { FileHandle } from '../shared/contract';
import type { GrantedPath } from '../shared/engine-control';
import { DoppelError } from '../shared/errors';

/** The files that a shell has allowed this engine to open. A page holds only their ids and can name no path. */
export class GrantedFiles {
  readonly #byId = new Map<string, GrantedPath>();

  /** Throws `file-missing`, `not-a-file` or `file-unreadable`, naming the file. */
  async grant(file: GrantedPath): Promise<FileHandle> {
    const bytes = await sizeOfReadable(file);
    const id = randomUUID();
    this.#byId.set(id, file);
    return { id, name: file.name, bytes };
  }

  /** The handle of a file that is granted; undefined for a path that is not, or that is not to be read any more. */
  async handleOf(path: string): Promise<FileHandle | undefined> {
    const [id, file] = [...this.#byId].findLast(([, each]) => each.path === path) ?? [];
    if (id === undefined || file === undefined) return undefined;
    const bytes = await sizeOfReadable(file).catch(() => undefined);
    return bytes === undefined ? undefined : { id, name: file.name, bytes };
  }

  /** Throws `unknown-file` for an id that was never granted here, such as one from before the engine was restarted. */
  get(id: string): GrantedPath {
    const file = this.#byId.get(id);
    if (!file) throw new DoppelError('unknown-file', 'That file is no longer at hand. Choose it again.');
    return file;
  }
}

/** Its size in bytes. Throws `file-missing`, `not-a-file` or `file-unreadable`, naming the file. */
export async function sizeOfReadable({ path, name }: GrantedPath): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES')
      throw new DoppelError('file-unreadable', `${name}: no permission to read it.`, { cause: error });
    if (code === 'ELOOP')
      throw new DoppelError('not-a-file', `${name} is a link that leads back to itself. Open the file itself.`, {
        cause: error,
      });
    throw new DoppelError('file-missing', `${name}: there is no such file. Check the path.`, { cause: error });
  });
  if (found.isDirectory()) return 0; // the files in it are looked at when it is opened
  if (!found.isFile())
    throw new DoppelError('not-a-file', `${name} is not a regular file. Save the log to a file first.`);
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw new DoppelError('file-unreadable', `${name}: no permission to read it. Change its permissions or copy it.`, {
      cause: error,
    });
  });
  return found.size;
}
