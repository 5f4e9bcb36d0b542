/** Before the end-to-end tests: there is a browser, and the build that they drive. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../cli/project-root';
import { findChromium, installChromium } from './chromium';

export default function setup(): void {
  for (const built of ['dist/node/cli.js', 'dist/node/engine.js', 'dist/renderer/index.html']) {
    if (!existsSync(join(projectRoot(), built))) throw new Error(`${built} is missing: run "npm run build" first.`);
  }
  if (findChromium() !== undefined) return;
  process.stderr.write('No Chromium found for the end-to-end tests: installing one.\n');
  if (installChromium() === undefined) {
    throw new Error(
      'The end-to-end tests need Chromium and none could be installed. Install one and name it in DOPPEL_CHROMIUM.',
    );
  }
}
