import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { detectArgs } from './detect';
import { benchLog, CLI, ONE_GB } from './logs';
import { megabytes, printTarget, seconds } from './report';
import { runNode } from './run-process';

const TIMES = 20;
const MOST_MB = 2000;
const POLL_MS = 1000;

/** `doppel detect` on one file of 20 GB: 1 GB, twenty times. Takes 20 GB of disk while it runs. */
export async function benchTwentyGb(): Promise<void> {
  const one = await benchLog(ONE_GB);
  const folder = await mkdtemp(join(tmpdir(), 'doppel-bench-twenty-'));
  try {
    const path = join(folder, 'log.ndjson');
    for (let time = 0; time < TIMES; time++) {
      await pipeline(createReadStream(one.path), createWriteStream(path, { flags: 'a' }));
    }
    const temp = join(folder, 'temp');
    await mkdir(temp);
    let most = 0;
    const poll = setInterval(() => void bytesIn(temp).then((bytes) => (most = Math.max(most, bytes))), POLL_MS);
    const args = detectArgs(path);
    process.env.TMPDIR = temp; // of the process that is measured
    const run = await runNode([CLI, ...args]);
    clearInterval(poll);
    const { size } = await stat(path);
    console.log(`  ${(size / 1e9).toFixed(1)} GB in ${seconds(run.seconds)}, ${seconds(run.cpuSeconds)} CPU`);
    console.log(`  temporary files: at most ${megabytes(most / 1e6)}, left at the end: ${await bytesIn(temp)} bytes`);
    printTarget('peak memory', megabytes(run.peakMb), `under ${MOST_MB} MB`, run.peakMb < MOST_MB);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(entries.map((name) => stat(join(folder, name)).catch(() => undefined)));
  return sizes.reduce((sum, one) => sum + (one?.isFile() ? one.size : 0), 0);
}
