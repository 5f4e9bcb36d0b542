import { REJECT_REASONS } from '../../shared/domain';
import { REJECTED_BYTES } from '../../shared/evidence';
import type { Rejected } from '../../shared/evidence';
import type { Connection } from '../db';
import { rawRecords } from '../evidence/raw-reader';
import type { RawRecord, RawText } from '../evidence/raw-records';
import { wordOf } from '../lists/cells';
import { sqlStep, sqlSteps } from '../sql';
import { batches } from './batches';
import { eachFault } from './faults';
import { textLines } from './load';
import loadText from './load.sql?raw';
import type { Input } from './read-input';

const STEPS = sqlSteps(loadText);

/** Gives every rejected record of an input its true reason, and notes those that DuckDB has not read: the table `left_out`. */
export async function locateRejects(connection: Connection, file: number, input: Input): Promise<void> {
  await markFaults(connection, input);
  const { leftOut, starts } = input.prepared;
  let before = 0; // records that stand before the one at hand
  for (const batch of batches(eachFault(leftOut))) {
    const places = batch.map(({ line }) => {
      while (starts && (starts[before] ?? Infinity) < line) before += 1;
      return before + 0.5;
    });
    await connection.run(sqlStep(STEPS, 'add-left-out'), {
      file,
      places: places.join(' '),
      lines: batch.map(({ line }) => line).join(' '),
      reasons: batch.map(({ reason }) => reason).join(' '),
    });
  }
}

async function markFaults(connection: Connection, { prepared, loaded }: Input): Promise<void> {
  const map = textLines(prepared);
  for (const batch of batches(eachFault(prepared.scan.faults))) {
    const rows = batch.flatMap(({ line, reason }) => {
      const ordinal = map.ordinalOf(line);
      return ordinal === undefined ? [] : [{ id: loaded.firstId + ordinal - 1, reason }];
    });
    if (rows.length === 0) continue;
    await connection.run(sqlStep(STEPS, 'add-faults'), {
      ids: rows.map(({ id }) => id).join(' '),
      reasons: rows.map(({ reason }) => reason).join(' '),
    });
  }
  if (prepared.scan.faults.lines.length === 0) return;
  await connection.run(sqlStep(STEPS, 'mark-faults'));
  await connection.run(sqlStep(STEPS, 'forget-faults'));
}

/** Of an open input what tells where its rejected records stand. */
export interface RejectedSource {
  name: string;
  text: RawText;
}

/** One page of the rejected records of all inputs, by input and line, each with its text as it stands in the file. */
export async function rejectedPage(
  connection: Connection,
  inputs: readonly RejectedSource[],
  { offset, limit }: { offset: number; limit: number },
  signal?: AbortSignal,
): Promise<{ total: number; rows: Rejected[] }> {
  const [total] = await connection.row(sqlStep(STEPS, 'rejected-count'));
  const found = (await connection.rows(sqlStep(STEPS, 'rejected-page'), { limit, offset })).map(
    ([file, ordinal, line, reason]) => ({
      file: Number(file),
      line: ordinal === null ? Number(line) : (inputs[Number(file)]?.text.lineOf(Number(ordinal)) ?? 0),
      reason: wordOf(reason, REJECT_REASONS),
      ordinal: ordinal === null ? undefined : Number(ordinal),
    }),
  );
  const rows: Rejected[] = [];
  for (const [file, input] of inputs.entries()) {
    const own = found.filter((row) => row.file === file);
    const texts = await textsOf(input.text, own, signal);
    for (const row of own) {
      const { line, reason } = row;
      rows.push({ path: input.name, line, reason, ...(texts.get(row) ?? NO_TEXT) });
    }
  }
  return { total: Number(total), rows };
}

interface Place {
  line: number;
  /** Undefined for a record that was left out of what DuckDB read: its line alone tells where it stands. */
  ordinal: number | undefined;
}
const NO_TEXT: RawRecord = { offset: null, raw: null, isCut: false, problem: 'file-unreadable' };

async function textsOf<Row extends Place>(
  text: RawText,
  rows: readonly Row[],
  signal: AbortSignal | undefined,
): Promise<Map<Row, RawRecord>> {
  const byLine: RawText = { ...text, cut: { by: 'line' }, offsets: undefined, lineOf: (line) => line };
  const groups = [
    { from: text, rows: rows.filter(({ ordinal }) => ordinal !== undefined), keyOf: ({ ordinal = 0 }: Row) => ordinal },
    { from: byLine, rows: rows.filter(({ ordinal }) => ordinal === undefined), keyOf: ({ line }: Row) => line },
  ];
  const texts = new Map<Row, RawRecord>();
  for (const { from, rows: own, keyOf } of groups) {
    if (own.length === 0) continue;
    const ordered = own.toSorted((a, b) => keyOf(a) - keyOf(b));
    const raws = await rawRecords(from, ordered.map(keyOf), signal, REJECTED_BYTES);
    for (const [index, row] of ordered.entries()) texts.set(row, raws[index] ?? NO_TEXT);
  }
  return texts;
}
