/**
 * The engine process. A shell starts this file by path, and talks to it as parent.ts says.
 * Its arguments: a private file of this run of the shell that tells what is open (may be empty), then the shell's own
 * private folders: should the shell be killed, they are removed here.
 * DOPPEL_CACHE=off keeps it from reading and writing the caches of cases.
 * It never prints; whatever is wrong is told over a channel, or by how the process ends.
 */
import { rmSync } from 'node:fs';
import { createEngine } from './handlers';
import { cacheKeyPath, preferencesPath } from './preferences/data-folder';
import { serveParent } from './parent';
import { makeTempFolder } from './temp-folder';

const [lastOpened, ...shellFolders] = process.argv.slice(2);
const tempFolder = await makeTempFolder();

const endAndRemove = (folders: readonly string[]): void => {
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // DuckDB was writing there; the next start of Doppel removes what is left
    }
  }
  // process.exit() would wait for the query that DuckDB runs
  process.kill(process.pid, 'SIGKILL');
};

serveParent(
  createEngine({
    tempFolder: tempFolder.path,
    preferencesFile: preferencesPath(),
    lastOpenedFile: lastOpened || undefined,
    ...(process.env['DOPPEL_CACHE'] !== 'off' && { cache: { keyFile: cacheKeyPath(), awaitsCase: true } }),
  }),
  () => endAndRemove([tempFolder.path, ...shellFolders]),
  () => endAndRemove([tempFolder.path]), // the shell lives, and has its folders still
);
