/** One launcher for both shells, so that the same steps can be taken in each. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { electronBinary } from '../../cli/electron-binary';
import { projectRoot } from '../../cli/project-root';
import { CHROMIUM_ARGUMENTS, findChromium } from './chromium';

const ROOT = projectRoot();
const VIEWPORT = { width: 1440, height: 900 };

type ShellKind = 'web' | 'electron';

export interface RunningDoppel {
  page: Page;
  kind: ShellKind;
  /** The line that `doppel serve` prints. */
  url?: string;
  /** Another window of the same Doppel; the desktop app has one only. */
  openAnother?: () => Promise<Page>;
  /** Stops everything. Throws when the page has reported an error meanwhile. */
  close(): Promise<void>;
}

interface LaunchOptions {
  /** Log files for the command line. */
  files?: string[];
  kind?: ShellKind;
  /** Where the user's preferences are kept; else in a folder of this run's own. */
  dataFolder?: string;
}

/** Why the desktop app cannot be driven here; undefined when it can. */
export function whyNoElectron(): string | undefined {
  if (electronBinary(ROOT) === undefined) return 'the Electron binary is not installed (npx install-electron)';
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return 'there is no display';
  return undefined;
}

export async function launchDoppel({
  files = [],
  kind = 'web',
  dataFolder,
}: LaunchOptions = {}): Promise<RunningDoppel> {
  return kind === 'electron' ? launchElectron(files) : launchWeb(files, dataFolder);
}

/** `doppel serve`, as a user starts it. `url` is the line that it prints. What is kept for who runs the tests stays as it is. */
export async function startServe(
  args: readonly string[] = [],
  dataFolder = join(ROOT, 'dist/data-of-tests', String(process.pid)),
): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/node/cli.js'), 'serve', '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DOPPEL_DATA_FOLDER: dataFolder },
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`doppel serve ended with ${code}`)));
  });
  return { process: child, url };
}

async function launchWeb(files: readonly string[], dataFolder: string | undefined): Promise<RunningDoppel> {
  const own = mkdtempSync(join(tmpdir(), 'doppel-data-'));
  const shell = await startServe(files, dataFolder ?? own);
  const browser = await chromium.launch({
    executablePath: findChromium() ?? chromium.executablePath(),
    args: CHROMIUM_ARGUMENTS,
  });
  const context = await browser.newContext({
    viewport: VIEWPORT,
    deviceScaleFactor: 1,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    locale: 'en-US',
  });
  const page = await context.newPage();
  const problems = problemsOf(page);
  await page.goto(shell.url);
  return {
    page,
    kind: 'web',
    url: shell.url,
    openAnother: async () => {
      const other = await context.newPage();
      problemsOf(other, problems);
      await other.goto(shell.url);
      return other;
    },
    close: async () => {
      await browser.close();
      await stop(shell.process);
      rmSync(own, { recursive: true, force: true });
      throwIfAny(problems);
    },
  };
}

async function launchElectron(files: readonly string[]): Promise<RunningDoppel> {
  const binary = electronBinary(ROOT);
  if (binary === undefined) throw new Error(whyNoElectron());
  // a profile of its own: its single instance and its recent files are not the user's
  const profile = mkdtempSync(join(tmpdir(), 'doppel-electron-'));
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: binary,
    args: [...asRoot, `--user-data-dir=${profile}`, ROOT, ...files],
    env: { ...process.env, DOPPEL_DATA_FOLDER: profile },
  });
  const page = await app.firstWindow();
  const problems = problemsOf(page);
  await page.setViewportSize(VIEWPORT);
  return {
    page,
    kind: 'electron',
    close: async () => {
      await app.close();
      rmSync(profile, { recursive: true, force: true });
      throwIfAny(problems);
    },
  };
}

/** Ends a process as Ctrl+C does. Resolves to its exit code. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}

function problemsOf(page: Page, problems: string[] = []): string[] {
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}

function throwIfAny(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`The page reported errors:\n${problems.join('\n')}`);
}
