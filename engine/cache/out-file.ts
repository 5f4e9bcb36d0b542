import { join } from 'node:path';

/** The file in the private folder of a log in which a cache is put together. */
export function outFile(folder: string): string {
  return join(folder, 'cache-out');
}

/** All files that DuckDB may make of it: the log's database may write nowhere else. */
export function outPaths(folder: string): string[] {
  return ['', '.wal', '.wal.checkpoint', '.wal.recovery'].map((end) => outFile(folder) + end);
}
