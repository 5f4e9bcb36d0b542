/** What the rule lab says over the contract: rules, runs of them, their trace, replay and comparison. Times are epoch ms. */
import * as v from 'valibot';
import { Verdict } from './decisions';
import { Parameters } from './domain';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Ms = v.pipe(v.number(), v.safeInteger());
const Kql = v.pipe(v.string(), v.maxLength(100_000));

export const RULE_VARIANTS = ['published', 'published-inner'] as const;
/** `published`: the text as it stands. `published-inner`: with kind=inner on every join that names no kind. */
export type RuleVariant = (typeof RULE_VARIANTS)[number];

export const Rule = v.object({
  id: v.string(),
  name: v.string(),
  description: v.string(),
  version: v.string(),
  kind: v.picklist(['analytic', 'hunting']),
  severity: v.nullable(v.string()),
  query: v.string(),
  /** How often Sentinel runs it, and over how much of the past; null for a hunting query. */
  frequencyMs: v.nullable(Ms),
  periodMs: v.nullable(Ms),
  trigger: v.nullable(v.object({ operator: v.picklist(['gt', 'lt', 'eq', 'ne']), threshold: v.number() })),
  tactics: v.array(v.string()),
  techniques: v.array(v.string()),
  connectors: v.array(v.object({ connectorId: v.string(), dataTypes: v.array(v.string()) })),
  entities: v.array(v.object({ type: v.string(), identifier: v.string(), column: v.string() })),
  customDetails: v.record(v.string(), v.string()),
});
export type Rule = v.InferOutput<typeof Rule>;

export const KqlDiagnostic = v.object({ code: v.string(), message: v.string(), start: Count, length: Count });
export type KqlDiagnostic = v.InferOutput<typeof KqlDiagnostic>;

const KqlColumn = v.object({ name: v.string(), type: v.string() });
/** Cells in Kusto's text form. */
const Cells = v.array(v.array(v.nullable(v.string())));
export const RowSample = v.object({ columns: v.array(v.string()), rows: Cells });
export type RowSample = v.InferOutput<typeof RowSample>;

export const RuleStage = v.object({
  id: Count,
  /** The let binding that the stage belongs to; empty for the query itself. */
  binding: v.string(),
  operator: v.string(),
  kql: v.string(),
  /** Where it stands in the query. */
  start: Count,
  length: Count,
  rowsIn: v.nullable(Count),
  rowsOut: v.nullable(Count),
  notes: v.array(v.string()),
  /** Only with trace `samples`. */
  sample: v.optional(
    v.object({
      ms: v.number(),
      kept: RowSample,
      dropped: RowSample,
      /**
       * What decides which rows are dropped: columns of these rows, or a value that is the same for all, such as that of
       * now(). Empty for a stage that drops none by itself.
       */
      deciding: v.array(v.object({ name: v.string(), value: v.nullable(v.string()) })),
      /** Rows of the user that was asked for; null where the stage has no column that names one. */
      userRows: v.nullable(v.object({ in: Count, out: Count })),
    }),
  ),
});
export type RuleStage = v.InferOutput<typeof RuleStage>;

/** What a filter of the rule asks of a column: `DvcAction eq 'open'`; `value` is null where it is none of a few words. */
export const Predicate = v.object({ column: v.string(), operator: v.string(), value: v.nullable(v.string()) });
export type Predicate = v.InferOutput<typeof Predicate>;

export const RuleRun = v.object({
  at: Ms,
  columns: v.array(KqlColumn),
  predicates: v.array(Predicate),
  rows: Cells,
  truncated: v.boolean(),
  stages: v.array(RuleStage),
  /** For the user that was asked for: the id of the first stage that keeps none of their rows; null when one comes through. */
  userLostAt: v.nullable(Count),
  notes: v.array(v.string()),
  ms: v.number(),
});
export type RuleRun = v.InferOutput<typeof RuleRun>;

const at = v.nullable(Ms);
const periodMs = v.nullable(v.pipe(Ms, v.minValue(1)));
const limits = v.optional(
  v.strictObject({
    rows: v.optional(v.pipe(Count, v.minValue(1), v.maxValue(10_000))),
    ms: v.optional(v.pipe(Count, v.minValue(1), v.maxValue(120_000))),
  }),
);

/** `at`: evaluation time; null = the newest event of the log. `periodMs` clips the log as Sentinel does; null = all of it. */
const KqlRunParams = v.strictObject({ kql: Kql, at, periodMs, limits });
export const RuleRunParams = v.strictObject({
  kql: Kql,
  at,
  periodMs,
  variant: v.picklist(RULE_VARIANTS),
  trace: v.picklist(['none', 'counts', 'samples']),
  /** Follow this user through the stages (with trace `samples`). */
  user: v.optional(v.pipe(v.string(), v.maxLength(10_000))),
  limits,
});
export type RuleRunParams = v.InferOutput<typeof RuleRunParams>;

export const ReplayParams = v.strictObject({
  kql: Kql,
  variant: v.picklist(RULE_VARIANTS),
  frequencyMs: v.pipe(Ms, v.minValue(60_000)),
  periodMs: v.pipe(Ms, v.minValue(60_000)),
  trigger: v.object({ operator: v.picklist(['gt', 'lt', 'eq', 'ne']), threshold: v.number() }),
  /** How late records reach Sentinel. */
  delayMs: v.pipe(Ms, v.minValue(0)),
});
export type ReplayParams = v.InferOutput<typeof ReplayParams>;

export const Replay = v.object({
  /** Every scheduled run, by time. */
  runs: v.array(v.object({ at: Ms, rows: Count, alert: v.boolean(), users: v.array(v.string()) })),
  /** Users of runs with an alert: in how many, and which came first. */
  users: v.array(v.object({ user: v.string(), runs: Count, firstAlert: Ms, lastAlert: Ms })),
  notes: v.array(v.string()),
});
export type Replay = v.InferOutput<typeof Replay>;

export const RuleComparison = v.object({
  /** Users found by each rule; the published ones by any of their scheduled runs over the log. */
  published: Count,
  publishedInner: Count,
  intended: Count,
  /** Users found by the other text that was given; null where none was. */
  other: v.nullable(Count),
  /** Users that not all of them agree on. */
  differences: v.array(
    v.object({
      user: v.string(),
      published: v.boolean(),
      publishedInner: v.boolean(),
      intended: v.boolean(),
      other: v.nullable(v.boolean()),
      /** Overlaps that the intended rule found. */
      overlapCount: Count,
      reason: v.string(),
    }),
  ),
});
export type RuleComparison = v.InferOutput<typeof RuleComparison>;

const Totals = v.object({ findings: Count, overlaps: Count });
/** Users, the longest overlaps first; at most 500 are listed. */
const Users = v.object({
  total: Count,
  rows: v.array(
    v.object({
      id: v.string(),
      user: v.string(),
      DstUserName: v.string(),
      overlapCount: Count,
      overlapSeconds: v.number(),
      verdict: v.nullable(Verdict),
    }),
  ),
});

/** What other parameters of the intended rule would change against the detection that stands. */
export const WhatIf = v.object({
  before: Totals,
  after: Totals,
  gained: Users,
  lost: Users,
  /** Of the findings that stand: those with the verdict `true positive`, and which of these would be lost. */
  confirmed: Count,
  lostConfirmed: Users,
});
export type WhatIf = v.InferOutput<typeof WhatIf>;

/** Columns that a query needs and Doppel does not keep are read from the log's files again: bytes so far, of all. */
export const ReadingAgain = v.object({ file: v.string(), bytesDone: v.number(), bytesTotal: Count });
export type ReadingAgain = v.InferOutput<typeof ReadingAgain>;

export const ruleMethods = {
  /** The rules that come with Doppel, as YAML texts. */
  'rules.list': {
    params: v.strictObject({}),
    result: v.array(v.object({ file: v.string(), yaml: v.string(), rule: Rule })),
  },
  /** Reads a Sentinel analytic-rule or hunting-query YAML. Throws `rule-invalid`, naming file, line and remedy. */
  'rule.read': {
    params: v.strictObject({
      file: v.pipe(v.string(), v.maxLength(1000)),
      yaml: v.pipe(v.string(), v.maxLength(500_000)),
    }),
    result: v.object({ rule: Rule, diagnostics: v.array(KqlDiagnostic) }),
  },
  'rule.run': { params: RuleRunParams, progress: ReadingAgain, result: RuleRun },
  'rule.replay': { params: ReplayParams, progress: ReadingAgain, result: Replay },
  /**
   * The published rule, with kind=inner too, and another text if one is given, all by their scheduled runs, against what the
   * intended rule last found over the open log.
   */
  'rule.compare': {
    params: v.strictObject({ other: v.optional(v.omit(ReplayParams, ['delayMs'])) }),
    progress: ReadingAgain,
    result: RuleComparison,
  },
  /** What the intended rule would find with other parameters; the findings that stand stay. */
  'rule.what-if': { params: v.strictObject({ parameters: Parameters }), result: WhatIf },
  /** The corrected rule for Sentinel. */
  'rule.export': {
    params: v.strictObject({ format: v.picklist(['sentinel-yaml', 'kql']), parameters: Parameters }),
    result: v.object({ name: v.string(), text: v.string() }),
  },
  /** What Microsoft's language service says of a query over ZPAEvent: for an editor, as the analyst types. */
  'kql.diagnose': { params: v.strictObject({ kql: Kql }), result: v.array(KqlDiagnostic) },
  /** Runs a query over ZPAEvent of the open log; without an open log over what the query brings itself. */
  'kql.run': { params: KqlRunParams, progress: ReadingAgain, result: RuleRun },
} satisfies Record<string, { params: v.GenericSchema; progress?: v.GenericSchema; result: v.GenericSchema }>;
