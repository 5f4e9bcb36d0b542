import { statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DatabaseOptions } from '../db';
import { isReadable } from './sniff';
import type { Sniffed } from './sniff';
import { DoppelError } from '../../shared/errors';

/**
 * Logs up to about this many records (4 GB of LSS JSON) are kept in memory, which is a third faster. Tables of larger
 * ones lie compressed in a private file, so that memory hardly grows with the log.
 */
const IN_MEMORY_RECORDS = 2_000_000;
/** How much LSS logs shrink when they are packed, roughly. */
const PACKED_RATIO = 12;
/** More threads than this wait for each other, and each holds tens of MB. */
const MOST_THREADS = 8;
/** DuckDB's JSON and CSV readers hold buffers of this size, one or two a thread. */
const MB_PER_THREAD = 64;
/** What a record takes in tables that lie in a file, with what detection spills beside them, with room to spare: 20 GB took a sixth of it. */
const BYTES_A_RECORD = 200;
const MB_IN_MEMORY = 832;
const MB_IN_FILE = 192;

const TABLES = 'tables';

/** The files in which a log's tables may lie in its folder. */
export function tableFiles(folder: string): string[] {
  return [TABLES, `${TABLES}.wal`].map((name) => join(folder, name));
}

/** How many records inputs have, roughly. */
function recordsOf(inputs: readonly Sniffed[]): number {
  return inputs.reduce((sum, input) => sum + textBytes(input) / input.recordBytes, 0);
}

function textBytes({ bytes, container }: Sniffed): number {
  return bytes * (container === 'plain' ? 1 : PACKED_RATIO);
}

/** Free disk in bytes that opening these inputs takes: copies of what DuckDB cannot read, tables, and what detection spills. */
export function diskNeeded(inputs: readonly Sniffed[], isInFile: boolean): number {
  const copies = inputs.reduce((sum, input) => sum + (isReadable(input) ? 0 : textBytes(input)), 0);
  return Math.ceil(copies + (isInFile ? recordsOf(inputs) * BYTES_A_RECORD : 0));
}

/** Throws `disk-full`, with the numbers, when the folder's disk does not have that many bytes. */
export async function requireDisk(folder: string, needed: number): Promise<void> {
  const free = await freeDisk(folder);
  if (free >= needed) return;
  throw new DoppelError(
    'disk-full',
    `Opening this takes about ${spellBytes(needed)} of disk for temporary files, and ${folder} has ${spellBytes(free)} free. ` +
      'Free some space, or set TMPDIR to a folder on another disk.',
  );
}

/** Bytes that are free on the disk of a folder. */
export async function freeDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** In MB where tenths of a GB say nothing. */
const spellBytes = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

/** Where the tables of a log are kept, and what DuckDB may use for them. The process needs some 150 MB more. */
export function storageOf(
  inputs: readonly Sniffed[],
  folder: string,
  chosen: { threads?: number | undefined; inMemoryRecords?: number | undefined },
): Pick<DatabaseOptions, 'threads' | 'memoryLimit' | 'file'> {
  const threads = threadsOf(chosen.threads);
  return recordsOf(inputs) > (chosen.inMemoryRecords ?? IN_MEMORY_RECORDS)
    ? { threads, memoryLimit: memoryLimit(MB_IN_FILE, threads), file: join(folder, TABLES) }
    : { threads, memoryLimit: memoryLimit(MB_IN_MEMORY, threads) };
}

/** The same for tables that lie in that file already. Those of a small log stay in memory as they are asked for. */
export function storageOfTables(
  file: string,
  records: number,
  chosenThreads: number | undefined,
): Pick<DatabaseOptions, 'threads' | 'memoryLimit' | 'file'> {
  const threads = threadsOf(chosenThreads);
  const megabytes = records > IN_MEMORY_RECORDS ? MB_IN_FILE : MB_IN_MEMORY;
  return { threads, memoryLimit: memoryLimit(megabytes, threads), file };
}

const threadsOf = (chosen: number | undefined): number => chosen ?? Math.min(MOST_THREADS, availableParallelism());
const memoryLimit = (megabytes: number, threads: number): string => `${megabytes + threads * MB_PER_THREAD}MB`;
