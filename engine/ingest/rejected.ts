import { REJECT_REASONS } from '../../shared/domain';
import { REJECTED_BYTES } from '../../shared/evidence';
import type { Rejected } from '../../shared/evidence';
import type { Connection } from '../db';
import { rawRecords } from '../evidence/raw-reader';
import type { RawRecord, RawText } from '../evidence/raw-records';
import { wordOf } from '../lists/cells';
import { sqlStep, sqlSteps } from '../sql';
import { batches } from './batches';
import { eachRun } from './faults';
import type { FaultRun, Faults } from './faults';
import { eachGrowing } from './growing';
import { lineMapOfGaps } from './lines';
import loadText from './load.sql?raw';
import type { Prepared } from './prepare';
import type { Input } from './read-input';

const STEPS = sqlSteps(loadText);

/** Rows that are added by one statement, and that are marked by one: DuckDB holds all of them. */
const MOST_ADDED = 250_000;
const MOST_MARKED = 1_000_000;

/** Rows, or lines, one after another that are no events for the same reason. */
interface Run {
  from: number;
  count: number;
  reason: FaultRun['reason'];
}

/** Gives every rejected record of an input its true reason, and notes those that DuckDB has not read: the table `left_out`. */
export async function locateRejects(connection: Connection, file: number, input: Input): Promise<void> {
  await markFaults(connection, input);
  const { leftOut, starts } = input.prepared;
  const rest = starts && eachGrowing(starts);
  let next = rest?.next();
  let before = 0; // records that stand before those at hand; none stands between the lines of a run
  for (const runs of batchesOf(shortened(linesOf(leftOut)))) {
    const places = runs.map(({ from }) => {
      for (; rest && next && !next.done && next.value < from; next = rest.next()) before += 1;
      return before + 0.5;
    });
    await connection.run(sqlStep(STEPS, 'add-left-out'), { file, places: places.join(' '), ...listsOf(runs) });
  }
}

async function markFaults(connection: Connection, { prepared, loaded }: Input): Promise<void> {
  let added = 0;
  const mark = async (): Promise<void> => {
    await connection.run(sqlStep(STEPS, 'mark-faults'));
    await connection.run(sqlStep(STEPS, 'forget-faults'));
    added = 0;
  };
  for (const runs of batchesOf(shortened(rowsOf(prepared, loaded.firstId)))) {
    await connection.run(sqlStep(STEPS, 'add-faults'), listsOf(runs));
    added += countOf(runs);
    if (added >= MOST_MARKED) await mark();
  }
  if (added > 0) await mark();
}

function* linesOf(faults: Faults): Generator<Run> {
  for (const { line, lines, reason } of eachRun(faults)) yield { from: line, count: lines, reason };
}

/** The rows of `record` that stand on bad lines; a line inside a row of several lines is none. */
function* rowsOf({ scan }: Prepared, firstId: number): Generator<Run> {
  const map = lineMapOfGaps(scan.gaps);
  let run: Run | undefined;
  for (const { line, lines, reason } of eachRun(scan.faults)) {
    for (let at = line; at < line + lines; at++) {
      const ordinal = map.ordinalOf(at);
      if (ordinal === undefined) continue;
      const id = firstId + ordinal - 1;
      if (run?.reason === reason && run.from + run.count === id) run.count += 1;
      else {
        if (run) yield run;
        run = { from: id, count: 1, reason };
      }
    }
  }
  if (run) yield run;
}

function* shortened(runs: Iterable<Run>): Generator<Run> {
  for (const { from, count, reason } of runs) {
    for (let done = 0; done < count; done += MOST_ADDED) {
      yield { from: from + done, count: Math.min(MOST_ADDED, count - done), reason };
    }
  }
}

/** As many runs as one statement takes. */
function* batchesOf(runs: Iterable<Run>): Generator<readonly Run[]> {
  for (const batch of batches(runs)) {
    let [start, rows] = [0, 0];
    for (const [index, { count }] of batch.entries()) {
      if (rows > 0 && rows + count > MOST_ADDED) {
        yield batch.slice(start, index);
        [start, rows] = [index, 0];
      }
      rows += count;
    }
    yield batch.slice(start);
  }
}

const countOf = (runs: readonly Run[]): number => runs.reduce((sum, { count }) => sum + count, 0);

/** As texts, which are bound five times faster than lists. */
function listsOf(runs: readonly Run[]): { froms: string; counts: string; reasons: string } {
  return {
    froms: runs.map(({ from }) => from).join(' '),
    counts: runs.map(({ count }) => count).join(' '),
    reasons: runs.map(({ reason }) => reason).join(' '),
  };
}

/** Of an open input what tells where its rejected records stand. */
interface RejectedSource {
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
