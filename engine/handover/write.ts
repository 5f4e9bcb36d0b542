import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { OVERLAPS_LISTED_PER_USER } from '../../shared/domain';
import type { DetectionSummary } from '../../shared/domain';
import { throwIfCancelled } from '../../shared/errors';
import type { FindingsFilter } from '../../shared/findings-filter';
import type { JournalRecord } from '../../shared/handed-over';
import { VERSION } from '../../shared/version';
import { duckdbVersion } from '../db';
import type { Connection } from '../db';
import { tablesOf } from '../detect/tables';
import type { Log } from '../ingest/open-log';
import { numberOf, textOf } from '../lists/cells';
import { shownFindings } from '../lists/findings';
import { sqlStep, sqlSteps } from '../sql';
import { CONTENTS, DECISIONS, HANDOVER_SCHEMA, MARKER, MARKER_TEXT, REJECTED, TABLES, entryOf } from './format';
import type { Contents, Entry } from './format';
import text from './write.sql?raw';
import { MOST_PARTS, partName, tableFolder } from './table-paths';
import { ZipWriter } from './zip-writer';

const steps = sqlSteps(text);
const TEXTS_AT_ONCE = 1000;
/** About 50 MB of text. */
const RECORDS_IN_PART = 50_000;
/** The count of rejected records is exact; of the records themselves so many are listed. */
const REJECTED_LISTED = 1000;

interface WriteOptions {
  /** Where the file is to lie; it must not exist yet. */
  path: string;
  case: Contents['case'];
  decisions: readonly JournalRecord[];
  /** Only the flagged users that it lets through are handed over, with the decisions about them; absent: all, with every decision. */
  filter?: FindingsFilter | undefined;
  signal: AbortSignal | undefined;
  progress: (progress: { done: number; total: number }) => void;
}

export interface Written {
  findings: number;
  decisions: number;
  records: number;
  withoutText: number;
}

/** Writes what is open into one file. No detection of this log runs meanwhile. Cancelled or failed, no file is left. */
export async function writeHandover(log: Log, detection: DetectionSummary, options: WriteOptions): Promise<Written> {
  const folder = tableFolder(log.folder);
  return tablesOf(log.database).inTurn(async () => {
    await mkdir(folder, { recursive: true });
    try {
      return await log.database.use(options.signal, (connection) => write(connection, log, detection, options));
    } catch (error) {
      await rm(options.path, { force: true });
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function write(
  connection: Connection,
  log: Log,
  detection: DetectionSummary,
  options: WriteOptions,
): Promise<Written> {
  const { path, signal } = options;
  const chosen = await choose(connection, detection, log, options);
  const { decisions } = chosen;
  const { parts, records, withoutText } = await writeRecords(connection, log, options);
  const zip = await ZipWriter.create(path);
  try {
    await zip.addText(MARKER, MARKER_TEXT);
    const entries: Entry[] = [];
    for (const table of TABLES) {
      const from = join(tableFolder(log.folder), entryOf(table));
      await connection.run(sqlStep(steps, table), { path: from, parts });
      const [rows] = await connection.row(sqlStep(steps, 'rows'), { path: from });
      const name = entryOf(table);
      entries.push({ name, ...(await zip.addFile(name, from, signal)), rows: rows === null ? 0 : numberOf(rows) });
      await rm(from);
    }
    const lines = decisions.map((record) => `${JSON.stringify(record)}\n`).join('');
    entries.push({ name: DECISIONS, ...(await zip.addText(DECISIONS, lines)), rows: decisions.length });
    // what could not be understood may be about anybody
    const rejected = chosen.outOf ? [] : (await log.rejected({ offset: 0, limit: REJECTED_LISTED }, signal)).rows;
    const listed = JSON.stringify(rejected);
    entries.push({ name: REJECTED, ...(await zip.addText(REJECTED, listed)), rows: rejected.length });
    const { handedOver: _before, cache: _cache, ...summary } = log.summary;
    const contents: Contents = {
      schema: HANDOVER_SCHEMA,
      made: { at: Date.now(), by: userInfo().username, doppel: VERSION, engine: `DuckDB ${duckdbVersion()}` },
      case: options.case,
      log: { ...summary, inputs: summary.inputs.map((input) => ({ ...input, file: '' })) },
      detection: chosen.detection,
      entries,
      withoutText,
      ...(chosen.outOf && { outOf: chosen.outOf }),
    };
    throwIfCancelled(signal);
    await zip.addText(CONTENTS, JSON.stringify(contents));
    await zip.finish();
  } finally {
    await zip.close();
  }
  return { findings: chosen.detection.findings, decisions: decisions.length, records, withoutText };
}

/** The table `handed_user`: who is handed over. Gives what is told of them. */
async function choose(
  connection: Connection,
  detection: DetectionSummary,
  log: Log,
  { filter, decisions }: WriteOptions,
): Promise<Pick<Contents, 'detection' | 'outOf'> & { decisions: readonly JournalRecord[] }> {
  const { handedOver } = log.summary;
  // what is handed on may itself be a part
  const before = handedOver?.isAttached === false ? handedOver.outOf : null;
  if (!filter) {
    await connection.run(sqlStep(steps, 'all-users'));
    return { detection, decisions, ...(before && { outOf: before }) };
  }
  const { shown, values } = shownFindings({ filter });
  await connection.run(
    `create or replace temp table handed_user as with ${shown}\n${sqlStep(steps, 'some-users')}`,
    values,
  );
  const [overlaps, capped] = await connection.row(sqlStep(steps, 'overlaps'), { listed: OVERLAPS_LISTED_PER_USER });
  const ids = new Set((await connection.rows(sqlStep(steps, 'ids'))).map(([id]) => textOf(id)));
  return {
    detection: { ...detection, findings: ids.size, overlaps: numberOf(overlaps), cappedUsers: numberOf(capped) },
    decisions: decisions.filter(({ finding }) => ids.has(finding)),
    outOf: before ?? { findings: detection.findings, overlaps: detection.overlaps },
  };
}

/**
 * The records of those who are handed over, in the order of the files, as Parquet in parts: each has their text as it
 * stands in the files. Gives where the parts lie, how many records they have, and how many of them without their text.
 */
async function writeRecords(
  connection: Connection,
  log: Log,
  { signal, progress }: WriteOptions,
): Promise<Pick<Written, 'records' | 'withoutText'> & { parts: string[] }> {
  await connection.run(sqlStep(steps, 'places'));
  const records = numberOf((await connection.row('select count(*) from handed_place'))[0]);
  const parts: string[] = [];
  let withoutText = 0;
  const inPart = Math.max(RECORDS_IN_PART, Math.ceil(records / MOST_PARTS));
  progress({ done: 0, total: records });
  // a log without records of theirs has one part, which is empty
  for (let from = 0; from === 0 || from < records; from += inPart) {
    const path = join(tableFolder(log.folder), partName(parts.length));
    const ids = await collectTexts(connection, log, signal, { from, to: Math.min(records, from + inPart) }, (done) =>
      progress({ done, total: records }),
    );
    await connection.run(sqlStep(steps, 'event-part'), { path, ...ids });
    withoutText += numberOf((await connection.row(sqlStep(steps, 'count-problems')))[0]);
    parts.push(path);
  }
  await connection.run(sqlStep(steps, 'texts'));
  return { parts, records, withoutText };
}

/** The table `handed_text`: some records as they stand in their files. Gives the ids of the first and the last. */
async function collectTexts(
  connection: Connection,
  log: Log,
  signal: AbortSignal | undefined,
  { from: first, to: end }: { from: number; to: number },
  onDone: (done: number) => void,
): Promise<{ from: number; to: number }> {
  await connection.run(sqlStep(steps, 'texts'));
  const ids = { from: 0, to: -1 };
  for (let from = first; from < end; from += TEXTS_AT_ONCE) {
    const to = Math.min(end, from + TEXTS_AT_ONCE);
    const rows = await connection.rows(sqlStep(steps, 'some-places'), { from, to });
    const places = rows.map((row) => ({ file: numberOf(row[0]), ordinal: numberOf(row[1]) }));
    if (from === first) ids.from = numberOf(rows[0]?.[2]);
    ids.to = numberOf(rows.at(-1)?.[2]);
    for (const file of new Set(places.map((place) => place.file))) {
      const ordinals = places.filter((place) => place.file === file).map(({ ordinal }) => ordinal);
      const raws = await log.raw(file, ordinals, signal);
      await connection.run(sqlStep(steps, 'add-texts'), {
        file,
        ordinals: ordinals.map(String),
        lines: ordinals.map((ordinal) => String(log.lineOf(file, ordinal))),
        bytes: ordinals.map((_, at) => String(raws[at]?.offset ?? '')),
        raws: ordinals.map((_, at) => raws[at]?.raw ?? ''),
        cuts: ordinals.map((_, at) => String(raws[at]?.isCut ?? false)),
        problems: ordinals.map((_, at) => (raws[at] ? (raws[at].problem ?? '') : 'file-unreadable')),
      });
    }
    onDone(to);
  }
  return ids;
}
