/**
 * What an export rests on: who made it, when, with which Doppel, from which bytes, by which settings and through which
 * filter. JSON and reports hold it; beside a CSV it is a file of its own (docs/export.md). Times are ISO 8601 in the zone of the export.
 */
import type { Params, Result } from './contract';
import { RULE } from './domain';
import type { DetectionSummary, InputSummary, LogSummary, Parameters } from './domain';
import { formatDuration, isoTime } from './time';
import { timesIn } from './zone-offset';

/** Which findings, and in which order; those of the whole run where nothing is said. */
export type FindingsQuery = Pick<Params<'findings.page'>, 'sort' | 'filter' | 'edition'>;

/** What is open, as the engine tells it. */
export interface Run {
  info: Result<'app.info'>;
  log: LogSummary;
  detection: DetectionSummary;
}

/** What of a run is in an export. */
export interface Shown {
  kind: 'findings' | 'overlaps' | 'records' | 'report' | 'case';
  rows?: number;
  columns?: readonly string[];
  /** The records are those of this user. */
  user?: string;
  query?: FindingsQuery;
  /** Of its times, where that is not UTC. */
  timeZone?: string;
  /** Names are pseudonyms; filter, notes, tags and warnings, which may hold names, are left out. */
  isPseudonymised?: boolean;
}

/** The file that a manifest lies beside, or in: then it cannot have its size and digest. Nor does a file too large to take one. */
interface ExportedFile {
  name: string;
  bytes?: number;
  sha256?: string | undefined;
}

/** The manifest of a file, as the text of another file. */
export function manifestText(run: Run, shown: Shown, file: ExportedFile, at: number): string {
  const content = { schema: 'doppel.manifest/1', file, ...accountOf(run, shown, at) };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** The same as the first members of a larger JSON object. */
export function accountOf({ info, log, detection }: Run, shown: Shown, at: number): object {
  const { id, name, variant, ...classification } = RULE;
  const written = timesIn(shown.timeZone);
  return {
    made: {
      at: written(at),
      by: info.user,
      doppel: info.version,
      engine: info.engine,
      timeZone: shown.timeZone ?? 'UTC',
    },
    shown: {
      kind: shown.kind,
      isPseudonymised: shown.isPseudonymised,
      rows: shown.rows,
      columns: shown.columns,
      user: shown.user,
      filter: shown.query?.filter ?? null,
      sort: shown.query?.sort ?? null,
    },
    rule: { id, name, variant, parameters: parametersInWords(detection.parameters), ...classification },
    inputs: log.inputs.map(inputOf),
    archives: log.archives,
    leftOut: log.leftOut?.total,
    totals: totalsOf(log, detection, written),
  };
}

function inputOf(input: InputSummary): object {
  const { path, bytes, sha256, format, recognisedBy, records, events, setAside, rejected, orphanCloses, duplicates } =
    input;
  const { timeZone, dateOrder, choices } = input.reading;
  const account = { records, events, setAside, rejected, orphanCloses, duplicates };
  const { incomplete, warnings } = input;
  const reading = { timeZone, dateOrder, choices };
  return { path, bytes, sha256, format, recognisedBy, ...account, incomplete, warnings, reading };
}

function totalsOf(log: LogSummary, detection: DetectionSummary, written: (at: number) => string): object {
  return {
    records: log.records,
    events: log.events,
    users: detection.users,
    segments: detection.segments,
    findings: detection.findings,
    overlaps: detection.overlaps,
    orphanCloses: detection.orphanCloses,
    duplicates: log.duplicates,
    firstEvent: nullable(log.firstEvent, written),
    lastEvent: nullable(log.lastEvent, written),
    warnings: log.warnings,
    whyNone: detection.whyNone,
    coverageGaps: log.coverageGaps.map(({ from, to }) => ({ from: written(from), to: written(to) })),
  };
}

/** As the command line writes them, so that a reader can run the same again. */
function parametersInWords({ idleGapMs, minOverlapMs, openSessions, fromMs, toMs }: Parameters): object {
  return {
    idleGap: formatDuration(idleGapMs),
    minOverlap: formatDuration(minOverlapMs),
    openSessions,
    from: nullable(fromMs),
    to: nullable(toMs),
  };
}

function nullable(epochMs: number | null, written = isoTime): string | null {
  return epochMs === null ? null : written(epochMs);
}
