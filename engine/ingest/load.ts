import { DoppelError } from '../../shared/errors';
import { escapeGlob } from '../db';
import type { Connection } from '../db';
import { adjusted, clockChanges } from '../formats/adjust';
import type { ClockChanges } from '../formats/adjust';
import type { Extraction, Recognised } from '../formats/format';
import { objectOf } from '../formats/json';
import { sqlStep, sqlSteps } from '../sql';
import { mendEmpties } from './empty-mender';
import { fieldOf, spellingsOf } from './fields';
import { lineMapOfGaps } from './lines';
import type { LineMap } from './lines';
import loadText from './load.sql?raw';
import type { Prepared } from './prepare';
import { readLines, sampleLines } from './read-lines';

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
  /** What the pass over the text finds; it may end after the load. */
  prepared: Promise<Prepared>;
  /** Whether what was loaded is to be kept; what DuckDB gives in the last way to read a text is asked about too. */
  isGood: (rows: number, prepared: Prepared) => boolean;
  /** The text is a copy of CSV without its broken rows. */
  isRepaired: boolean;
}

export interface Loaded {
  /** The rowid in `record` of the first record. */
  firstId: number;
  /** Rows that the text gave: one a record that DuckDB could make out. */
  rows: number;
  clock: ClockChanges;
}
type Placed = Omit<Loaded, 'clock'>;

/**
 * Loads a text into `record`. Names are learned from samples; when a record that seems to lack a field has a name that
 * was not asked for, the text is loaded again with it. Undefined, and nothing loaded, when what came of it is not good.
 */
export async function load(loading: Loading): Promise<Loaded | undefined> {
  const { connection, file, text, format } = loading;
  const keys = new Set(format.keys(await sampleLines(text.path, text.bytes, SAMPLE_PLACES)));
  for (let round = 1; ; round++) {
    const taken = await loadOnce(loading, format.extractions(spellingsOf(keys), format.adjustment, loading.isRepaired));
    if (!taken) return undefined;
    const missed = round < MOST_LOADS ? await missedKeys(loading, keys) : [];
    if (missed.length === 0) {
      await connection.run('commit');
      const placed = await loadedOf(connection, file);
      await connection.run('insert into input values ($file::integer, $first)', { file, first: placed.firstId });
      return {
        ...placed,
        clock: await clockChanges(connection, taken, format.adjustment, { path: escapeGlob(text.path) }),
      };
    }
    await connection.run('rollback');
    for (const key of missed) keys.add(key);
  }
}

/**
 * Returns the extraction that did it, and then leaves the transaction open, so that a load that turns out to be wrong can
 * be taken back.
 */
async function loadOnce(loading: Loading, extractions: readonly Extraction[]): Promise<Extraction | undefined> {
  const { connection } = loading;
  for (const extraction of extractions) {
    await connection.run('begin');
    try {
      const loaded = await insert(loading, extraction);
      if (await isTrusted(loading, extraction, loaded)) return extraction;
    } catch (error) {
      // the text holds what this way cannot read
      if (!(error instanceof DoppelError) || error.code !== 'internal') throw error;
    }
    await connection.run('rollback');
  }
  return undefined;
}

async function insert({ connection, file, text, format }: Loading, extraction: Extraction): Promise<Placed> {
  const { sql, values } = adjusted(extraction, format.adjustment);
  await connection.run(`with extracted as not materialized (${sql}) ${sqlStep(LOAD, 'load')}`, {
    ...values,
    path: escapeGlob(text.path),
    file,
  });
  return loadedOf(connection, file);
}

/** Before a commit the rowids are not yet the final ones, though they count on in the same order. */
async function loadedOf(connection: Connection, file: number): Promise<Placed> {
  const [rows, firstId] = await connection.row(sqlStep(LOAD, 'loaded'), { file });
  return { firstId: Number(firstId), rows: Number(rows) };
}

async function isTrusted(loading: Loading, { unsure }: Extraction, { rows }: Placed): Promise<boolean> {
  const { connection, file, prepared, isGood } = loading;
  if (unsure) {
    const sql = 'select count(*) from record where file = $file and class = $unsure::record_class';
    const [found] = await connection.row(sql, { file, unsure });
    if (found !== 0) return false;
  }
  return isGood(rows, await prepared) && !(await isMendable(loading));
}

async function missedKeys(loading: Loading, asked: ReadonlySet<string>): Promise<string[]> {
  const { connection, file, format } = loading;
  const ordinals = await connection.rows(sqlStep(LOAD, 'maybe-misread'), { file, most: LOOKED_AT });
  const texts = await textsOf(loading, ordinals);
  return [...new Set(format.keys(texts))].filter((key) => fieldOf(key) !== undefined && !asked.has(key));
}

/** True when lines that are no JSON would be so with their empty values mended, which a copy does. */
async function isMendable(loading: Loading): Promise<boolean> {
  const { connection, file, format } = loading;
  if (format.cut.by !== 'line' || format.cut.text) return false;
  const ordinals = await connection.rows(sqlStep(LOAD, 'some-not-json'), { file, most: BROKEN_LOOKED_AT });
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
export function textLines({ scan }: Prepared): LineMap {
  return lineMapOfGaps(scan.gaps);
}
