import { KqlError } from '../error';
import { CASTS, STORED_AS } from '../functions/casts';
import { aggregateFunction, scalarFunction } from '../functions/lookup';
import { fillIn } from '../functions/table';
import { someExpr } from '../passes/walk';
import type { Expr, Rel, ScalarType } from '../plan';

/** What the printer of expressions needs to know of the statement around them. */
export interface Surroundings {
  /** Binds a text and gives the SQL that stands for it. */
  bind(text: string): string;
  /** The CTE of a table that an expression reads. */
  cteOf(rel: Rel): string;
  /** What rows are ordered by, for aggregates that depend on it: `order by ...` or nothing. */
  readonly orderBy: string;
  /** What window functions are ordered by where it is not the number of the row. */
  readonly windowOrder?: string;
  /** The columns that hold the values of tables, see hoist.ts. */
  readonly hoisted?: ReadonlyMap<Expr, string>;
}

/** A column by its number: names of a query never reach the SQL. */
export const columnName = (id: number): string => `c${id}`;
/** The column that holds the row order. */
export const ORDER = 'o';

/** An expression as SQL that can stand anywhere without brackets. */
export function printExpr(expr: Expr, at: Surroundings): string {
  switch (expr.kind) {
    case 'column':
      return columnName(expr.id);
    case 'literal':
      return printLiteral(expr, at);
    case 'call':
      return printCall(expr, at);
    case 'aggregate': {
      const spec = aggregateFunction(expr.name);
      if (!spec) throw new Error(`there is no aggregate ${expr.name}`);
      return printAggregate(fillIn(spec, expr.args[0]?.type, printAll(expr.args, at)), expr, at);
    }
    case 'window':
      return printWindow(expr, at);
    case 'subquery': {
      const held = at.hoisted?.get(expr);
      if (held !== undefined) return held;
      const [first] = expr.rel.columns;
      const order = expr.rel.ordered ? ` order by ${ORDER}` : '';
      const value = `(select ${first ? columnName(first.id) : 'null'} from ${at.cteOf(expr.rel)}${order} limit 1)`;
      return expr.type === 'string' ? `coalesce(${value}, '')` : value;
    }
    case 'any-row':
      return `exists (select 1 from ${at.cteOf(expr.rel)} where ${printExpr(expr.test, at)})`;
    case 'in-table':
      return printInTable(expr, at);
    case 'picked': {
      const field = `${columnName(expr.id)}.f${expr.index}`;
      return expr.type === 'string' ? `coalesce(${field}, '')` : field;
    }
  }
}

/** Several, as `printExpr` prints each. */
export const printAll = (exprs: readonly Expr[], at: Surroundings): string[] =>
  exprs.map((expr) => printExpr(expr, at));

function printLiteral({ type, value }: Extract<Expr, { kind: 'literal' }>, at: Surroundings): string {
  const stored = STORED_AS[type];
  if (value === null) return `null::${stored}`;
  // -9223372036854775808 without brackets is read as minus 9223372036854775808, which is too large
  if (typeof value === 'bigint') return `(${value})::${stored}`;
  if (typeof value === 'number') {
    if (Number.isFinite(value) && value !== 0) return `(${value})::double`;
    return `'${Object.is(value, -0) ? '-0' : value}'::double`;
  }
  if (typeof value === 'boolean') return String(value);
  return type === 'string' ? at.bind(value) : `${at.bind(value)}::${stored}`;
}

function printCall(expr: Extract<Expr, { kind: 'call' }>, at: Surroundings): string {
  const args = printAll(expr.args, at);
  switch (expr.name) {
    case 'cast':
      return printCast(expr.args[0]?.type ?? 'dynamic', expr.type, args[0] ?? 'null');
    case 'case': {
      const pairs = args.slice(0, -1);
      const branches = pairs.flatMap((arg, index) => (index % 2 === 0 ? `when ${arg} then ${pairs[index + 1]}` : []));
      return `case ${branches.join(' ')} else ${args.at(-1)} end`;
    }
    case 'coalesce':
      return expr.type === 'string'
        ? `coalesce(${args.map((arg) => `nullif(${arg}, '')`).join(', ')}, '')`
        : `coalesce(${args.join(', ')})`;
    case 'in':
      return `coalesce(${args[0]} in (${args.slice(1).join(', ')}), false)`;
    case 'extract-all-groups':
      return printGroups(expr, args);
    default:
      return printSpec(expr, args);
  }
}

function printSpec(expr: Extract<Expr, { kind: 'call' }>, args: readonly string[]): string {
  const spec = scalarFunction(expr.name);
  if (!spec) throw new Error(`there is no function ${expr.name}`);
  const sql = fillIn(spec, expr.args[0]?.type, args);
  // DuckDB allows no table inside TRY, with which sums that may overflow are computed first
  return someExpr(expr, ({ kind }) => kind === 'subquery' || kind === 'any-row' || kind === 'in-table')
    ? sql.replace(/\bkql_(add|subtract|multiply)\(/g, 'kql_wide_$1(')
    : sql;
}

function printGroups(expr: Extract<Expr, { kind: 'call' }>, [regex, source]: readonly string[]): string {
  const chosen = expr.args.slice(2).map((arg) => (arg.kind === 'literal' ? Number(arg.value) : 0));
  const groups = chosen.map((group) => `coalesce(regexp_extract(m, ${regex}, ${group}), '')`);
  return `case when regexp_matches(${source}, ${regex}) then to_json(list_transform(regexp_extract_all(${source}, ${regex}), lambda m: [${groups.join(', ')}])) end`;
}

/**
 * SQL that converts SQL by Kusto's rules, where what cannot be converted becomes null. Throws KqlError for types between which
 * there is no conversion.
 */
export function printCast(from: ScalarType, to: ScalarType, value: string): string {
  if (from === to) return value;
  const sql = CASTS[from][to];
  if (sql === undefined) throw new KqlError('query-invalid', `A ${from} cannot be converted to a ${to}.`);
  return sql.replaceAll('$1', () => value);
}

/** `$f` a filter, `$g` a filter that drops null too, `$o` the order of the rows. */
function printAggregate(sql: string, expr: Extract<Expr, { kind: 'aggregate' }>, at: Surroundings): string {
  const [first] = expr.args;
  const condition = expr.filter ? printExpr(expr.filter, at) : undefined;
  const notNull = first && first.type !== 'string' ? `${printExpr(first, at)} is not null` : undefined;
  const filter = (...conditions: (string | undefined)[]): string => {
    const given = conditions.filter((each) => each !== undefined);
    return given.length === 0 ? '' : ` filter (where ${given.join(' and ')})`;
  };
  return sql
    .replaceAll('$f', () => filter(condition))
    .replaceAll('$g', () => filter(condition, notNull))
    .replaceAll('$o', () => at.orderBy);
}

function printWindow(expr: Extract<Expr, { kind: 'window' }>, at: Surroundings): string {
  const args = printAll(expr.args, at);
  const segment = expr.segment ? `partition by ${printExpr(expr.segment, at)} ` : '';
  const order = at.windowOrder ?? ORDER;
  const over = `over (${segment}order by ${order})`;
  const running = `over (${segment}order by ${order} rows unbounded preceding)`;
  const [first = '1', offset = '1', fallback = expr.type === 'string' ? "''" : 'null'] = args;
  switch (expr.name) {
    case 'prev':
      return `lag(${first}, ${offset}, ${fallback}) ${over}`;
    case 'next':
      return `lead(${first}, ${offset}, ${fallback}) ${over}`;
    case 'row_number':
      return `(row_number() ${over} - 1 + ${first})`;
    case 'row_cumsum':
      return `sum(${first}) ${running}::${STORED_AS[expr.type]}`;
    case 'running-max':
      return `max(${first}) ${running}`;
    case 'changed':
      return `(row_number() ${over} = 1 or ${first} is distinct from lag(${first}) ${over})`;
    default:
      throw new Error(`there is no window function ${expr.name}`);
  }
}

function printInTable(expr: Extract<Expr, { kind: 'in-table' }>, at: Surroundings): string {
  const [column] = expr.rel.columns;
  if (!column) return 'false';
  const name = columnName(column.id);
  const cte = at.cteOf(expr.rel);
  const target = expr.value.type;
  const isArray = column.type === 'dynamic';
  const converted = printCast(column.type, target, isArray ? 'u' : name);
  const folded = expr.ignoreCase ? `lower(${converted})` : converted;
  const source = isArray ? `(select unnest(kql_spread(${name})) as u from ${cte})` : cte;
  const values = `select ${folded} from ${source} where ${isArray ? 'u' : name} is not null`;
  return `coalesce(${printExpr(expr.value, at)} in (${values}), false)`;
}
