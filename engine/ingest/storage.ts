import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DatabaseOptions } from '../db';
import type { Sniffed } from './sniff';

/**
 * Logs up to about this many records (1.3 GB of LSS JSON) are kept in memory, which is a third faster. Tables of larger
 * ones lie compressed in a private file, so that memory hardly grows with the log.
 */
const IN_MEMORY_RECORDS = 650_000;
/** How much LSS logs shrink when they are packed, roughly. */
const PACKED_RATIO = 12;
/** More threads than this wait for each other, and each holds tens of MB. */
const MOST_THREADS = 8;
/** DuckDB's JSON and CSV readers hold buffers of this size, one or two a thread. */
const MB_PER_THREAD = 64;
const MB_IN_MEMORY = 512;
const MB_IN_FILE = 192;

/** Where the tables of a log are kept, and what DuckDB may use for them. The process needs some 150 MB more. */
export function storageOf(
  inputs: readonly Sniffed[],
  folder: string,
  chosen: { threads?: number | undefined; inMemoryRecords?: number | undefined },
): Pick<DatabaseOptions, 'threads' | 'memoryLimit' | 'file'> {
  const threads = chosen.threads ?? Math.min(MOST_THREADS, availableParallelism());
  const records = inputs.reduce(
    (sum, { bytes, container, recordBytes }) =>
      sum + (bytes * (container === 'plain' ? 1 : PACKED_RATIO)) / recordBytes,
    0,
  );
  const memoryLimit = (megabytes: number): string => `${megabytes + threads * MB_PER_THREAD}MB`;
  return records > (chosen.inMemoryRecords ?? IN_MEMORY_RECORDS)
    ? { threads, memoryLimit: memoryLimit(MB_IN_FILE), file: join(folder, 'tables') }
    : { threads, memoryLimit: memoryLimit(MB_IN_MEMORY) };
}
