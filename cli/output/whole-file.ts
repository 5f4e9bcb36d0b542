import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DoppelError } from '../../shared/errors';

/**
 * Writes the pieces to `path`, whole or not at all: to a file beside it first, made durable, then renamed over it.
 * Throws `output-unwritable` or `disk-full`, naming the path; nothing half-written is left.
 */
export async function writeWhole(path: string, pieces: AsyncIterable<string> | Iterable<string>): Promise<void> {
  const target = await targetOf(path);
  const partial = `${target}.${process.pid}.part`;
  try {
    const file = await open(partial, 'wx');
    try {
      for await (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(partial, { force: true });
    throw describe(path, error);
  }
}

/** Throws, as writeWhole would, what keeps `path` from being written: before the work whose result it is to hold. */
export async function checkOutput(path: string): Promise<void> {
  const target = await targetOf(path);
  try {
    const partial = `${target}.${process.pid}.part`;
    await (await open(partial, 'wx')).close();
    await rm(partial);
  } catch (error) {
    throw describe(path, error);
  }
}

/**
 * Throws `output-unwritable` when one of `paths` is one of the files that were read, under whichever name: evidence is
 * never written to.
 */
export async function checkNoInput(paths: readonly string[], inputs: readonly string[]): Promise<void> {
  const read = new Set(await Promise.all(inputs.map(identity)));
  for (const path of paths) {
    const own = await identity(path);
    if (own === undefined || !read.has(own)) continue;
    throw new DoppelError('output-unwritable', `${path} is a log that is read. Choose another place.`);
  }
}

/** The same for all names of one file; undefined where there is none. */
async function identity(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && `${found.dev}:${found.ino}`;
}

/** Where the renaming ends: a link stays and what it leads to is replaced. Devices and pipes cannot be replaced. */
async function targetOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return path;
  if (found.isDirectory()) throw isFolder(path);
  if (!found.isFile()) {
    throw new DoppelError('output-unwritable', `${path} is no ordinary file. Name one, or leave it to stdout.`);
  }
  return realpath(path);
}

/** The rename itself survives a power cut only when the folder is synced; not every system can do that. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function isFolder(path: string, options?: ErrorOptions): DoppelError {
  return new DoppelError('output-unwritable', `${path} is a folder. Name a file in it.`, options);
}

function describe(path: string, error: unknown): unknown {
  if (error instanceof DoppelError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const options = { cause: error };
  switch (code) {
    case 'ENOSPC':
      return new DoppelError(
        'disk-full',
        `${path}: the disk is full; nothing was written. Free some space or choose another place.`,
        options,
      );
    case 'ENOENT':
      return new DoppelError(
        'output-unwritable',
        `${path}: that folder does not exist. Make it first or choose another place.`,
        options,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DoppelError(
        'output-unwritable',
        `${path}: no permission to write there. Choose another place.`,
        options,
      );
    case 'EISDIR':
      return isFolder(path, options);
    default:
      return error;
  }
}
