import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's folder for what Doppel keeps between runs, where each system has such things; DOPPEL_DATA_FOLDER names another. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const named = environment['DOPPEL_DATA_FOLDER'];
  if (named) return named;
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Doppel');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Doppel');
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'doppel');
}

/** The file of the key that seals the caches of this user's cases. */
export function cacheKeyPath(): string {
  return join(dataFolder(), 'cache-key');
}

/** The file of what somebody likes. */
export function preferencesPath(): string {
  return join(dataFolder(), 'preferences.json');
}
