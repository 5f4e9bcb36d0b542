import { resolve } from 'node:path';

/** The files of an app's command line, absolute. Unpackaged, Electron's first argument is the app itself. */
export function filesOfCommandLine(argv: readonly string[], packaged: boolean, folder: string): string[] {
  // switches are Chromium's or Electron's; a second start and a test runner add some of their own
  const words = argv.slice(1).filter((word) => !word.startsWith('-'));
  return words.slice(packaged ? 0 : 1).map((word) => resolve(folder, word));
}
