/** The built command in a process of its own, with the memory that it took at most. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { projectRoot } from '../../cli/project-root';

export const CLI = join(projectRoot(), 'dist', 'node', 'cli.js');

/** What a hostile file may make the process take: DuckDB's readers hold buffers a thread, and there are up to 8. */
export const MOST_MB = 300 + Math.min(8, availableParallelism()) * 64;

/** Written by the process itself as it ends: the peak that Linux keeps of it, elsewhere that of libuv. */
const PEAK = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
process.on('exit', () => {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kibibytes = Number(/VmHWM:\\s+(\\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
  writeFileSync(process.env.DOPPEL_PEAK_FILE, String(kibibytes / 1024));
});`;

export interface Ran {
  status: number | null;
  stderr: string;
  /** Of `--format json`. */
  inputs: { records: number; events: number; rejected: number; incomplete?: string }[];
  rejected: { line: number; reason: string }[];
  peakMb: number;
}

/** Runs `doppel detect` in `folder`, which must be private, and sees that it leaves no temporary file. */
export function detectIn(folder: string, ...args: string[]): Ran {
  const temp = mkdtempSync(join(folder, 'temp-'));
  const peakFile = join(folder, 'peak');
  writeFileSync(join(folder, 'peak.mjs'), PEAK);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', pathToFileURL(join(folder, 'peak.mjs')).href, CLI, 'detect', '--format', 'json', ...args],
    { encoding: 'utf8', env: { ...process.env, TMPDIR: temp, DOPPEL_PEAK_FILE: peakFile }, maxBuffer: 1 << 26 },
  );
  expect(readdirSync(temp), 'nothing is left in the temp folder').toEqual([]);
  const { inputs = [], rejected = [] } = stdout === '' ? {} : (JSON.parse(stdout) as Partial<Ran>); // its own schema
  return { status, stderr, inputs, rejected, peakMb: Number(readFileSync(peakFile, 'utf8')) };
}
