import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DoppelError } from '../shared/errors';

interface TempFolder {
  path: string;
  /** Removes it and all that is in it. */
  remove(): Promise<void>;
}

const PREFIX = 'doppel-';

/**
 * A private folder (mode 0700) for copies of compressed logs, uploads and what DuckDB spills. Its name carries the
 * process id, so that what a killed process left behind is removed by the next one that starts.
 */
export async function makeTempFolder(root: string = tmpdir()): Promise<TempFolder> {
  await removeLeftovers(root);
  const path = await mkdtemp(join(root, `${PREFIX}${process.pid}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/**
 * A folder of its own for one log within a private folder, which is made again when somebody cleared it away, as systems
 * do with temporary ones. Throws `file-unreadable` when another user has put one there meanwhile.
 */
export async function makeFolderIn(parent: string, prefix: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const { uid } = await lstat(parent);
  if (process.getuid && uid !== process.getuid()) {
    throw new DoppelError(
      'file-unreadable',
      `The temporary folder ${parent} belongs to another user. Start Doppel again.`,
    );
  }
  return mkdtemp(join(parent, prefix));
}

/** Removes the folders of processes that have ended; those of other users and of live processes stay. */
export async function removeLeftovers(root: string = tmpdir()): Promise<void> {
  const names = await readdir(root).catch(() => []);
  for (const name of names) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-[A-Za-z0-9]{6}$`).exec(name)?.[1];
    // another user's folder cannot be removed, and does not have to be
    if (pid && !isAlive(Number(pid)))
      await rm(join(root, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** It lies in the private folder of a process, and is gone when that ends: an upload. */
export function isPassing(path: string): boolean {
  return new RegExp(`[\\\\/]${PREFIX}\\d+-[A-Za-z0-9]{6}[\\\\/]`).test(path);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
