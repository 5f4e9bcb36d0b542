/**
 * The contract between the engine and every shell: method name -> schemas, event name -> schema. Types are inferred.
 * JSON-safe values only, plus typed arrays for bulk columns, so that no transport can differ from another.
 * Adding a method is two lines: one here, one in engine/handlers.ts.
 */
import * as v from 'valibot';
import { cacheMethods } from './cache';
import { Choices, Preview } from './choices';
import { FindingState, GONE_REASONS, Subject, caseEvents } from './decisions';
import { DetectionSummary, Finding, LogEvent, LogSummary, Overlap, Parameters, Segment } from './domain';
import { ObservedUser, USER_SORTS, WhyNot } from './why-not';
import { facetMethods } from './facets';
import { evidenceMethods } from './evidence';
import { handoverMethods } from './handover';
import { exportMethods } from './export';
import { FINDINGS_LIST, FindingsFilter, sortBy } from './findings-filter';
import { preferenceMethods } from './preferences';
import { ruleMethods } from './rules';
import { relatedMethods } from './related';
import { Limits } from './sources';
import { timelineMethods } from './timeline';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Ms = v.pipe(v.number(), v.safeInteger());
const Text = v.pipe(v.string(), v.maxLength(500));
const bulk = <A>(type: new (...args: never[]) => A) => v.custom<A>((value) => value instanceof type);

/** A file that a shell has granted to the engine. Only granted files can be opened; the page never names a path. */
export const FileHandle = v.object({ id: v.string(), name: v.string(), bytes: Count });
export type FileHandle = v.InferOutput<typeof FileHandle>;

/** One page of a list that the engine sorts, filters and cuts. */
const cut = { offset: Count, limit: v.pipe(Count, v.maxValue(1000)) };
const sort = <C extends readonly [string, ...string[]]>(columns: C) => v.optional(sortBy(columns));
/** `text` is searched for, ignoring case. */
const page = <C extends readonly [string, ...string[]]>(columns: C) => ({
  ...cut,
  sort: sort(columns),
  text: v.optional(Text),
});
const rows = <S extends v.GenericSchema>(row: S) => v.object({ total: Count, rows: v.array(row) });

const OVERLAP_SORTS = ['overlapStart', 'overlapEnd', 'overlapSeconds', 'SrcIpAddr', 'PreviousSrcIpAddr'] as const;
const SEGMENT_SORTS = ['start', 'end', 'SrcIpAddr', 'sessionId', 'ending', 'records'] as const;
const EVENT_SORTS = ['time', 'action', 'SrcIpAddr', 'sessionId', 'file'] as const;

/** Steps of long work, in order. Every one has words in the renderer and the CLI. */
export const STEPS = [
  'unpacking',
  'checking',
  'reading',
  'counting',
  'evidence',
  'segments',
  'presence',
  'overlaps',
  'findings',
] as const;
export type Step = (typeof STEPS)[number];

export const Progress = v.object({
  step: v.picklist(STEPS),
  /** The file at work on; empty during detection. */
  file: v.string(),
  /** Bytes of the inputs read so far, of bytes in all: the honest measure while files are read. */
  bytesDone: Count,
  bytesTotal: Count,
  /** Records read so far, over all files. */
  records: Count,
  /** While several files are read: what the rule, with its default parameters, finds in those that are done. */
  soFar: v.optional(v.object({ filesDone: Count, files: Count, findings: Count, first: v.array(Finding) })),
});
export type Progress = v.InferOutput<typeof Progress>;

/** How many files a page can open as one log. */
export const MOST_FILES = 10_000;
const Id = v.pipe(v.string(), v.maxLength(100));
const User = v.pipe(v.string(), v.maxLength(10_000));

export const methods = {
  'app.info': {
    params: v.strictObject({}),
    /** `user`: who runs it, as the operating system calls them. */
    result: v.object({ version: v.string(), engine: v.string(), pid: Count, user: v.string() }),
  },
  /** The files granted at start, for the page to open; an empty list when there are none. */
  'files.offered': { params: v.strictObject({}), result: v.array(FileHandle) },
  /** The bundled sample day as a granted file. */
  'files.sample': { params: v.strictObject({}), result: FileHandle },
  /** Reads the files as one log; the log that was open is replaced once all are read. Cancelled or failed: it stays. */
  'log.open': {
    params: v.strictObject({
      files: v.pipe(v.array(Id), v.minLength(1), v.maxLength(MOST_FILES)),
      limits: v.optional(Limits),
      /** What somebody decided about how files are read, by handle. */
      choices: v.optional(v.record(Id, Choices)),
      /** They are read, whatever the case's cache has. */
      fresh: v.optional(v.boolean()),
    }),
    progress: Progress,
    result: LogSummary,
  },
  /** The log of the hand-over that is open; it takes its place where its bytes are the same, else `differences` says what is not. */
  'log.attach': {
    params: v.strictObject({
      files: v.pipe(v.array(Id), v.minLength(1), v.maxLength(MOST_FILES)),
      limits: v.optional(Limits),
    }),
    progress: Progress,
    result: v.object({
      log: v.nullable(LogSummary),
      detection: v.nullable(DetectionSummary),
      differences: v.array(v.string()),
    }),
  },
  /**
   * The first rows of a granted file as they are and as they are read under these choices. `name`: of what came
   * out of that file in the open log, an input or a file that was left out.
   */
  'file.preview': {
    params: v.strictObject({ file: Id, name: v.optional(v.string()), choices: Choices }),
    result: Preview,
  },
  /** What is open now, for a page that was reloaded. */
  'log.state': {
    params: v.strictObject({}),
    result: v.object({
      log: v.nullable(LogSummary),
      detection: v.nullable(DetectionSummary),
      /** What was open or being opened when an engine before this one was lost, as far as its files are still at hand. */
      before: v.nullable(
        v.object({
          files: v.array(FileHandle),
          choices: v.record(Id, Choices),
          parameters: v.nullable(Parameters),
        }),
      ),
    }),
  },
  /** Runs the intended rule over the open log; its findings replace the earlier ones. */
  'detection.run': {
    params: v.strictObject({ parameters: Parameters }),
    progress: Progress,
    result: DetectionSummary,
  },
  'findings.page': { params: v.strictObject({ ...cut, ...FINDINGS_LIST }), result: rows(Finding) },
  /** The ids alone of a stretch of that list, in its order: for a change of many findings at once. */
  'findings.ids': {
    params: v.strictObject({ offset: Count, limit: v.pipe(Count, v.maxValue(10_000)), ...FINDINGS_LIST }),
    result: v.object({ total: Count, ids: v.array(v.string()) }),
  },
  /**
   * What has been decided, told to the engine so that it can sort, filter and export by it. It keeps the states of these
   * findings in place of what it knew of them, unless that is newer. `whole` begins all of a case: what was known of another
   * case, or of none, is forgotten; else what is told of another case than that is not taken. A state too large for one message
   * comes in several: one that `continues` has the notes that come after those already told.
   */
  'decisions.mirror': {
    params: v.strictObject({
      states: v.pipe(v.array(FindingState), v.maxLength(10_000)),
      whole: v.boolean(),
      case: v.optional(Id),
      continues: v.optional(v.boolean()),
    }),
    result: v.null(),
  },
  /** What was decided about findings that the last run did not find; the latest first. The states are those of decisions.get. */
  'decisions.gone': {
    params: v.strictObject(cut),
    result: rows(v.object({ finding: v.string(), why: v.picklist(GONE_REASONS) })),
  },
  /** Whom the findings are about, by id; those that the last run did not find are left out. */
  'findings.subjects': {
    params: v.strictObject({ ids: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(10_000)) }),
    result: v.record(v.string(), Subject),
  },
  /** Overlaps of one user, or of all; or those of the findings of a list, in its order, and then no other condition counts. */
  'overlaps.page': {
    params: v.strictObject({
      ...page(OVERLAP_SORTS),
      user: v.optional(User),
      findings: v.optional(v.strictObject(FINDINGS_LIST)),
    }),
    result: rows(Overlap),
  },
  /** How many overlaps were going on in each of `bins` equal stretches of the log, for the findings that the filter lets through. */
  'overlaps.histogram': {
    params: v.strictObject({
      bins: v.pipe(Count, v.minValue(1), v.maxValue(2000)),
      filter: v.optional(FindingsFilter),
      user: v.optional(User),
    }),
    result: v.object({ from: Ms, to: Ms, overlaps: bulk(Uint32Array), users: bulk(Uint32Array) }),
  },
  'segments.page': { params: v.strictObject({ ...page(SEGMENT_SORTS), user: User }), result: rows(Segment) },
  'events.page': {
    params: v.strictObject({ ...page(EVENT_SORTS), user: v.optional(User) }),
    result: rows(LogEvent),
  },
  /** All users of the log; only those with or without a finding where `flagged` says so. */
  'users.page': {
    params: v.strictObject({ ...page(USER_SORTS), flagged: v.optional(v.boolean()) }),
    result: rows(ObservedUser),
  },
  /** Why a user is not flagged. */
  'user.why-not': { params: v.strictObject({ user: User }), result: WhyNot },
  ...cacheMethods,
  ...exportMethods,
  ...handoverMethods,
  ...facetMethods,
  ...evidenceMethods,
  ...preferenceMethods,
  ...ruleMethods,
  ...relatedMethods,
  ...timelineMethods,
} satisfies Record<string, MethodDefinition>;

export const events = {
  /** The shell has granted files that the user wants to see: dropped, chosen, or given to a second start of the app. */
  'files.offered': v.array(FileHandle),
  ...caseEvents,
} satisfies Record<string, v.GenericSchema>;

export interface MethodDefinition {
  params: v.GenericSchema;
  result: v.GenericSchema;
  progress?: v.GenericSchema;
}
export type Methods = typeof methods;
export type Method = keyof Methods;
export type Params<M extends Method> = v.InferOutput<Methods[M]['params']>;
export type Result<M extends Method> = v.InferOutput<Methods[M]['result']>;
export type ProgressOf<M extends Method> = Methods[M] extends { progress: infer P extends v.GenericSchema }
  ? v.InferOutput<P>
  : never;
export type EventName = keyof typeof events;
export type EventData<E extends EventName> = v.InferOutput<(typeof events)[E]>;
