import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { ENDINGS, RULE, STARTINGS } from '../../shared/domain';
import type { DetectionSummary, LogSummary } from '../../shared/domain';
import type { GrantedPath } from '../../shared/engine-control';
import { DoppelError } from '../../shared/errors';
import { Rejected } from '../../shared/evidence';
import { JournalRecord } from '../../shared/handed-over';
import type { Limits } from '../../shared/sources';
import { Database, escapeGlob } from '../db';
import type { Connection } from '../db';
import type { Log } from '../ingest/open-log';
import { numberOf, textOf } from '../lists/cells';
import { sqlStep, sqlSteps } from '../sql';
import {
  AnyContents,
  CONTENTS,
  Contents,
  DECISIONS,
  HANDOVER_SCHEMA,
  MARKER,
  REJECTED,
  TABLES,
  entryOf,
} from './format';
import { HandedTexts } from './handed-texts';
import text from './read.sql?raw';
import { tablePaths } from './table-paths';
import { damaged, unpackHandover } from './unpack';
import type { Unpacked } from './unpack';

const steps = sqlSteps(text);
const MEMORY = '1GB';
const MOST_ROWS = 200_000_000;

interface Handover {
  log: Log;
  detection: DetectionSummary;
  decisions: readonly JournalRecord[];
}

/**
 * Opens a hand-over file as a log that has been detected. The file may come from a stranger: every hash, size, type and
 * number is checked, and its values are text. Throws `handover-damaged`, naming what is wrong with it.
 */
export async function openHandover(
  file: GrantedPath,
  { folder, limits, signal }: { folder: string; limits?: Limits | undefined; signal: AbortSignal | undefined },
): Promise<Handover> {
  const own = join(folder, 'handed-over');
  await mkdir(own, { recursive: true });
  let database: Database | undefined;
  const close = async (): Promise<void> => {
    database?.close();
    await rm(own, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const unpacked = await unpackHandover(file, own, limits, signal);
    const contents = await contentsOf(unpacked, file.name);
    checkHashes(unpacked, contents, file.name);
    const decisions = await decisionsOf(unpacked, file.name);
    const rejected = await parsed(unpacked, REJECTED, v.array(Rejected), file.name);
    const paths = TABLES.map((table) => pathOf(unpacked, entryOf(table)));
    database = await Database.open({
      readable: [...paths, ...tablePaths(own)],
      spillFolder: join(own, 'spill'),
      memoryLimit: MEMORY,
      file: join(own, 'tables'),
    });
    await database.use(signal, (connection) => load(connection, unpacked, contents, file.name));
    const texts = await HandedTexts.of(database, steps, signal);
    const { made, case: from, log, detection, withoutText, outOf = null } = contents;
    const summary: LogSummary = {
      ...log,
      // the handles of another Doppel are none here
      inputs: log.inputs.map((input) => ({ ...input, file: '' })),
      handedOver: {
        name: file.name,
        at: made.at,
        by: made.by,
        doppel: made.doppel,
        case: from,
        decisions: decisions.length,
        authors: [...new Set(decisions.map(({ author }) => author))].slice(0, 100),
        records: texts.count,
        withoutText,
        outOf,
        isAttached: false,
      },
    };
    return {
      detection,
      decisions,
      log: {
        database,
        summary,
        folder: own,
        files: log.inputs.map(({ name }) => ({ path: '', name })),
        lineOf: (input, ordinal) => texts.lineOf(input, ordinal),
        raw: (input, ordinals, stop) => texts.raw(input, ordinals, stop),
        rejected: ({ offset, limit }) =>
          Promise.resolve({ total: rejected.length, rows: rejected.slice(offset, offset + limit) }),
        close,
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function load(connection: Connection, unpacked: Unpacked, contents: Contents, name: string): Promise<void> {
  try {
    await connection.run(sqlStep(steps, 'in-years'));
    for (const table of TABLES) {
      const path = escapeGlob(pathOf(unpacked, entryOf(table)));
      const [rows] = await connection.row(sqlStep(steps, 'rows'), { path });
      if (rows !== contents.entries.find((entry) => entry.name === entryOf(table))?.rows)
        throw damaged(name, `its table ${table} has another number of rows than it says`);
      if (Number(rows) > MOST_ROWS) throw damaged(name, `its table ${table} has more rows than any case`);
      for (const bytes of await connection.row(sqlStep(steps, 'texts'), { path }))
        unpacked.allowance.unpacked(numberOf(bytes));
      await connection.run(sqlStep(steps, table), { path });
    }
    await connection.run(sqlStep(steps, 'event-view'));
    const failed = await connection.rows(sqlStep(steps, 'checks'), {
      rule: RULE.id,
      files: contents.log.inputs.length,
      startings: STARTINGS,
      endings: ENDINGS,
    });
    if (failed[0]) throw damaged(name, `its tables do not hold together (${textOf(failed[0][0])})`);
    const [findings] = await connection.row('select count(*) from finding');
    if (findings !== contents.detection.findings) throw damaged(name, 'it has another number of findings than it says');
  } catch (error) {
    if (error instanceof DoppelError && error.code !== 'internal') throw error;
    throw damaged(name, 'its tables cannot be read', error);
  }
}

async function contentsOf(unpacked: Unpacked, name: string): Promise<Contents> {
  const any = await parsed(unpacked, CONTENTS, AnyContents, name);
  if (any.schema !== HANDOVER_SCHEMA)
    throw new DoppelError(
      'unsupported-format',
      `${name} was written by another version of Doppel (${any.schema.slice(0, 40)}). Install the newest one.`,
    );
  return parsed(unpacked, CONTENTS, Contents, name);
}

/** A transfer that went wrong shows here; whoever forges a file can forge its hashes too, so nothing rests on them. */
function checkHashes({ entries }: Unpacked, contents: Contents, name: string): void {
  for (const [entry, { bytes, sha256 }] of entries) {
    if (entry === CONTENTS || entry === MARKER) continue;
    const said = contents.entries.find((candidate) => candidate.name === entry);
    if (said?.bytes !== bytes || said.sha256 !== sha256) throw damaged(name, `its entry ${entry} fails its SHA-256`);
  }
}

async function decisionsOf(unpacked: Unpacked, name: string): Promise<JournalRecord[]> {
  const lines = (await readFile(pathOf(unpacked, DECISIONS), 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => checked(JournalRecord, json(line, DECISIONS, name), DECISIONS, name));
}

async function parsed<S extends v.GenericSchema>(
  unpacked: Unpacked,
  entry: string,
  schema: S,
  name: string,
): Promise<v.InferOutput<S>> {
  return checked(schema, json(await readFile(pathOf(unpacked, entry), 'utf8'), entry, name), entry, name);
}

function json(content: string, entry: string, name: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw damaged(name, `its entry ${entry} is no JSON`, error);
  }
}

function checked<S extends v.GenericSchema>(schema: S, value: unknown, entry: string, name: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (!result.success) throw damaged(name, `its entry ${entry} is not as it should be`);
  return result.output;
}

function pathOf({ entries }: Unpacked, entry: string): string {
  return entries.get(entry)?.path ?? '';
}
