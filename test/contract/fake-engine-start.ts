/** What engine/start.ts is, around the fake engine: built by build-fake-engine.ts and run as a process. */
import { rmSync } from 'node:fs';
import { serveParent } from '../../engine/parent';
import { createFakeEngine } from './fake-engine';

const end = (): void => {
  for (const folder of process.argv.slice(2)) rmSync(folder, { recursive: true, force: true });
  process.kill(process.pid, 'SIGKILL');
};
serveParent(createFakeEngine(), end, end);
