import { existsSync } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../cli/project-root';
import { runNode } from './run-process';

/** Where the built programs lie. */
const built = join(projectRoot(), 'dist', 'node');
export const CLI = join(built, 'cli.js');
export const BENCH = join(built, 'bench.js');
const SAMPLE = join(built, 'sample.js');

export interface BenchLog {
  path: string;
  bytes: number;
  records: number;
}

interface Wanted {
  records: number;
  users: number;
  hotSessions?: number;
  shape?: 'ndjson' | 'csv';
}

/** About 1 GB of LSS JSON lines, 100 records a user. */
export const ONE_GB: Wanted = { records: 515_000, users: 5150 };
/** The same company four times as big. */
export const FOUR_GB: Wanted = { records: 2_060_000, users: 20_600 };

/** A log of that size, made once and kept in the folder for temporary files. */
export async function benchLog({ records, users, hotSessions, shape = 'ndjson' }: Wanted): Promise<BenchLog> {
  const folder = join(tmpdir(), 'doppel-bench');
  await mkdir(folder, { recursive: true });
  const hot = hotSessions === undefined ? '' : `-${hotSessions}-sessions`;
  const path = join(folder, `${records}-records-${users}-users${hot}.${shape}`);
  if (!existsSync(path)) {
    console.log(`making ${path}`);
    const more = hotSessions === undefined ? [] : ['--hot-sessions', String(hotSessions)];
    const size = ['--records', String(records), '--users', String(users), '--shape', shape];
    await runNode([SAMPLE, ...size, '--out', `${path}.part`, ...more]);
    await rename(`${path}.part`, path);
  }
  await readOnce(path);
  return { path, bytes: (await stat(path)).size, records };
}

/** So that no contender pays for the disk and another does not. */
async function readOnce(path: string): Promise<void> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafe(1 << 22);
    while ((await file.read(buffer, 0, buffer.length)).bytesRead > 0);
  } finally {
    await file.close();
  }
}
