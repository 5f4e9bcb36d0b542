/** The worker thread that reads inputs beside DuckDB: plain JavaScript only, so that it can be stopped at any time. */
import { parentPort, workerData } from 'node:worker_threads';
import { isErrorCode } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';
import { fileError } from './file-error';
import { prepareInput } from './prepare';
import type { PrepareJob, Prepared } from './prepare';

export type ScanMessage =
  | { kind: 'progress'; bytes: number; lines: number }
  | { kind: 'done'; prepared: Prepared }
  | { kind: 'failed'; code: ErrorCode; message: string };

async function main(job: PrepareJob, post: (message: ScanMessage, given?: ArrayBuffer[]) => void): Promise<void> {
  try {
    const prepared = await prepareInput(job, {
      goesOn: () => true, // the thread is ended from outside
      progress: (bytes, lines) => post({ kind: 'progress', bytes, lines }),
    });
    if (prepared) post({ kind: 'done', prepared }, longOf(prepared));
  } catch (error) {
    const { code, message } = fileError(error, job.name);
    post({ kind: 'failed', code: isErrorCode(code) ? code : 'internal', message });
  }
}

/** What has an entry a record or so is given away, not copied. */
function longOf({ starts, offsets, scan: { gaps } }: Prepared): ArrayBuffer[] {
  const growing = [starts, offsets].flatMap((list) => (list ? [list.steps, list.firsts, list.places] : []));
  const lists: readonly ArrayBufferView[] = [...growing, gaps.starts, gaps.lengths];
  return lists.flatMap((list) => (list.buffer instanceof ArrayBuffer ? [list.buffer] : []));
}

if (parentPort) {
  const port = parentPort;
  // workerData is what runScan gives below the same type
  await main(workerData as PrepareJob, (message, given) => port.postMessage(message, given));
}
