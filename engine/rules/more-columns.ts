import type { Database } from '../db';
import { readAgain } from '../ingest/read-again';
import type { AgainInput, Waiting } from '../ingest/read-again';
import type { Log } from '../ingest/open-log';
import { MESSAGE, outputOf, PARSER_COLUMNS } from '../ingest/parser-columns';
import { KqlError } from '../kql/error';

/** A table with columns of the records, of the same rowids. */
export interface MoreTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Where a query finds the columns that it asked for. */
export interface Found {
  /** The log's own, or one that holds the same records. */
  readonly database: Database;
  readonly tables: readonly MoreTable[];
  /** The files of which Message is asked for and no record has one: they hold the records' fields, not their texts. */
  readonly lacking: readonly string[];
}

/** Columns of a log's records that Doppel does not keep. */
export interface MoreColumns {
  /** Runs `work` where these columns are (of PARSER_COLUMNS); what no query before it asked for is read first. */
  with<T>(columns: readonly string[], waiting: Waiting, work: (found: Found) => Promise<T>): Promise<T>;
  /** Whether the log has records with an action that Doppel does not know: they have one in ZPAEvent all the same. */
  readonly hasUnknownActions: boolean;
}

/** Cells that are kept for the next query, and that one query may ask for: about a GB in memory. */
const MOST_CELLS = 60_000_000;

/** What a cell of the other columns takes in memory, about. */
const CELL_BYTES = 16;

interface Kept extends MoreTable {
  cells: number;
  /** Queries that read it now. */
  readers: number;
  lacking: readonly string[];
}

const logs = new WeakMap<Database, MoreColumns>();

/** The columns of an open log; undefined where there are no records to read again. What was read goes with its database. */
export function moreColumnsOf({ database, again, summary }: Log): MoreColumns | undefined {
  if (!again) return undefined;
  const hasUnknownActions = summary.inputs.some(({ setAside }) => (setAside['unknown-action'] ?? 0) > 0);
  const known = logs.get(database) ?? { hasUnknownActions, with: keeper(database, again, summary.records) };
  logs.set(database, known);
  return known;
}

function keeper(own: Database, again: NonNullable<Log['again']>, records: number): MoreColumns['with'] {
  let kept: Kept[] = [];
  let made = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** Makes room for so many cells, by what is not in use. */
  const drop = async (database: Database, cells: number, wanted: ReadonlySet<Kept>): Promise<void> => {
    for (const old of kept.filter((each) => each.readers === 0 && !wanted.has(each))) {
      if (sum(kept) + cells <= MOST_CELLS) return;
      kept = kept.filter((each) => each !== old);
      await database.use(undefined, (connection) => connection.run(`drop table ${old.table}`));
    }
  };
  const read = async (columns: readonly string[], waiting: Waiting): Promise<Found & { tables: Kept[] }> => {
    const { database, inputs } = await again(waiting);
    const holds = (name: string): Kept | undefined => kept.find((each) => each.columns.includes(name));
    const missing = columns.filter((name) => !holds(name));
    const wanted = new Set(columns.flatMap((name) => holds(name) ?? []));
    // texts come by another way than fields, and weigh more
    for (const group of [missing.filter((name) => name !== MESSAGE), missing.filter((name) => name === MESSAGE)]) {
      if (group.length === 0) continue;
      const isText = group.includes(MESSAGE);
      const cells = isText ? Math.max(records, textCells(inputs)) : group.length * records;
      if (cells > MOST_CELLS) throw isText ? tooLong() : tooMany(group, records);
      await drop(database, cells, wanted);
      const table = `again_${++made}`;
      const { signal, progress = () => undefined } = waiting;
      try {
        await database.use(signal, (connection) =>
          readAgain({ connection, inputs, table, columns: group, signal, progress }),
        );
      } catch (error) {
        await database.use(undefined, (connection) => connection.run(`drop table if exists ${table}`));
        throw error;
      }
      const lacking = isText ? await withoutTexts(database, table, inputs) : [];
      const mine: Kept = { table, columns: group, cells, readers: 0, lacking };
      kept = [...kept, mine];
      wanted.add(mine);
    }
    for (const each of wanted) each.readers += 1;
    return { database, tables: [...wanted], lacking: [...wanted].flatMap(({ lacking }) => lacking) };
  };

  return async (columns, waiting, work) => {
    if (columns.length === 0) return work({ database: own, tables: [], lacking: [] });
    if (columns.length * records > MOST_CELLS) throw tooMany(columns, records);
    const mine = turn.then(() => read(columns, waiting));
    turn = mine.catch(() => undefined); // whoever asked hears of it; the next one reads all the same
    const found = await mine;
    try {
      return await work(found);
    } finally {
      for (const each of found.tables) each.readers -= 1;
    }
  };
}

/** How many cells of other columns the texts of all records are as heavy as. */
const textCells = (inputs: readonly AgainInput[]): number =>
  Math.round(inputs.reduce((all, { text }) => all + text.bytes, 0) / CELL_BYTES);

async function withoutTexts(database: Database, table: string, inputs: readonly AgainInput[]): Promise<string[]> {
  return database.use(undefined, async (connection) => {
    const names: string[] = [];
    for (const { name, firstId, rows } of inputs) {
      const [texts] = await connection.row(
        `select count(${outputOf(MESSAGE)}) from ${table} where rowid between $first::bigint and $last::bigint`,
        { first: firstId, last: firstId + rows - 1 },
      );
      if (Number(texts) === 0) names.push(name);
    }
    return names;
  });
}

function tooLong(): KqlError {
  const most = Math.floor((MOST_CELLS * CELL_BYTES) / 1e6);
  return new KqlError(
    'query-limit',
    `It uses Message, the text of each record; ${most} MB of texts are the most. Name the columns that are needed, or open less of the log.`,
  );
}

const sum = (kept: readonly Kept[]): number => kept.reduce((all, { cells }) => all + cells, 0);

function tooMany(columns: readonly string[], records: number): KqlError {
  const most = Math.floor(MOST_CELLS / records);
  return new KqlError(
    'query-limit',
    `It uses ${columns.length} of the ${PARSER_COLUMNS.length} columns that Doppel reads again from the log; of ${records} records ` +
      `${most} are the most at once. Name the columns that are needed, as in project TimeGenerated, DstUserName, SrcBytes.`,
  );
}
