/** `npm start [-- FILE...]`: the desktop app where it can run, else the same app in the browser. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { DoppelError, messageOf } from '../shared/errors';
import { electronBinary, installElectron } from './electron-binary';
import { projectRoot } from './project-root';
import { serve } from './serve/serve';

/** A desktop app that fails sooner than this has shown nothing. */
const NEVER_STARTED_WITHIN_MS = 5000;

async function start(files: string[]): Promise<number> {
  const root = projectRoot();
  const desktop = await startDesktop(root, files);
  if (typeof desktop === 'number') return desktop;
  process.stderr.write(`The desktop app cannot start here: ${desktop}. Starting it in the browser instead.\n`);
  return serve(files);
}

/** Runs the desktop app to its end and returns its exit code, or why it cannot run. */
async function startDesktop(root: string, files: string[]): Promise<number | string> {
  const unfit = unfitForDesktop();
  if (unfit !== undefined) return unfit;
  const binary = electronBinary(root) ?? installElectron(root);
  if (binary === undefined) return 'Electron is not installed and cannot be downloaded';
  const startedAt = performance.now();
  const code = await new Promise<number | undefined>((done) => {
    const app = spawn(binary, [root, ...files.map((file) => resolve(file))], { stdio: 'ignore' });
    app.once('error', () => done(undefined));
    app.once('exit', (exitCode) => done(exitCode ?? undefined));
  });
  if (code === 0) return 0;
  if (performance.now() - startedAt > NEVER_STARTED_WITHIN_MS) return code ?? 1;
  return `Electron ended at once${code === undefined ? '' : `, with code ${code}`}`;
}

/** What Electron would only say by ending at once, after a long download. */
function unfitForDesktop(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display';
  if (process.getuid?.() === 0) return 'Electron’s sandbox does not run as root';
  return undefined;
}

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`doppel: ${messageOf(error)}\n`);
  process.exitCode = error instanceof DoppelError && error.code === 'usage' ? 2 : 1;
}
