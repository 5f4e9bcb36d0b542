/** The built program as a stranger tries it: wrong input is told in one line, and stdout holds data only. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from './project-root';

const root = projectRoot();
const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
afterAll(() => rmSync(folder, { recursive: true }));
const CLI = join(root, 'dist/node/cli.js');
const SAMPLE = join(root, 'samples/day.ndjson');
const LOG = join(root, 'test/rules/defects/default-join/input.ndjson');

function doppel(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', cwd: folder });
  expect(stderr).not.toContain('    at ');
  return { status, stdout, stderr };
}

test.each([
  [['dtect'], 2, 'There is no command "dtect". Did you mean detect?'],
  [['--versoin'], 2, 'Did you mean --version?'],
  [[LOG], 2, `To look at a log: doppel detect ${LOG}.`],
  [['help', 'nothing'], 2, 'There is no command "nothing".'],
  [['detect', '-'], 2, 'A log is read from a file, not from standard input.'],
  [['detect', ''], 2, 'The name of a FILE is empty.'],
  [['detect', '*.nothing'], 1, '*.nothing: no file has a name like that. Check the pattern.'],
  [['detect', LOG, '--out', '-'], 2, 'Results go to stdout when --out is left out'],
  [['detect', LOG, '--out', 'a', '--manifest', './a'], 2, 'Give each its own PATH.'],
  [['serve', '--no-open', '--case', LOG], 2, '--case takes a folder'],
  [['serve', '--no-open', '--host', '0.0.0.0'], 2, 'There is no option --host.'],
])('%j is refused in one line', (args, status, message) => {
  const told = doppel(...args);
  expect(told).toMatchObject({ status, stdout: '' });
  expect(told.stderr).toContain(message);
  expect(told.stderr.split('\n')).toHaveLength(2);
});

test('help goes to stdout when it is asked for, also by the name of a command', () => {
  expect(doppel('help', 'detect').stdout).toBe(doppel('detect', '--help').stdout);
  expect(doppel('--help')).toMatchObject({ status: 0, stderr: '' });
  expect(doppel()).toMatchObject({ status: 2, stdout: '' });
});

test('docs/command-line.md names every option, and none that is not there', () => {
  const optionsIn = (text: string): Set<string> => new Set(text.match(/--[a-z][a-z-]+/g));
  const helps = ['detect', 'serve', 'kql', 'readings', 'rule run', 'rule replay', 'rule compare', 'rule export'].map(
    (command) => doppel(...command.split(' '), '--help').stdout,
  );
  const text = readFileSync(join(root, 'docs/command-line.md'), 'utf8');
  expect([...optionsIn(text)].filter((option) => option !== '--help').toSorted()).toEqual(
    [...optionsIn(helps.join(' '))].toSorted(),
  );
});

test.skipIf(process.platform === 'win32')('a reader that is gone, of data or of messages, is no failure', () => {
  const shell = (line: string): object => {
    const command = line.replace('doppel', `"${process.execPath}" "${CLI}"`);
    const { status, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${command}`], { encoding: 'utf8' });
    return { status, stderr };
  };
  expect(shell('doppel detect --help | true')).toEqual({ status: 0, stderr: '' });
  expect(shell(`doppel detect "${SAMPLE}" 2>&1 >/dev/null | true`)).toEqual({ status: 0, stderr: '' });
});

test.skipIf(process.platform !== 'linux')('a disk that is full behind a redirection is told', () => {
  for (const args of ['--help', '--version', 'rule export']) {
    const command = `"${process.execPath}" "${CLI}" ${args} > /dev/full`;
    const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, 'doppel: The disk is full; the result is not complete.\n']);
  }
});

test('the log is never written to: not by name, nor in its folder', () => {
  mkdirSync(join(folder, 'logs'));
  const log = join(folder, 'logs/a.ndjson');
  copyFileSync(LOG, log);
  const before = readFileSync(log, 'utf8');
  for (const file of ['logs/a.ndjson', 'logs', 'logs/*']) {
    for (const option of ['--out', '--manifest', '--save-mapping']) {
      const { status, stderr } = doppel('detect', file, option, log);
      expect([status, stderr]).toEqual([1, `doppel: ${log} is a log that is read. Choose another place.\n`]);
    }
  }
  expect(readFileSync(log, 'utf8')).toBe(before);
  expect(readdirSync(join(folder, 'logs'))).toEqual(['a.ndjson']);
});
