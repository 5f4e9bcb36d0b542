import type { RejectReason } from '../../shared/domain';
import { REJECTED_BYTES } from '../../shared/evidence';
import type { Rejected } from '../../shared/evidence';
import type { Connection } from '../db';
import { rawRecords } from '../evidence/raw-reader';
import type { RawRecord, RawText } from '../evidence/raw-records';
import { sqlStep, sqlSteps } from '../sql';
import { batches } from './batches';
import { isRejectReason } from './classes';
import { textLines } from './load';
import loadText from './load.sql?raw';
import type { Input } from './read-input';

const STEPS = sqlSteps(loadText);

/** Gives every rejected record of an input its line and its true reason: the table `rejected`. */
export async function locateRejects(connection: Connection, file: number, input: Input): Promise<void> {
  const { prepared, loaded, lineOf } = input;
  await markFaults(connection, file, input);
  const rows = await connection.rows(sqlStep(STEPS, 'rejected-rows'), { file, firstId: loaded.firstId });
  const rejects = [
    ...rows.map(([ordinal, reason]) => ({
      ordinal: String(ordinal),
      line: lineOf(Number(ordinal)),
      reason: String(reason),
    })),
    ...prepared.leftOut.map((fault) => ({ ordinal: '0', ...fault })),
  ].toSorted((a, b) => a.line - b.line);
  for (const batch of batches(rejects)) {
    await connection.run(sqlStep(STEPS, 'add-rejected'), {
      file,
      ordinals: batch.map(({ ordinal }) => ordinal),
      lines: batch.map(({ line }) => String(line)),
      reasons: batch.map(({ reason }) => reason),
    });
  }
}

async function markFaults(connection: Connection, file: number, { prepared, loaded }: Input): Promise<void> {
  const map = textLines(prepared);
  const ids = new Map<RejectReason, string[]>();
  for (const { line, reason } of prepared.scan.faults) {
    const ordinal = map.ordinalOf(line);
    if (ordinal === undefined) continue;
    const list = ids.get(reason) ?? [];
    list.push(String(loaded.firstId + ordinal - 1));
    ids.set(reason, list);
  }
  for (const [reason, all] of ids) {
    for (const batch of batches(all)) {
      await connection.run(sqlStep(STEPS, 'mark-fault'), { file, class: reason, ids: batch });
    }
  }
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
  const [total] = await connection.row('select count(*) from rejected');
  const found = (await connection.rows(sqlStep(STEPS, 'rejected-page'), { limit, offset })).map(
    ([file, line, reason, ordinal]) => ({
      file: Number(file),
      line: Number(line),
      reason: reasonOf(reason),
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

function reasonOf(cell: unknown): RejectReason {
  if (typeof cell === 'string' && isRejectReason(cell)) return cell;
  throw new Error(`no reject reason: ${String(cell)}`);
}
