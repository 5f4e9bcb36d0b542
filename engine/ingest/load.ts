import { DoppelError } from '../../shared/errors';
import type { Connection } from '../db';
import type { Extraction, Recognised } from '../formats/format';
import { sqlStep, sqlSteps } from '../sql';
import { fieldOf, spellingsOf } from './fields';
import loadText from './load.sql?raw';
import { readLines, sampleLines } from './read-lines';
import type { LineMap } from './lines';
import type { LineScan } from './line-scanner';

const LOAD = sqlSteps(loadText);
const SAMPLE_PLACES = 48;
/** Records that may be misread are looked at, at most this many of a file. */
const LOOKED_AT = 5000;
const MOST_LOADS = 4;

/** A plain text that DuckDB can read: the input itself or our copy of it. */
export interface Text {
  path: string;
  bytes: number;
}

/** What the pass over the same text found; it may end after the load. */
export interface Lines {
  scan: LineScan;
  map: LineMap;
}

export interface Loaded {
  firstId: number;
  /** Rows that the text gave: one a record that DuckDB could make out. */
  rows: number;
}

/**
 * Loads a text into `record`. Names are learned from samples; when a record that seems to lack a field has a name that
 * was not asked for, the text is loaded again with it. `lines` is awaited only after the first load.
 */
export async function load(
  connection: Connection,
  file: number,
  text: Text,
  format: Recognised,
  lines: Promise<Lines>,
): Promise<Loaded> {
  const keys = new Set(format.keys(await sampleLines(text.path, text.bytes, SAMPLE_PLACES)));
  for (let round = 1; ; round++) {
    const loaded = await loadOnce(connection, file, text, format.extractions(spellingsOf(keys)), lines);
    const missed = round < MOST_LOADS ? await missedKeys(connection, file, text, format, lines, loaded, keys) : [];
    if (missed.length === 0) {
      await connection.run('commit');
      await connection.run('insert into input values ($file::integer, $first)', { file, first: loaded.firstId });
      return loaded;
    }
    await connection.run('rollback');
    for (const key of missed) keys.add(key);
  }
}

/** Leaves the transaction open, so that a load that turns out to be wrong can be taken back. */
async function loadOnce(
  connection: Connection,
  file: number,
  text: Text,
  extractions: readonly Extraction[],
  lines: Promise<Lines>,
): Promise<Loaded> {
  for (const [at, extraction] of extractions.entries()) {
    const isLast = at === extractions.length - 1;
    await connection.run('begin');
    try {
      const loaded = await insert(connection, file, text, extraction);
      const trusted = isLast || ((await isSure(connection, file, extraction)) && balances(loaded, await lines));
      if (trusted) return loaded;
    } catch (error) {
      if (isLast || !(error instanceof DoppelError) || error.code !== 'internal') throw error;
    }
    await connection.run('rollback');
  }
  throw new DoppelError('internal', 'A format gives no way to read its text.');
}

async function insert(connection: Connection, file: number, text: Text, extraction: Extraction): Promise<Loaded> {
  const [firstId] = await connection.row('select coalesce(max(rowid) + 1, 0) from record');
  await connection.run(`with extracted as not materialized (${extraction.sql}) ${sqlStep(LOAD, 'load')}`, {
    ...extraction.values,
    path: escapeGlob(text.path),
    file,
  });
  const [rows] = await connection.row('select count(*) from record where file = $file', { file });
  return { firstId: Number(firstId), rows: Number(rows) };
}

async function isSure(connection: Connection, file: number, { unsure }: Extraction): Promise<boolean> {
  if (!unsure) return true;
  const [found] = await connection.row(
    'select count(*) from record where file = $file and class = $unsure::record_class',
    {
      file,
      unsure,
    },
  );
  return found === 0;
}

/** Every line outside the gaps is a row: what a text must come to. */
export function balances({ rows }: Loaded, { scan }: Lines): boolean {
  return rows === rowsOf(scan);
}

export function rowsOf({ lines, gaps }: LineScan): number {
  return lines - gaps.lengths.reduce((sum, length) => sum + length, 0);
}

async function missedKeys(
  connection: Connection,
  file: number,
  text: Text,
  format: Recognised,
  lines: Promise<Lines>,
  { firstId }: Loaded,
  asked: ReadonlySet<string>,
): Promise<string[]> {
  const ordinals = await connection.rows(sqlStep(LOAD, 'maybe-misread'), { file, firstId, most: LOOKED_AT });
  if (ordinals.length === 0) return [];
  const { scan, map } = await lines;
  const wanted = [...new Set(ordinals.map(([ordinal]) => map.lineOf(Number(ordinal))))];
  const texts = await readLines(text.path, scan, wanted);
  return [...new Set(format.keys(texts))].filter((key) => fieldOf(key) !== undefined && !asked.has(key));
}

/** DuckDB takes a path for a pattern: `b[1].ndjson` would open b1.ndjson. */
function escapeGlob(path: string): string {
  return path.replaceAll(/[[*?]/g, '[$&]');
}
