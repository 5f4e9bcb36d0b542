import { open, rename, rm, copyFile, stat } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/errors';
import type { Connection, Database } from '../db';
import type { DetectionSummary } from '../../shared/domain';
import { tablesOf } from '../detect/tables';
import { createAdjusting } from '../formats/adjust';
import type { KeptText } from '../evidence/kept-text';
import recordText from '../ingest/record.sql?raw';
import type { Log } from '../ingest/open-log';
import { numberOf } from '../lists/cells';
import type { FileToOpen } from '../sources/source';
import { sqlStep, sqlSteps } from '../sql';
import { writeContents } from './contents';
import { outFile, outPaths } from './out-file';
import { keyName, seal } from './seal';
import type { Label, Sealed } from './seal';
import type { Request } from './request';
import { CACHE } from './steps';

export const CACHE_FILE = 'cache.duckdb';
export const LABEL_FILE = 'cache.json';
/** Records that are copied at once: whole row groups of DuckDB, some 0.2 s of one processor. */
const AT_ONCE = 2 * 122_880;

export interface Writing {
  log: Log;
  texts: readonly KeptText[];
  opened: readonly FileToOpen[];
  request: Request;
  readAt: number;
  key: Buffer;
  /** The case folder; this process, and no other, may write to it. */
  folder: string;
  signal: AbortSignal;
}

/**
 * Puts a cache of the log into the case folder, in place of the one that was there. It is put together in the log's private
 * folder, and takes its place whole or not at all; its label comes last. Gives its size in bytes.
 */
export async function writeCache(writing: Writing): Promise<number> {
  const { log, signal, folder, key, request, readAt } = writing;
  const out = outFile(log.folder);
  const own = join(folder, newName(CACHE_FILE));
  try {
    await copyTables(log.database, out, writing);
    const bytes = (await stat(out)).size;
    const { records } = log.summary;
    const label: Label = { schema: 'doppel.cache/1', key: keyName(key), readAt, request, records, bytes };
    const sealed: Sealed = { label, seal: await seal(key, label, out, signal) };
    await copyFile(out, own, constants.COPYFILE_FICLONE);
    await throughToDisk(own);
    throwIfCancelled(signal);
    await rename(own, join(folder, CACHE_FILE));
    await writeLabel(folder, sealed);
    return bytes;
  } finally {
    await Promise.all([...outPaths(log.folder), own].map((path) => rm(path, { force: true })));
  }
}

/** A file on its way into a case folder. */
function newName(name: string): string {
  return `${name}.${process.pid}.new`;
}
export const NEW_NAME = /^cache\.(?:duckdb|json)\.\d+\.new$/;

async function writeLabel(folder: string, sealed: Sealed): Promise<void> {
  const own = join(folder, newName(LABEL_FILE));
  try {
    const file = await open(own, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(sealed));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(own, join(folder, LABEL_FILE));
  } finally {
    await rm(own, { force: true });
  }
}

async function throughToDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A database of its own with the tables of the log, made on the log's own threads, with pauses: it is never in a hurry. */
async function copyTables(database: Database, out: string, { log, texts, opened, signal }: Writing): Promise<void> {
  // ATTACH takes no bound value; the path is a private one of ours
  await database.use(signal, (connection) => connection.run(`attach '${out.replaceAll("'", "''")}' as cache`));
  try {
    await database.use(signal, createTables);
    await database.use(signal, async (connection) => {
      const [first = 0, last = -1] = (await connection.row(sqlStep(CACHE, 'extent'))).map(numberOf);
      for (let from = first; from <= last; from += AT_ONCE) {
        const began = performance.now();
        await connection.run(sqlStep(CACHE, 'records'), { from, to: from + AT_ONCE });
        await wait(performance.now() - began, undefined, { signal });
      }
      for (const step of ['inputs', 'left-out', 'addresses']) await connection.run(sqlStep(CACHE, step));
      const detection = await copyFindings(database, connection);
      await writeContents(connection, { log, detection, texts, opened });
      await connection.run('checkpoint cache');
    });
  } finally {
    // another may be written of the same log, into another case
    await database.use(undefined, (connection) => connection.run('detach cache')).catch(() => undefined);
  }
}

/** The tables of the detection that was run last, all of one run. Gives what it came to. */
function copyFindings(database: Database, connection: Connection): Promise<DetectionSummary | undefined> {
  const tables = tablesOf(database);
  return tables.read(async () => {
    const { latest } = tables;
    if (!latest) return undefined;
    await connection.run('begin transaction');
    try {
      for (const step of ['segments', 'presences', 'overlaps', 'findings', 'blocks'])
        await connection.run(sqlStep(CACHE, step));
      await connection.run('commit');
      return latest;
    } catch (error) {
      await connection.run('rollback');
      throw error;
    }
  });
}

async function createTables(connection: Connection): Promise<void> {
  await connection.run('use cache');
  await connection.steps(sqlSteps(recordText));
  await createAdjusting(connection);
  for (const step of ['state', 'places']) await connection.run(sqlStep(CACHE, step));
}
