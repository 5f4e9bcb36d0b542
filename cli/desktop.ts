import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { electronBinary, installElectron } from './electron-binary';

/** A desktop app that fails sooner than this has shown nothing. */
const NEVER_STARTED_WITHIN_MS = 5000;

export interface Machine {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  isRoot: boolean;
}

const THIS_MACHINE: Machine = {
  platform: process.platform,
  environment: process.env,
  isRoot: process.getuid?.() === 0,
};

/** Runs the desktop app to its end and returns its exit code, or why it cannot run here, in words that follow a colon. */
export async function runDesktop(
  root: string,
  files: readonly string[],
  machine = THIS_MACHINE,
): Promise<number | string> {
  const unfit = whyUnfit(machine);
  if (unfit !== undefined) return unfit;
  const binary = electronBinary(root, machine.environment) ?? installElectron(root, machine.environment);
  if (binary === undefined) return 'Electron is not installed and cannot be downloaded';
  const startedAt = performance.now();
  const code = await new Promise<number | undefined>((done) => {
    const app = spawn(binary, [root, ...files.map((file) => resolve(file))], {
      stdio: 'ignore',
      env: machine.environment,
    });
    app.once('error', () => done(undefined));
    app.once('exit', (exitCode) => done(exitCode ?? undefined));
  });
  if (code === 0) return 0;
  if (performance.now() - startedAt > NEVER_STARTED_WITHIN_MS) return code ?? 1;
  return `Electron ended at once${code === undefined ? '' : `, with code ${code}`}`;
}

/** What Electron would only say by ending at once, after a long download. */
function whyUnfit({ platform, environment, isRoot }: Machine): string | undefined {
  if (platform !== 'linux') return undefined;
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return 'there is no display';
  if (isRoot) return "Electron's sandbox does not run as root";
  return undefined;
}
