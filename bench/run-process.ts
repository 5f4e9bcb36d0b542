import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one run of a whole process took. */
export interface Measured {
  seconds: number;
  /** Time on the processors, of all its threads: what wall time comes to on a machine that is busy with other things. */
  cpuSeconds: number;
  /** Peak resident memory in MB (10^6 bytes). */
  peakMb: number;
  stdout: string;
}

/** GNU time reads the peak that the kernel keeps (wait4); nothing that samples can see it. */
const GNU_TIME = '/usr/bin/time';

/** Runs a Node script to its end. Throws when it fails, with what it wrote to stderr. */
export async function runNode(args: readonly string[]): Promise<Measured> {
  if (!existsSync(GNU_TIME))
    throw new Error(`Peak memory is measured with GNU time: install ${GNU_TIME} (Debian: time).`);
  const folder = await mkdtemp(join(tmpdir(), 'doppel-bench-run-'));
  const figures = join(folder, 'figures');
  try {
    const stdout = await output(GNU_TIME, ['-f', '%e %U %S %M', '-o', figures, process.execPath, ...args]);
    const [seconds, user, system, kibibytes] = (await readFile(figures, 'utf8')).trim().split(/\s+/).map(Number);
    if (seconds === undefined || user === undefined || system === undefined || kibibytes === undefined) {
      throw new Error('GNU time wrote no figures.');
    }
    return { seconds, cpuSeconds: user + system, peakMb: (kibibytes * 1024) / 1e6, stdout };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${command} ${args.join(' ')}: exit ${code}\n${stderr}`));
    });
  });
}
