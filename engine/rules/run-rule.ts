import type { RuleRun, RuleRunParams, RuleStage, RuleVariant } from '../../shared/rules';
import type { Database } from '../db';
import { compile } from '../kql/compile';
import { KqlError } from '../kql/error';
import type { Span } from '../kql/error';
import { withInnerJoins } from '../kql/inner-joins';
import { ticksOf } from '../kql/literals';
import type { Rel } from '../kql/plan';
import { runPlan, schemaOf } from '../kql/run';
import type { TracedStage } from '../kql/trace';
import { MOST_PROPERTIES, runUnpacked } from '../kql/unpack';
import { inspect } from './inspect';
import { MESSAGE } from '../ingest/parser-columns';
import type { Waiting } from '../ingest/read-again';
import type { Found, MoreColumns } from './more-columns';
import { againOf, zpaEvent } from './zpa-event';

const ROWS = 10_000;
const MS = 60_000;

export interface RunOptions extends Omit<RuleRunParams, 'at'>, Waiting {
  /** Evaluation time. */
  at: number;
  /** What reads columns of the log that are not kept; without it they are empty, and the run says so. */
  more?: MoreColumns | undefined;
}

/**
 * Runs a query over ZPAEvent as Sentinel would at `at`: the log is clipped to the period before it. The query reaches
 * nothing else. Columns that are not kept are read from the log first. Throws KqlError with the place in the text.
 */
export async function runRule(database: Database, options: RunOptions): Promise<RuleRun> {
  const ask = async (kql: string): Promise<RuleRun['rows']> => {
    const limits = { ...options.limits, rows: MOST_PROPERTIES };
    return (await runOnce(database, kql, { ...options, limits, trace: 'none' })).rows;
  };
  const started = performance.now();
  const moved = (run: RuleRun, placeOf: (span: Span) => Span): RuleRun => ({
    ...run,
    stages: run.stages.map((stage) => ({ ...stage, ...placeOf(stage) })),
    ms: performance.now() - started,
  });
  return asVariant(options, async (kql, placeOf) => {
    const run = await runUnpacked(kql, schema, ask, (text) => runOnce(database, text, options), moved);
    return moved(run, placeOf);
  });
}

async function runOnce(database: Database, kql: string, options: RunOptions): Promise<RuleRun> {
  const { at, periodMs, trace, signal, more, limits = {} } = options;
  const started = performance.now();
  const plan = planOf(kql, at);
  // stage by stage it may read more than as a whole
  const reading = trace === 'samples' ? planOf(kql, at, false) : plan;
  const bounds = { rows: limits.rows ?? ROWS, ms: limits.ms ?? MS };
  return withMore(database, reading, options, async (found) => {
    const tables = { ZPAEvent: zpaEvent(periodMs === null ? null : at - periodMs, at, found.tables) };
    const result = await runPlan(found.database, plan, {
      tables,
      at,
      trace: trace === 'counts',
      limits: bounds,
      signal,
    });
    const inspected =
      trace === 'samples'
        ? await inspect(found.database, kql, { tables, at, ms: bounds.ms, signal, user: options.user })
        : [];
    const stages = trace === 'samples' ? inspected : trace === 'counts' ? result.stages.map(written) : [];
    const empty = emptyOf(reading, more, found);
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
      notes: [...result.notes, ...notesOfColumns(empty, found)],
      ms: performance.now() - started,
    };
  });
}

const schema = schemaOf({ tables: { ZPAEvent: zpaEvent(null, null) } });

/** A query over ZPAEvent as a plan. `fuse` is false for looking at stages. */
export function planOf(kql: string, at: number, fuse = true): Rel {
  return compile(kql, { now: ticksOf(at), schema, fuse });
}

/** Runs `work` with what the plan reads of the columns that are not kept. */
export function withMore<T>(
  database: Database,
  plan: Rel,
  { more, ...waiting }: Waiting & { more?: MoreColumns | undefined },
  work: (found: Found) => Promise<T>,
): Promise<T> {
  return more
    ? more.with(againOf(plan, more.hasUnknownActions), waiting, work)
    : work({ database, tables: [], lacking: [] });
}

/** The columns that a plan reads and that are empty here. */
export function emptyOf(plan: Rel, more: MoreColumns | undefined, { lacking }: Pick<Found, 'lacking'>): string[] {
  if (!more) return againOf(plan, false);
  return lacking.length > 0 ? [MESSAGE] : [];
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
  return { ...stage, notes: [...stage.notes, `Empty here, because Doppel does not have it: ${firstOf(named)}.`] };
}

/**
 * Runs a query as its variant wants it. `placeOf` tells where a piece of that text stands in the query as it was given, which
 * is where a refusal has its place too.
 */
export async function asVariant<T>(
  { kql, variant }: { kql: string; variant: RuleVariant },
  run: (text: string, placeOf: (span: Span) => Span) => Promise<T>,
): Promise<T> {
  const { text, placeOf } =
    variant === 'published' ? { text: kql, placeOf: (span: Span) => span } : withInnerJoins(kql);
  try {
    return await run(text, placeOf);
  } catch (error) {
    throw error instanceof KqlError ? error.movedTo(placeOf(error.span)) : error;
  }
}

/** What must be known of columns that are empty here. */
export function notesOfColumns(empty: readonly string[], { lacking }: Pick<Found, 'lacking'>): string[] {
  if (empty.length === 0) return [];
  if (lacking.length > 0) {
    return [
      `It uses Message, the text that LSS sent. ${firstOf(lacking, 'files')} has no such texts: it is empty here, not in Sentinel.`,
    ];
  }
  const they = empty.length === 1 ? 'it is' : 'they are';
  return [`It uses ${firstOf(empty)}, which Doppel does not have: ${they} empty here, not in Sentinel.`];
}

/** The first names of a long list, and how many more there are. */
function firstOf(names: readonly string[], what = 'columns'): string {
  const most = 8;
  return names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} and ${names.length - most} more ${what}`;
}
