import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const INSTALL_WITHIN_MS = 60_000;

/**
 * Where the Electron binary is; undefined when it is not here. It is not part of the npm package, and merely requiring
 * that package starts a download, so it is looked for by hand.
 */
export function electronBinary(root: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const fallback = process.platform === 'win32' ? 'electron.exe' : 'electron';
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : fallback;
  const binary = join(environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : undefined;
}

/** Tries once to install the binary with Electron's own installer, without a word. Returns where it then is. */
export function installElectron(root: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const installer = join(root, 'node_modules/electron/install.js');
  if (!existsSync(installer)) return undefined;
  spawnSync(process.execPath, [installer], {
    stdio: 'ignore',
    timeout: INSTALL_WITHIN_MS,
    killSignal: 'SIGKILL',
    env: environment,
  });
  return electronBinary(root, environment);
}
