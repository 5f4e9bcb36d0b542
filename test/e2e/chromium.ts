import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Root needs --no-sandbox; the others keep Chromium from calling out and from needing a GPU. */
export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium of this machine: the one named by DOPPEL_CHROMIUM, Debian's, or the one that playwright has installed. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const candidates = [
    environment['DOPPEL_CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-headless-shell',
    chromium.executablePath(),
  ];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

/** Installs a Chromium where there is none: on Debian as root with apt, elsewhere with playwright. Returns where it is. */
export function installChromium(): string | undefined {
  const run = (command: string, ...args: string[]): boolean =>
    spawnSync(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const debianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  const installed =
    (debianRoot &&
      run('apt-get', 'update', '-q') &&
      run('apt-get', 'install', '-qy', '--no-install-recommends', 'chromium')) ||
    run('npx', '--no-install', 'playwright', 'install', 'chromium');
  return installed ? findChromium() : undefined;
}
