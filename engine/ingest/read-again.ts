import { DoppelError, throwIfCancelled } from '../../shared/errors';
import { escapeGlob } from '../db';
import type { Connection, Database } from '../db';
import type { SourceCheck } from '../evidence/source-file';
import type { Extraction, Recognised } from '../formats/format';
import { MESSAGE, outputOf, parserSpellings } from './parser-columns';

/** An input of an open log whose records can be read once more. */
export interface AgainInput {
  name: string;
  /** The text that was loaded, and how. */
  text: { path: string; bytes: number };
  format: Recognised;
  isRepaired: boolean;
  /** The names that its records give their fields. */
  keys: ReadonlySet<string>;
  /** Its rows in `record`, and the rowid of the first. */
  rows: number;
  firstId: number;
  /** Undefined for a private copy, which nobody else changes. */
  check: SourceCheck | undefined;
}

/** Who waits for records that are read again. */
export interface Waiting {
  signal?: AbortSignal | undefined;
  /** The file that is read again, and bytes of all that is read again. */
  progress?: ((file: string, bytesDone: number, bytesTotal: number) => void) | undefined;
}

/** A log whose records can be read again: its own database, or one that was read anew from the same files. */
export interface Again {
  database: Database;
  inputs: readonly AgainInput[];
}

interface Columns {
  connection: Connection;
  inputs: readonly AgainInput[];
  /** The table to be made: a row for each row of `record`, of the same rowid. */
  table: string;
  /** Of PARSER_COLUMNS, Message by itself; in the table they have the names that outputOf gives. */
  columns: readonly string[];
  signal: AbortSignal | undefined;
  /** Bytes of the inputs' texts read so far, of all. */
  progress: (file: string, bytesDone: number, bytesTotal: number) => void;
}

const POLL_MS = 200;

/**
 * Reads columns of the log's records that were not kept, into a table. Throws `file-changed`, naming the file, when one is
 * no longer what it was when it was opened; then there is no table.
 */
export async function readAgain(again: Columns): Promise<void> {
  const { connection, inputs, table, columns, signal, progress } = again;
  const total = inputs.reduce((sum, { text }) => sum + text.bytes, 0);
  await connection.run(`create table ${table} (${columns.map((column) => `${outputOf(column)} varchar`).join(', ')})`);
  let [done, rows] = [0, 0];
  for (const input of inputs) {
    throwIfCancelled(signal);
    const { name, text } = input;
    // rows come in the order of the records, so a row's place tells which record it is of
    if (input.firstId !== rows)
      throw new DoppelError('internal', `The records of ${name} are not where they should be.`);
    const tell = (): void => progress(name, done + (text.bytes * Math.max(0, connection.percentage)) / 100, total);
    const poll = setInterval(tell, POLL_MS);
    try {
      await readInput(again, input);
    } finally {
      clearInterval(poll);
    }
    done += text.bytes;
    rows += input.rows;
    progress(name, done, total);
  }
}

async function readInput({ connection, table, columns, signal }: Columns, input: AgainInput): Promise<void> {
  await requireSame(input, signal);
  const spellings = parserSpellings(columns, input.keys);
  const { format } = input;
  const sent = columns.every((name) => name === MESSAGE) ? sentTexts(input) : [];
  const [before = 0] = (await connection.row(`select count(*) from ${table}`)).map(Number);
  for (const extraction of [...sent, ...format.extractions(spellings, undefined, input.isRepaired)]) {
    await connection.run('begin');
    if ((await added(connection, { table, columns }, extraction, input)) === before + input.rows) {
      await connection.run('commit');
      await requireSame(input, signal);
      return;
    }
    await connection.run('rollback');
  }
  throw changed(input.name);
}

function sentTexts({ format, isRepaired }: AgainInput): Extraction[] {
  const messages = format.messages?.(isRepaired);
  if (!messages) return [];
  return [{ ...messages, sql: `select message as ${outputOf(MESSAGE)} from (${messages.sql})` }];
}

/** Rows of the table with those of the input; undefined where the text holds what this way cannot read. */
async function added(
  connection: Connection,
  { table, columns }: Pick<Columns, 'table' | 'columns'>,
  { sql, values }: Extraction,
  { text }: AgainInput,
): Promise<number | undefined> {
  try {
    const list = columns.map(outputOf).join(', ');
    await connection.run(`insert into ${table} select ${list} from (${sql})`, {
      ...values,
      path: escapeGlob(text.path),
    });
    const [rows] = await connection.row(`select count(*) from ${table}`);
    return Number(rows);
  } catch (error) {
    if (error instanceof DoppelError && error.code === 'internal') return undefined;
    throw error;
  }
}

async function requireSame({ name, check }: AgainInput, signal: AbortSignal | undefined): Promise<void> {
  if (await check?.problem(signal)) throw changed(name);
}

/** What is said of a file that was changed while its log is open. */
export function changed(name: string): DoppelError {
  return new DoppelError(
    'file-changed',
    `${name} is no longer what it was when it was opened, so its records cannot be read again. Open it again.`,
  );
}
