import type { RuleRun, RuleRunParams, RuleStage, RuleVariant } from '../../shared/rules';
import type { Database } from '../db';
import { withInnerJoins } from '../kql/inner-joins';
import { runKql } from '../kql/run';
import type { TracedStage } from '../kql/trace';
import { inspect } from './inspect';
import { notKeptOf, zpaEvent } from './zpa-event';

const ROWS = 10_000;
const MS = 60_000;

export interface RunOptions extends Omit<RuleRunParams, 'at'> {
  /** Evaluation time. */
  at: number;
  signal?: AbortSignal | undefined;
}

/**
 * Runs a query over ZPAEvent as Sentinel would at `at`: the log is clipped to the period before it. The query reaches
 * nothing else. Throws KqlError with the place in the text.
 */
export async function runRule(database: Database, options: RunOptions): Promise<RuleRun> {
  const { at, periodMs, trace, signal, limits = {} } = options;
  const started = performance.now();
  const kql = variantOf(options.kql, options.variant);
  const tables = { ZPAEvent: zpaEvent(periodMs === null ? null : at - periodMs, at) };
  const bounds = { rows: limits.rows ?? ROWS, ms: limits.ms ?? MS };
  const result = await runKql(database, kql, { tables, at, trace: trace === 'counts', limits: bounds, signal });
  const inspected =
    trace === 'samples' ? await inspect(database, kql, { tables, at, ms: bounds.ms, signal, user: options.user }) : [];
  const stages = trace === 'samples' ? inspected : trace === 'counts' ? result.stages.map(written) : [];
  const empty = notKeptOf(result.reads);
  const lost = inspected.find((stage) => {
    const rows = stage.sample?.userRows;
    return rows && rows.in > 0 && rows.out === 0;
  });
  return {
    at,
    columns: result.columns.map(({ name, type }) => ({ name, type })),
    predicates: [...result.predicates],
    rows: result.rows.map((row) => [...row]),
    truncated: result.truncated,
    stages: stages.map((stage) => withEmptyColumns(stage, empty)),
    userLostAt: lost?.id ?? null,
    notes: [...result.notes, ...notesOfColumns(result.reads)],
    ms: performance.now() - started,
  };
}

/** A stage as the contract gives it. */
export function written(stage: TracedStage, id: number): RuleStage {
  const { binding, operator, text, span, rowsIn, rowsOut, notes } = stage;
  const { start, length } = span;
  return { id, binding, operator, kql: text, start, length, rowsIn, rowsOut, notes: [...notes] };
}

/** Says at the stage itself which columns it names that are empty here: that is why it keeps nothing. */
function withEmptyColumns(stage: RuleStage, empty: readonly string[]): RuleStage {
  const words = new Set(stage.kql.match(/\w+/g));
  const named = empty.filter((name) => words.has(name));
  if (named.length === 0) return stage;
  return { ...stage, notes: [...stage.notes, `Empty here, because Doppel does not keep it: ${firstOf(named)}.`] };
}

/** The query as the variant wants it; its other characters stay. */
export function variantOf(kql: string, variant: RuleVariant): string {
  return variant === 'published' ? kql : withInnerJoins(kql);
}

/** What must be known of the columns that a query reads: those that Doppel does not keep are empty. */
export function notesOfColumns(read: readonly string[]): string[] {
  const empty = notKeptOf(read);
  if (empty.length === 0) return [];
  const they = empty.length === 1 ? 'it is' : 'they are';
  return [`It uses ${firstOf(empty)}, which Doppel does not keep: ${they} empty here, not in Sentinel.`];
}

/** The first names of a long list, and how many more there are. */
function firstOf(names: readonly string[]): string {
  const most = 8;
  return names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} and ${names.length - most} more columns`;
}
