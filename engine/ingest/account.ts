import type { ReadingNote } from '../../shared/choices';
import type { InputSummary, LogSummary } from '../../shared/domain';
import type { Connection } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import { addressOf, hasPort } from './address';
import { batches } from './batches';
import { isRejectReason, isSetAside, NOT_ZPA } from './classes';
import { unknownFormat } from '../formats/unknown';
import type { Loaded } from './load';
import loadText from './load.sql?raw';
import { columnsTwice } from './named-twice';
import type { Observed } from './observe';
import type { Input } from './read-input';
import { titleOf } from './sniff';
import type { Sniffed } from './sniff';

const STEPS = sqlSteps(loadText);
const COLUMNS_NAMED = 20;
/** Where exports are cut off: a dashboard of Log Analytics, a search of Elasticsearch, the portal and the query API of Log Analytics. */
const EXPORT_LIMITS: ReadonlySet<number> = new Set([2000, 10_000, 30_000, 500_000]);

/** Source IPs that are not plain IPv4, by what is odd about them: how many different ones. */
export interface OddAddresses {
  withPort: number;
  hashed: number;
  noAddress: number;
}

/** Source IPs that are spelled in more than one way become one: the table `address`. */
export async function unifyAddresses(connection: Connection): Promise<OddAddresses> {
  const [texts = []] = await connection.bulk(sqlStep(STEPS, 'odd-addresses'));
  const all = [...texts].map((text) => ({ spelling: String(text), canonical: addressOf(String(text)) }));
  const odd = all.filter(({ spelling, canonical }) => canonical !== undefined && spelling !== canonical);
  for (const batch of batches(odd)) {
    await connection.run(sqlStep(STEPS, 'add-addresses'), {
      spellings: batch.map(({ spelling }) => spelling),
      canonicals: batch.map(({ spelling, canonical }) => canonical ?? spelling),
    });
  }
  // as of user names: observe.sql, hashed
  const isHash = (text: string): boolean => /^[0-9A-Fa-f]{12,128}$/u.test(text) && /[A-Fa-f]/u.test(text);
  const strange = all.filter(({ canonical }) => canonical === undefined);
  const hashed = strange.filter(({ spelling }) => isHash(spelling)).length;
  return {
    // a port is left out of the canonical text, so it is among those that differ
    withPort: odd.filter(({ spelling }) => hasPort(spelling)).length,
    hashed,
    noAddress: strange.length - hashed,
  };
}

export interface Account {
  summary: LogSummary;
  /** Names of the inputs in which no record is of ZPA users. */
  strange: string[];
}

/** Sums up what every record of every input came to. */
export async function summarise(
  connection: Connection,
  inputs: readonly Input[],
  observed: Observed,
): Promise<Account> {
  const counts = await connection.rows(sqlStep(STEPS, 'class-counts'));
  const events = counts.filter(([, name]) => name === 'event');
  const collected = new Map(events.map(([file, , , count]) => [file, count]));
  const rejects = counts.some(([, name]) => isRejectReason(String(name)))
    ? await connection.rows(sqlStep(STEPS, 'last-rejects'))
    : [];
  const lastRejects = new Map(rejects.map(([file, ordinal]) => [file, Number(ordinal)]));
  const parts = inputs.map((input, file) => {
    const collectedHere = Number(collected.get(file) ?? 0);
    const notes = notesOf(input).filter(({ ofCollection }) => !ofCollection || collectedHere > 0);
    const own = new Map(counts.filter(([of]) => of === file).map(([, name, count]) => [String(name), Number(count)]));
    const isStrange = [...own.keys()].every((name) => NOT_ZPA.has(name));
    const warnings = warningsOf(input, own, notes, collectedHere, isLastLineRejected(input, lastRejects.get(file)));
    if (isStrange) warnings.push('there is no record of a ZPA user in this file');
    warnings.push(...(observed.warningsOf.get(file) ?? []));
    const summary = summariseInput(input, own, warnings);
    const dateOrder = input.loaded.times?.dateOrder ?? summary.reading.dateOrder;
    summary.reading = { ...summary.reading, dateOrder, notes };
    summary.orphanCloses = observed.orphanCloses.get(file) ?? 0;
    summary.duplicates = observed.duplicates.get(file) ?? 0;
    return { summary, isStrange };
  });
  const summaries = parts.map(({ summary }) => summary);
  const total = (count: (summary: InputSummary) => number): number =>
    summaries.reduce((sum, summary) => sum + count(summary), 0);
  return {
    summary: {
      inputs: summaries,
      records: total(({ records }) => records),
      events: total(({ events }) => events),
      rejected: total(({ rejected }) => rejected),
      orphanCloses: total(({ orphanCloses }) => orphanCloses),
      duplicates: total(({ duplicates }) => duplicates),
      warnings: observed.warnings,
      coverageGaps: observed.gaps,
      firstEvent: events.length === 0 ? null : Math.min(...events.map(([, , , , first]) => Number(first))),
      lastEvent: events.length === 0 ? null : Math.max(...events.map(([, , , , , last]) => Number(last))),
    },
    strange: parts.filter(({ isStrange }) => isStrange).map(({ summary }) => summary.name),
  };
}

/** What was taken for granted before and while it was read, each once. */
function notesOf({ sniffed, loaded }: Input): ReadingNote[] {
  const all = [...sniffed.reading.notes, ...(loaded.times?.notes ?? [])];
  const matters = all.filter(({ ofCollection }) => !ofCollection);
  const texts = new Set(matters.map(({ text }) => text));
  return [...all.filter(({ ofCollection, text }) => ofCollection && !texts.has(text)), ...matters];
}

/** `ordinal`: of the last rejected among the records that DuckDB read. */
function isLastLineRejected({ prepared, lineOf }: Input, ordinal: number | undefined): boolean {
  const { leftOut, sourceLines } = prepared;
  return leftOut.lastLine === sourceLines || (ordinal !== undefined && lineOf(ordinal) === sourceLines);
}

function summariseInput(input: Input, counts: ReadonlyMap<string, number>, warnings: string[]): InputSummary {
  const { sniffed, prepared, loaded } = input;
  const setAside: InputSummary['setAside'] = {};
  if (prepared.blankLines > 0) setAside['blank-line'] = prepared.blankLines;
  let rejected = prepared.leftOut.count;
  for (const [name, count] of counts) {
    if (isSetAside(name)) setAside[name] = count;
    else if (isRejectReason(name)) rejected += count;
  }
  const incomplete = incompleteOf(input);
  return {
    name: sniffed.granted.name,
    path: sniffed.granted.shownPath,
    bytes: sniffed.granted.original?.bytes ?? prepared.bytes,
    sha256: sniffed.granted.original?.sha256 ?? prepared.sha256,
    format: titleOf(sniffed),
    recognisedBy: sniffed.format.because,
    reading: sniffed.reading,
    file: sniffed.granted.id ?? '',
    records: loaded.rows + prepared.blankLines + prepared.leftOut.count,
    events: counts.get('event') ?? 0,
    setAside,
    rejected,
    orphanCloses: 0,
    duplicates: 0,
    ...(incomplete === undefined ? {} : { incomplete }),
    warnings,
  };
}

function incompleteOf({ sniffed, prepared, loaded, hasChanged }: Input): string | undefined {
  const damage = sniffed.granted.damage ?? prepared.damage;
  if (damage !== undefined) {
    return `${damage}: what comes before the damage was read, ${loaded.rows} records`;
  }
  const { unread } = prepared;
  if (unread) {
    return (
      `lines ${unread.from} to ${unread.to} could not all be read: brackets or quotes there do not add up, so records ` +
      'may be missing'
    );
  }
  if (hasChanged) return 'the file changed while it was read: open it again when nothing writes to it';
  if (loaded.rows === prepared.rows) return undefined;
  return `${prepared.rows} records were expected in lines 1 to ${prepared.scan.lines}, and ${loaded.rows} were read`;
}

function warningsOf(
  { sniffed, prepared, loaded }: Input,
  counts: ReadonlyMap<string, number>,
  notes: readonly ReadingNote[],
  collectionTimes: number,
  isLastLineRejected: boolean,
): string[] {
  const {
    reading,
    format: { cut },
  } = sniffed;
  const all: string[] = notes.filter(({ sure }) => sure === 'open').map(({ text }) => text);
  all.push(...clockWarnings(loaded, reading.timeZone), ...twiceWarnings(loaded), ...headerWarnings(sniffed));
  if (sniffed.format === unknownFormat && reading.guesses.sourceIp !== undefined) {
    all.push(`its columns are not known: ${reading.columns.slice(0, COLUMNS_NAMED).join(', ')}`);
  }
  if (prepared.endsEarly !== undefined) all.push(prepared.endsEarly);
  else if (prepared.endsInLine && isLastLineRejected) all.push('the file ends in the middle of a line');
  else if (prepared.endsInLine && sniffed.format.cut.by === 'csv') {
    all.push(
      `line ${prepared.sourceLines}, the last one, has no line end: if the file was cut off there, its last value is not whole`,
    );
  }
  const rows = loaded.rows + prepared.leftOut.count;
  if (EXPORT_LIMITS.has(rows)) {
    all.push(
      `it has exactly ${rows.toLocaleString('en-US')} records, a limit at which exports are cut off: there may be more in the ` +
        'source. Export it again in shorter spans of time',
    );
  }
  if (collectionTimes > 0) {
    all.push(
      `${collectionTimes} of ${counts.get('event') ?? 0} events have no time of their own: ` +
        `theirs is ${cut.by === 'line' && cut.text ? 'that of the syslog header, when they were sent' : 'TimeGenerated, when they were collected'}`,
    );
  }
  return all;
}

function twiceWarnings({ twice }: Loaded): string[] {
  if (!twice) return [];
  const { looked, isAll, same, spelled } = twice;
  const of = (records: number): string => {
    const all = looked.toLocaleString('en-US');
    const have = records === 1 ? 'has' : 'have';
    const places = isAll ? '' : 'looked at all over the file ';
    return `${records.toLocaleString('en-US')} of ${all} records ${places}${have}`;
  };
  const all: string[] = [];
  if (same.records > 0) {
    all.push(
      `${of(same.records)} a name twice, with different values (${same.names.join(', ')}): the first value counts`,
    );
  }
  if (spelled.records > 0) {
    all.push(
      `${of(spelled.records)} two names that differ in letter case only, with different values (${named(spelled.names)}): ` +
        'of a pair the one named first here counts, where it has a value',
    );
  }
  return all;
}

function headerWarnings({ format: { cut, table } }: Sniffed): string[] {
  const pairs = cut.by === 'csv' && !cut.headless ? columnsTwice(table?.columns ?? []) : [];
  const same = pairs.filter(([one, other]) => one === other).map(([one]) => one);
  const spelled = pairs.filter(([one, other]) => one !== other);
  const all: string[] = [];
  if (same.length > 0) all.push(`its header names a column twice (${same.join(', ')}): the first one counts`);
  if (spelled.length > 0) {
    all.push(
      `its header has names that differ in letter case only (${named(spelled)}): of a pair the first counts, where it has a value`,
    );
  }
  return all;
}

const named = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([one, other]) => `${one} and ${other}`).join('; ');

/** The rule is that of engine/formats/adjust.sql. */
function clockWarnings({ clock }: Loaded, zone: string): string[] {
  const { skipped, twice } = clock;
  const all: string[] = [];
  if (skipped > 0)
    all.push(
      `${skipped} times do not exist in ${zone}, where the clock was put forward: each counts as if that had not happened yet`,
    );
  if (twice > 0) all.push(`${twice} times came twice in ${zone}, where the clock was put back: the later one is taken`);
  return all;
}
