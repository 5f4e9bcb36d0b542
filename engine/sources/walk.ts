import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GrantedPath } from '../../shared/engine-control';
import { throwIfCancelled } from '../../shared/errors';
import { isSystemFile } from '../../shared/sources';
import type { LeftOut } from './source';

const MOST_FILES = 10_000;

/**
 * All files of a folder and the folders in it, by name, so that the order is always the same. Hidden ones, pipes, and links
 * out of the folder or in a circle are left out and told; the files are not opened.
 */
export async function walkFolder(
  folder: GrantedPath,
  leftOut: LeftOut,
  signal: AbortSignal | undefined,
): Promise<GrantedPath[]> {
  const root = await realpath(folder.path);
  const seen = new Set<string>([root]);
  const files: GrantedPath[] = [];
  const walk = async (path: string, name: string): Promise<void> => {
    throwIfCancelled(signal);
    let names: string[];
    try {
      names = await readdir(path);
    } catch {
      return leftOut.add(name, 'unreadable');
    }
    for (const each of names.toSorted((a, b) => (a < b ? -1 : 1)))
      await visit(join(path, each), `${name}/${each}`, each);
  };
  const visit = async (path: string, name: string, last: string): Promise<void> => {
    if (isSystemFile(last)) return leftOut.add(name, 'system-file');
    if (last.startsWith('.')) return leftOut.add(name, 'hidden');
    const isLink = (await lstat(path).catch(() => undefined))?.isSymbolicLink() === true;
    const found = await stat(path).catch(() => undefined);
    if (!found) return leftOut.add(name, isLink ? 'link' : 'unreadable');
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined) return leftOut.add(name, 'unreadable');
    // the user chose this folder, and nothing outside of it; a circle would never end
    if (isLink && (!real.startsWith(`${root}/`) || seen.has(real))) return leftOut.add(name, 'link');
    seen.add(real);
    if (found.isDirectory()) return walk(path, name);
    if (!found.isFile()) return leftOut.add(name, 'not-a-file');
    if (found.size === 0) return leftOut.add(name, 'empty');
    if (files.length >= MOST_FILES) return leftOut.add(name, 'too-many');
    files.push({ path, name });
    return undefined;
  };
  await walk(root, folder.name.replace(/[\\/]+$/, ''));
  return files;
}
