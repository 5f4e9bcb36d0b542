import type { Choices } from '../../shared/choices';
import { DoppelError } from '../../shared/errors';
import { escapeGlob } from '../db';
import type { Connection } from '../db';
import { adjusted, clockChanges } from '../formats/adjust';
import type { ClockChanges } from '../formats/adjust';
import type { Extraction, Recognised } from '../formats/format';
import type { Times } from '../formats/times';
import { objectOf } from '../formats/json';
import { sqlStep, sqlSteps } from '../sql';
import { mendEmpties } from './empty-mender';
import { fieldOf, spellingsOf } from './fields';
import { lineMapOfGaps } from './lines';
import type { LineMap } from './lines';
import { namedTwice } from './named-twice';
import type { NamedTwice } from './named-twice';
import loadText from './load.sql?raw';
import type { Prepared } from './prepare';
import { isWholeSample, readLines, sampleLines } from './read-lines';
import { inSeenOrder, seenTimes } from './seen-times';

const LOAD = sqlSteps(loadText);
const SAMPLE_PLACES = 48;
/** Records that may be misread are looked at, at most this many of a file. */
const LOOKED_AT = 5000;
/** About a MiB of the text is read for each. */
const BROKEN_LOOKED_AT = 32;
const MOST_LOADS = 4;

export interface Loading {
  connection: Connection;
  /** Index of the input. */
  file: number;
  text: Prepared['text'];
  format: Recognised;
  choices: Choices;
  names: Names;
  /** What the pass over the text finds; it may end after the load. */
  prepared: Promise<Prepared>;
  /** Whether what was loaded is to be kept; what DuckDB gives in the last way to read a text is asked about too. */
  isGood: (rows: number, prepared: Prepared) => boolean;
  /** The text is a copy of CSV without its broken rows. */
  isRepaired: boolean;
}

/** Names that the records of a text give their fields, as far as they were looked at. */
export interface Names {
  keys: ReadonlySet<string>;
  twice: NamedTwice | undefined;
}

export interface Loaded {
  /** The rowid in `record` of the first record. */
  firstId: number;
  /** Rows that the text gave: one a record that DuckDB could make out. */
  rows: number;
  clock: ClockChanges;
  /** How the times of records are written that lie in something else. */
  times: Times | undefined;
  /** The names that its records give their fields, as far as they were looked at. */
  keys: ReadonlySet<string>;
  twice: NamedTwice | undefined;
  /** The text is a copy of CSV without its broken rows. */
  isRepaired: boolean;
}

/** Records have turned up that are to be read in another way, or their dates in another order: nothing is loaded. */
export interface Deeper {
  format: Recognised;
}
/** What the rows of a text came to before it is known whether they are kept. */
interface Counts {
  rows: number;
  unsure: number;
  maybeMisread: number;
  notJson: number;
}

/** The names that the records of a text give their fields, in samples from all over it. */
export async function namesIn({ path, bytes }: Prepared['text'], format: Recognised): Promise<Names> {
  const lines = await sampleLines(path, bytes, SAMPLE_PLACES);
  const keys = new Set(format.keys(lines));
  return { keys, twice: namedTwice(lines, keys, isWholeSample(bytes)) };
}

/**
 * Loads a text into `record`. Names are learned from samples; when a record that seems to lack a field has a name that
 * was not asked for, the text is loaded again with it. Undefined, and nothing loaded, when what came of it is not good.
 */
export async function load(loading: Loading): Promise<Loaded | Deeper | undefined> {
  const { connection, file, text, format } = loading;
  const keys = new Set(loading.names.keys);
  for (let round = 1; ; round++) {
    const taken = await loadOnce(loading, format.extractions(spellingsOf(keys), format.adjustment, loading.isRepaired));
    if (!taken) return undefined;
    const { extraction, counts } = taken;
    const misread = counts.maybeMisread > 0 && round < MOST_LOADS ? await misreadTexts(loading, counts) : [];
    const deeper = misread.length > 0 ? format.deeper?.(misread) : undefined;
    if (deeper) {
      await connection.run('rollback');
      return { format: format.adjustment ? { ...deeper, adjustment: format.adjustment } : deeper };
    }
    const missed = [...new Set(format.keys(misread))].filter((key) => fieldOf(key) !== undefined && !keys.has(key));
    if (missed.length === 0) {
      const times = await seenTimes(connection, extraction, text.path, format, loading.choices);
      const ordered = inSeenOrder(format, times, loading.choices);
      if (ordered) {
        await connection.run('rollback');
        return { format: ordered };
      }
      await connection.run('commit');
      // before a commit the rowids are not yet the final ones, though they count on in the same order
      const [first] = await connection.row(sqlStep(LOAD, 'first-id'), { file });
      const firstId = Number(first);
      await connection.run('insert into input values ($file::integer, $first)', { file, first: firstId });
      const clock = await clockChanges(connection, extraction, format.adjustment, { path: escapeGlob(text.path) });
      const { isRepaired, names } = loading;
      return { firstId, rows: counts.rows, clock, times, keys, twice: names.twice, isRepaired };
    }
    await connection.run('rollback');
    for (const key of missed) keys.add(key);
  }
}

interface Taken {
  extraction: Extraction;
  counts: Counts;
}

/**
 * Returns the extraction that did it, and then leaves the transaction open, so that a load that turns out to be wrong can
 * be taken back.
 */
async function loadOnce(loading: Loading, extractions: readonly Extraction[]): Promise<Taken | undefined> {
  const { connection } = loading;
  let hasFailed = false;
  for (const extraction of extractions) {
    if (extraction.isSecondTry && !hasFailed) continue;
    hasFailed = false;
    await connection.run('begin');
    try {
      const counts = await insert(loading, extraction);
      if (await isTrusted(loading, counts)) return { extraction, counts };
    } catch (error) {
      // the text holds what this way cannot read
      if (!(error instanceof DoppelError) || error.code !== 'internal') throw error;
      hasFailed = true;
    }
    await connection.run('rollback');
  }
  return undefined;
}

async function insert({ connection, file, text, format }: Loading, extraction: Extraction): Promise<Counts> {
  const { sql, values } = adjusted(extraction, format.adjustment);
  await connection.run(`with extracted as not materialized (${sql}) ${sqlStep(LOAD, 'load')}`, {
    ...values,
    path: escapeGlob(text.path),
    file,
  });
  const found = await connection.row(sqlStep(LOAD, 'loaded'), { file, unsure: extraction.unsure ?? null });
  const [rows = 0, unsure = 0, maybeMisread = 0, notJson = 0] = found.map(Number);
  return { rows, unsure, maybeMisread, notJson };
}

async function isTrusted(loading: Loading, counts: Counts): Promise<boolean> {
  const { rows, unsure, notJson } = counts;
  if (unsure > 0 || !loading.isGood(rows, await loading.prepared)) return false;
  return notJson === 0 || !(await isMendable(loading, counts));
}

/** The lines of records that may be misread. */
async function misreadTexts(loading: Loading, { rows, maybeMisread }: Counts): Promise<string[]> {
  const { connection, file } = loading;
  const values = { file, rows, found: maybeMisread, most: LOOKED_AT };
  return textsOf(loading, await connection.rows(sqlStep(LOAD, 'maybe-misread'), values));
}

/** True when lines that are no JSON would be so with their empty values mended, which a copy does. */
async function isMendable(loading: Loading, { rows, notJson }: Counts): Promise<boolean> {
  const { connection, file, format } = loading;
  if (format.cut.by !== 'line' || format.cut.text) return false;
  const ordinals = await connection.rows(sqlStep(LOAD, 'some-not-json'), {
    file,
    rows,
    found: notJson,
    most: BROKEN_LOOKED_AT,
  });
  const texts = await textsOf(loading, ordinals);
  return texts.some((text) => {
    const mended = mendEmpties(text);
    return mended !== text && objectOf(mended) !== undefined;
  });
}

/** The lines on which these records stand. */
async function textsOf({ text, prepared }: Loading, ordinals: readonly (readonly unknown[])[]): Promise<string[]> {
  if (ordinals.length === 0) return [];
  const map = textLines(await prepared);
  const lines = ordinals.map(([ordinal]) => map.lineOf(Number(ordinal)));
  return readLines(text.path, (await prepared).scan, lines);
}

/** Lines of the text that was loaded, which is not always the input itself. */
function textLines({ scan }: Prepared): LineMap {
  return lineMapOfGaps(scan.gaps);
}
