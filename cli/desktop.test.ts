import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runDesktop } from './desktop';
import type { Machine } from './desktop';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'desktop-'));
  mkdirSync(join(root, 'node_modules/electron/dist'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const machine = (over: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  environment: { PATH: process.env['PATH'], DISPLAY: ':0' },
  isRoot: false,
  ...over,
});
const binaryText = (code: number): string => `#!/bin/sh\necho "$@" > '${join(root, 'called')}'\nexit ${code}\n`;
const putBinary = (code: number, file = join(root, 'node_modules/electron/dist/electron')): void => {
  writeFileSync(file, binaryText(code));
  chmodSync(file, 0o755);
};

test('an Electron that is here is started with the app and the files', async () => {
  putBinary(0);
  expect(await runDesktop(root, ['/logs/a.ndjson', 'b.csv'], machine())).toBe(0);
  expect(readFileSync(join(root, 'called'), 'utf8')).toBe(`${root} /logs/a.ndjson ${join(process.cwd(), 'b.csv')}\n`);
});

test('the place that the environment names goes first', async () => {
  const elsewhere = join(root, 'elsewhere');
  mkdirSync(elsewhere);
  putBinary(1);
  putBinary(0, join(elsewhere, 'electron'));
  const environment = { ...machine().environment, ELECTRON_OVERRIDE_DIST_PATH: elsewhere };
  expect(await runDesktop(root, [], machine({ environment }))).toBe(0);
});

test('a missing Electron is installed once, quietly', async () => {
  const file = join(root, 'node_modules/electron/dist/electron');
  const write = `require('node:fs').writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(binaryText(0))}, { mode: 0o755 })`;
  writeFileSync(join(root, 'node_modules/electron/install.js'), `console.log('noise'); ${write};`);
  expect(await runDesktop(root, [], machine())).toBe(0);
});

test('an Electron that cannot be had, or ends at once, is told in words', async () => {
  expect(await runDesktop(root, [], machine())).toBe('Electron is not installed and cannot be downloaded');
  writeFileSync(join(root, 'node_modules/electron/install.js'), 'process.exit(1)');
  expect(await runDesktop(root, [], machine())).toBe('Electron is not installed and cannot be downloaded');
  putBinary(127);
  expect(await runDesktop(root, [], machine())).toBe('Electron ended at once, with code 127');
});

test('where Electron could only fail nothing is downloaded', async () => {
  putBinary(0);
  expect(await runDesktop(root, [], machine({ environment: {} }))).toBe('there is no display');
  expect(await runDesktop(root, [], machine({ isRoot: true }))).toBe("Electron's sandbox does not run as root");
  expect(await runDesktop(root, [], machine({ environment: {}, isRoot: true, platform: 'darwin' }))).toBe(0);
});
