import type { InputSummary, LogSummary, RejectReason, Rejected } from '../../shared/domain';
import type { Connection } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import { canonicalAddress } from './address';
import { isRejectReason, isSetAside } from './classes';
import loadText from './load.sql?raw';
import { rowsOf } from './load';
import type { Lines, Loaded } from './load';
import type { Prepared } from './prepare';
import type { Sniffed } from './sniff';

const STEPS = sqlSteps(loadText);
/** Values bound at once. */
const BATCH = 20_000;

/** An input that has been loaded. */
export interface Input {
  sniffed: Sniffed;
  prepared: Prepared;
  lines: Lines;
  loaded: Loaded;
}

/** Source IPs that are spelled in more than one way become one: the table `address`. */
export async function unifyAddresses(connection: Connection): Promise<void> {
  const rows = await connection.rows(sqlStep(STEPS, 'odd-addresses'));
  const odd = rows
    .map(([text]) => String(text))
    .map((spelling) => ({ spelling, canonical: canonicalAddress(spelling) }))
    .filter(({ spelling, canonical }) => spelling !== canonical);
  for (const batch of batches(odd)) {
    await connection.run(sqlStep(STEPS, 'add-addresses'), {
      spellings: batch.map(({ spelling }) => spelling),
      canonicals: batch.map(({ canonical }) => canonical),
    });
  }
}

/** Gives every rejected record of an input its line and its true reason: the table `rejected`. */
export async function locateRejects(connection: Connection, file: number, input: Input): Promise<void> {
  const { lines, loaded } = input;
  await markFaults(connection, file, input);
  const rows = await connection.rows(sqlStep(STEPS, 'rejected-rows'), { file, firstId: loaded.firstId });
  const rejects = rows.map(([ordinal, reason]) => ({
    line: lines.map.lineOf(Number(ordinal)),
    reason: String(reason),
  }));
  rejects.sort((a, b) => a.line - b.line);
  for (const batch of batches(rejects)) {
    await connection.run(sqlStep(STEPS, 'add-rejected'), {
      file,
      lines: batch.map(({ line }) => String(line)),
      reasons: batch.map(({ reason }) => reason),
    });
  }
}

async function markFaults(connection: Connection, file: number, { lines, loaded }: Input): Promise<void> {
  const ids = new Map<RejectReason, string[]>();
  for (const { line, reason } of lines.scan.faults) {
    const ordinal = lines.map.ordinalOf(line);
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

function* batches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += BATCH) yield all.slice(at, at + BATCH);
}

/** Sums up what every record of every input came to. */
export async function summarise(connection: Connection, inputs: readonly Input[]): Promise<LogSummary> {
  const counts = await connection.rows(sqlStep(STEPS, 'class-counts'));
  const collected = new Map((await connection.rows(sqlStep(STEPS, 'collection-times'))).map(([file, n]) => [file, n]));
  const summaries = inputs.map((input, file) =>
    summariseInput(
      input,
      new Map(counts.filter(([of]) => of === file).map(([, name, count]) => [String(name), Number(count)])),
      Number(collected.get(file) ?? 0),
    ),
  );
  const [first, last] = await connection.row(sqlStep(STEPS, 'time-span'));
  const total = (count: (summary: InputSummary) => number): number =>
    summaries.reduce((sum, summary) => sum + count(summary), 0);
  return {
    inputs: summaries,
    records: total(({ records }) => records),
    events: total(({ events }) => events),
    rejected: total(({ rejected }) => rejected),
    firstEvent: typeof first === 'number' ? first : null,
    lastEvent: typeof last === 'number' ? last : null,
  };
}

function summariseInput(
  { sniffed, prepared, lines, loaded }: Input,
  counts: ReadonlyMap<string, number>,
  collectionTimes: number,
): InputSummary {
  const setAside: InputSummary['setAside'] = {};
  if (lines.scan.blankLines > 0) setAside['blank-line'] = lines.scan.blankLines;
  let rejected = 0;
  for (const [name, count] of counts) {
    if (isSetAside(name)) setAside[name] = count;
    else if (isRejectReason(name)) rejected += count;
  }
  const missing = rowsOf(lines.scan) - loaded.rows;
  const events = counts.get('event') ?? 0;
  return {
    name: sniffed.granted.name,
    path: sniffed.granted.path,
    bytes: prepared.bytes,
    sha256: prepared.sha256,
    format: sniffed.format.title,
    recognisedBy: sniffed.format.because,
    records: loaded.rows + lines.scan.blankLines,
    events,
    setAside,
    rejected,
    ...(missing === 0 ? {} : { incomplete: `${missing} of ${rowsOf(lines.scan)} records could not be accounted for` }),
    warnings: warnings(events, collectionTimes),
  };
}

function warnings(events: number, collectionTimes: number): string[] {
  const all: string[] = [];
  if (collectionTimes > 0) {
    all.push(
      `${collectionTimes} of ${events} events have no LogTimestamp: their time is TimeGenerated, when they were collected`,
    );
  }
  return all;
}

/** One page of the rejected lines of all inputs, in order. */
export async function rejectedPage(
  connection: Connection,
  inputs: readonly { path: string }[],
  offset: number,
  limit: number,
): Promise<{ total: number; rows: Rejected[] }> {
  const [total] = await connection.row('select count(*) from rejected');
  const rows = await connection.rows(
    'select file, line, reason from rejected order by rowid limit $limit offset $offset',
    { limit, offset },
  );
  return {
    total: Number(total),
    rows: rows.flatMap(([file, line, reason]) => {
      const path = inputs[Number(file)]?.path;
      const known = typeof reason === 'string' && isRejectReason(reason) ? reason : undefined;
      return path !== undefined && known ? [{ path, line: Number(line), reason: known }] : [];
    }),
  };
}
