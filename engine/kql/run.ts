import { DoppelError } from '../../shared/errors';
import type { Cell, Connection, Database, Value } from '../db';
import { sqlSteps } from '../sql';
import { compile } from './compile';
import { KqlError } from './error';
import type { Schema } from './read-query';
import { ticksOf } from './literals';
import type { Predicate } from '../../shared/rules';
import { MACROS } from './macros';
import type { NamedType, Rel } from './plan';
import { predicatesOf } from './predicates';
import { nodesOf } from './passes/walk';
import { MOST_PROPERTIES, runUnpacked } from './unpack';
import { placingFailures } from './failures';
import { printPlan, withClause } from './to-sql/statement';
import type { Printed } from './to-sql/statement';
import { printResult } from './to-sql/relation';
import type { TableSource } from './to-sql/relation';
import { countingsOf } from './count';
import type { Counting } from './count';
import { isWorthKeeping, nodesToCount, notesOf, tracedStages } from './trace';
import type { TracedStage } from './trace';

interface KqlLimits {
  /** Rows of the result; the rest is cut, and the result says so. */
  readonly rows: number;
  /** Milliseconds that a run may take in all. */
  readonly ms: number;
}
const DEFAULT_LIMITS: KqlLimits = { rows: 100_000, ms: 60_000 };

export interface KqlOptions {
  /** The tables that the query may name, and the functions over them. It can reach nothing else. */
  readonly tables?: Readonly<Record<string, TableSource>>;
  readonly functions?: Schema['functions'];
  /** Evaluation time, epoch ms: what now() gives. */
  readonly at: number;
  readonly signal?: AbortSignal | undefined;
  /** Count the rows of every stage. */
  readonly trace?: boolean;
  readonly limits?: Partial<KqlLimits>;
  /** For tests: the same query in other ways must give the same result. */
  readonly variant?: { readonly fuse?: boolean; readonly tempTables?: boolean };
}

export interface KqlResult {
  readonly columns: readonly NamedType[];
  /** Cells in Kusto's text forms; null is null. See toJson for values. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** The result had more rows than the limit. */
  readonly truncated: boolean;
  /** Every stage, in the order of the text, with its rows when tracing. */
  readonly stages: readonly TracedStage[];
  /** What an analyst must know, such as an order that Kusto leaves open. */
  readonly notes: readonly string[];
  /** What its filters ask for. */
  readonly predicates: readonly Predicate[];
  /** The columns of its tables that the query reads. */
  readonly reads: readonly string[];
}

/**
 * Runs a KQL query. Throws KqlError where Kusto or Doppel refuses it (with its place in the text), or where it needs more
 * than the limits allow. Memory is limited by the database that it runs in.
 */
export async function runKql(database: Database, text: string, options: KqlOptions): Promise<KqlResult> {
  const ask = async (kql: string): Promise<KqlResult['rows']> => {
    const limits = { ...options.limits, rows: MOST_PROPERTIES };
    return (await runOnce(database, kql, { ...options, limits, trace: false })).rows;
  };
  return runUnpacked(
    text,
    schemaOf(options),
    ask,
    (kql) => runOnce(database, kql, options),
    (result, placeOf) => ({
      ...result,
      stages: result.stages.map((stage) => ({ ...stage, span: placeOf(stage.span) })),
    }),
  );
}

async function runOnce(database: Database, text: string, options: KqlOptions): Promise<KqlResult> {
  const plan = compile(text, {
    now: ticksOf(options.at),
    schema: schemaOf(options),
    ...(options.variant?.fuse === undefined ? {} : { fuse: options.variant.fuse }),
  });
  return runPlan(database, plan, options);
}

/** Runs a query that has been compiled against the schema of these tables, at the same time. */
export async function runPlan(database: Database, plan: Rel, options: KqlOptions): Promise<KqlResult> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const sources = options.tables ?? {};
  const statement = statementOf(plan, sources, limits.rows, options.trace === true);
  const values = valuesOf(statement.printed, sources, options.at);
  const { printed } = statement;
  return withinTime(database, limits.ms, options.signal, (connection) =>
    placingFailures(connection, printed, values, async () => {
      if (options.variant?.tempTables !== true) return statement.read(await connection.rows(statement.sql, values));
      for (const { name, sql } of printed.ctes) {
        await connection.run(`create or replace temp table ${name} as ${sql}`, values);
      }
      return statement.read(await connection.rows(statement.bare, values));
    }),
  );
}

/** The tables and functions of the options as Microsoft's binder wants them. */
export function schemaOf({ tables = {}, functions }: Pick<KqlOptions, 'tables' | 'functions'>): Schema {
  const columns = Object.fromEntries(Object.entries(tables).map(([name, source]) => [name, source.columns]));
  return { tables: columns, ...(functions ? { functions } : {}) };
}

/** Runs `work` on a connection that has what the SQL of queries needs, for `ms` at most. Throws `query-limit` beyond it. */
export async function withinTime<T>(
  database: Database,
  ms: number,
  signal: AbortSignal | undefined,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(ms);
  try {
    return await database.use(signal ? AbortSignal.any([signal, timeout]) : timeout, async (connection) => {
      await prepare(database, connection);
      return work(connection);
    });
  } catch (error) {
    if (timeout.aborted && signal?.aborted !== true) {
      throw new KqlError('query-limit', `The query took longer than ${ms} ms. Ask for less of the log.`);
    }
    if (error instanceof DoppelError && error.code === 'out-of-memory') {
      throw new KqlError('query-limit', 'The query needs more memory than it may have. Ask for less of the log.');
    }
    throw error;
  }
}

const preparing = new WeakMap<Database, Promise<void>>();
/** Makes the macros that the SQL calls, once in each database: two that make them at once would collide. */
async function prepare(database: Database, connection: Connection): Promise<void> {
  for (let others = preparing.get(database); others; others = preparing.get(database)) {
    const isDone = await others.then(
      () => true,
      () => false, // cancelled, perhaps: then they are made here
    );
    if (isDone) return;
  }
  const making = connection.steps(sqlSteps(MACROS));
  preparing.set(database, making);
  try {
    await making;
  } catch (error) {
    preparing.delete(database);
    throw error;
  }
}

/** Everything that the SQL of a plan names: its own texts, what its tables bring, the evaluation time. */
export function valuesOf(
  printed: Printed,
  sources: Readonly<Record<string, TableSource>>,
  at: number,
): Record<string, Value> {
  const ofTables = Object.values(sources).map((source) => source.values ?? {});
  return Object.assign({}, printed.values, ...ofTables, { now: String(ticksOf(at)) });
}

/** A plan as one SQL statement, and how its answer is read. */
interface Statement {
  readonly printed: Printed;
  readonly sql: string;
  /** Without its CTEs, for where each is a table of its own. */
  readonly bare: string;
  read(answer: Cell[][]): KqlResult;
}

/**
 * Prints a plan as one statement that gives at most `limit` rows, and one more by which `read` knows that there are more.
 * `tracing` adds the rows of every stage.
 */
export function statementOf(
  plan: Rel,
  sources: Readonly<Record<string, TableSource>>,
  limit: number,
  tracing: boolean,
): Statement {
  const printed = printPlan(plan, sources, { inlineSorts: true, countsRows: tracing });
  const result = printResult(plan, printed.cteOf(plan), limit + 1);
  const countings = tracing ? countingsOf(plan, nodesToCount(plan), printed, sources) : [];
  const clause = withClause(printed.ctes, tracing ? isReadAgain(printed, countings) : undefined);
  // the counts come with the result, as its first rows, so that what both need is computed once
  const bare = tracing ? withCounts(result, countings, plan.columns.length) : result;
  return {
    printed,
    sql: `${clause}${bare}`,
    bare,
    read: (answer) => {
      const rows = tracing ? answer.slice(countings.length).map((row) => row.slice(1)) : answer;
      const counts = countings.flatMap(({ rels }, place) => {
        const cells = answer[place]?.[0];
        return rels.map((rel, index) => [rel, Array.isArray(cells) ? Number(cells[index]) : 0] as const);
      });
      return {
        columns: plan.columns.map(({ name, type }) => ({ name, type })),
        rows: rows
          .slice(0, limit)
          .map((row) => row.slice(0, plan.columns.length).map((cell) => (cell === null ? null : String(cell)))),
        truncated: rows.length > limit,
        stages: tracedStages(plan, new Map(counts)),
        notes: notesOf(plan),
        predicates: predicatesOf(plan),
        reads: nodesOf(plan).flatMap((rel) => (rel.op === 'table' ? rel.columns.map(({ name }) => name) : [])),
      };
    },
  };
}

/** What costs much and is read more than once is kept. */
function isReadAgain(printed: Printed, countings: readonly Counting[]): (rel: Rel) => boolean {
  const readers = new Map<string, number>();
  for (const { sql } of printed.ctes) {
    for (const [name] of sql.matchAll(/\bs\d+\b/g)) readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  for (const { from } of countings) readers.set(from, (readers.get(from) ?? 0) + 1);
  const name = (rel: Rel): string => printed.cteOf(rel);
  return (rel) => isWorthKeeping(rel) && (readers.get(name(rel)) ?? 0) > 1;
}

function withCounts(result: string, countings: readonly Counting[], columns: number): string {
  const cells = Array.from({ length: columns }, (_, index) => `r${index}`);
  const none = cells.map((cell) => `null::varchar as ${cell}`);
  const first = -countings.length;
  const counts = countings.map(({ cells: counted, from }, index) =>
    [`select ${first + index} as place`, `[${counted.join(', ')}] as counts`, ...none]
      .join(', ')
      .concat(` from ${from}`),
  );
  const rows = `select ${['row_number() over () as place', 'null as counts', ...cells].join(', ')} from (${result})`;
  return `select ${['counts', ...cells].join(', ')} from (
    ${[...counts, rows].join('\n    union all\n    ')}
  ) order by place`;
}

/** A cell as a JSON value: numbers, truth values and dynamic as such, everything else as its text. */
export function toJson(type: NamedType['type'], cell: string | null): unknown {
  if (cell === null) return null;
  switch (type) {
    case 'bool':
      return cell === 'True';
    case 'int':
    case 'long': {
      const value = Number(cell);
      return Number.isSafeInteger(value) ? value : cell;
    }
    case 'real':
    case 'decimal': {
      const value = Number(cell.replace(/inf$/, 'Infinity'));
      return Number.isFinite(value) ? value : cell;
    }
    case 'dynamic': {
      const value: unknown = JSON.parse(cell);
      return value;
    }
    case 'string':
    case 'datetime':
    case 'timespan':
    case 'guid':
      return cell;
  }
}
