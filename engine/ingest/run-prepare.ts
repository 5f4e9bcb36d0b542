import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { DoppelError, throwIfCancelled } from '../../shared/errors';
import { fileError } from './file-error';
import { prepareInput } from './prepare';
import type { PrepareJob, Prepared } from './prepare';
import type { ScanMessage } from './scan-worker';

export interface RunOptions {
  signal: AbortSignal | undefined;
  progress: (bytes: number, lines: number) => void;
}

/** Where the build puts scan-worker.ts: beside the bundle, or one up from a shared chunk. */
const WORKER = ['./scan.js', '../scan.js']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

/** What is read sooner than a thread starts, which takes 40 ms of processor. */
const SMALL_BYTES = 8 * 1024 * 1024;
/** The same of a packed file, which may unpack to a thousand times as much. */
const SMALL_PACKED_BYTES = 32 * 1024;

/**
 * Prepares an input of so many bytes. What makes a copy works for long at a piece, so it gets a thread of its own, unless it
 * is small or runs from source (in tests). Reading and hashing takes a millisecond a piece, with turns for others in
 * between, and this thread has nothing else to do while DuckDB reads.
 */
export async function runPrepare(job: PrepareJob, bytes: number, options: RunOptions): Promise<Prepared> {
  throwIfCancelled(options.signal);
  const isSmall = bytes <= (job.container === 'plain' ? SMALL_BYTES : SMALL_PACKED_BYTES);
  const isLight = job.container === 'plain' && job.copyTo === undefined;
  return WORKER && !isSmall && !isLight ? inThread(WORKER, job, options) : inProcess(job, options);
}

async function inProcess(job: PrepareJob, { signal, progress }: RunOptions): Promise<Prepared> {
  try {
    // counted in a copy, as a thread does: what comes of it counts once the input is finished
    const own = { ...job, allowance: { ...job.allowance } };
    const goesOn = async (): Promise<boolean> => {
      await setImmediate();
      return signal?.aborted !== true;
    };
    const prepared = await prepareInput(own, { progress, goesOn });
    if (prepared) return prepared;
  } catch (error) {
    throw fileError(error, job.name);
  }
  throw new DoppelError('cancelled', 'Cancelled.');
}

async function inThread(script: string, job: PrepareJob, { signal, progress }: RunOptions): Promise<Prepared> {
  const worker = new Worker(script, { workerData: job });
  let stop: (() => void) | undefined;
  try {
    return await new Promise<Prepared>((resolve, reject) => {
      stop = () => reject(new DoppelError('cancelled', 'Cancelled.'));
      signal?.addEventListener('abort', stop, { once: true });
      worker.on('message', (message: ScanMessage) => {
        if (message.kind === 'progress') progress(message.bytes, message.lines);
        else if (message.kind === 'done') resolve(message.prepared);
        else reject(new DoppelError(message.code, message.message));
      });
      worker.on('error', (error) => reject(fileError(error, job.name)));
      worker.on('exit', () => reject(new DoppelError('internal', `Reading ${job.name} ended without a result.`)));
    });
  } finally {
    if (stop) signal?.removeEventListener('abort', stop);
    await worker.terminate(); // before the caller removes what it may still be writing
  }
}
