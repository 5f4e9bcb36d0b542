import { mkdirSync } from 'node:fs';
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

/**
 * Where decisions are kept when no case is named. They belong to findings by id, so one case does for every log. The
 * folder above it is made, because the case makes its own alone; where that is not possible, the case says so.
 */
export function defaultCaseFolder(): string {
  const cases = join(dataFolder(), 'cases');
  try {
    mkdirSync(cases, { recursive: true, mode: 0o700 });
  } catch {
    // the case process fails on the same folder, and tells the page why
  }
  return join(cases, 'Default');
}
