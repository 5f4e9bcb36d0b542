import type { Values } from '../../db';
import type {
  Comparison,
  ComputeRel,
  ExpandRel,
  JoinRel,
  NamedType,
  Rel,
  SortKey,
  SortRel,
  SummarizeRel,
} from '../plan';
import { columnName, ORDER, printAll, printCast, printExpr } from './expression';
import { hoisting } from './hoist';
import { assigned, list, names, plain } from './items';
import { printScan } from './scan';
import { printRange, printRows, printTable } from './sources';
import type { Surroundings } from './expression';

export interface SourceColumn extends NamedType {
  readonly sql: string;
  /**
   * A condition on what `from` gives that holds wherever the column compares so, for DuckDB to skip rows by: cheaper than the
   * column, and it may let more rows through. `text` is the value where it is a known string.
   */
  readonly narrow?: (operator: Comparison['operator'], value: { sql: string; text?: string }) => string | undefined;
}

/** How DuckDB reads a table of the query. All of it is SQL of our own making. */
export interface TableSource {
  /** What stands behind FROM. */
  readonly from: string;
  /** The SQL of each column, already in the form that macros.sql states: strings not null, times in ticks. */
  readonly columns: readonly SourceColumn[];
  /** A number for each row: the order of the input. */
  readonly order: string;
  /** `from` is a join: its rows need not come in their order. */
  readonly isJoined?: boolean;
  /** What `from` names. */
  readonly values?: Values;
}

export type Bare = Omit<Surroundings, 'orderBy'> & {
  /** Whether a sort is no CTE of its own, because the windows above it, its only reader, are ordered by its keys. */
  isInlined?(rel: Rel): boolean;
  /** A summarize also counts the rows that it reads, as the sum of ROWS_READ: what is counted anyway need not be counted again. */
  readonly countsRows?: boolean;
  /** What a node without an input reads the columns of `hoisted` from. */
  readonly besides?: string;
};
/** The column of a summarize that holds how many rows each of its rows comes from. */
export const ROWS_READ = 'rows_read';

/** The SELECT of one node over the CTEs of its inputs. */
export function printRel(rel: Rel, around: Bare, sources: Readonly<Record<string, TableSource>>): string {
  const at = hoisting(rel, around);
  switch (rel.op) {
    case 'table':
      return printTable(rel, at, sources);
    case 'rows':
      return printRows(rel, at);
    case 'range':
      return printRange(rel, at);
    case 'compute':
      if (rel.input.op === 'sort' && at.isInlined?.(rel.input)) return printOverSort(rel, rel.input, at);
      return select(assigned(rel.columns, printAll(rel.values, plain(at))), rel, at.cteOf(rel.input));
    case 'filter':
      return `${select(names(rel.columns), rel, at.cteOf(rel.input))} where ${printExpr(rel.condition, plain(at))}`;
    case 'take': {
      const order = rel.input.ordered ? ` order by ${ORDER}` : '';
      if (rel.per) {
        const place = `row_number() over (partition by ${list(printAll(rel.per, plain(at)))}${order})`;
        return `${select(names(rel.columns), rel, at.cteOf(rel.input))} qualify ${place} <= ${printExpr(rel.count, plain(at))}`;
      }
      return `${select(names(rel.columns), rel, at.cteOf(rel.input))}${order} limit greatest(0, ${printExpr(rel.count, plain(at))})`;
    }
    case 'serialize': {
      const order = rel.input.ordered ? ORDER : `row_number() over (order by ${tieBreak(rel.input)})`;
      return `select ${list([...names(rel.columns), `${order} as ${ORDER}`])} from ${at.cteOf(rel.input)}`;
    }
    case 'sort': {
      const order = `row_number() over (order by ${sortedBy(rel, at)}) as ${ORDER}`;
      const sorted = `select ${list([...names(rel.columns), order])} from ${at.cteOf(rel.input)}`;
      if (rel.limit && rel.per) {
        const place = `row_number() over (partition by ${list(printAll(rel.per, plain(at)))} order by ${sortedBy(rel, at)})`;
        return `${sorted} qualify ${place} <= ${printExpr(rel.limit, plain(at))}`;
      }
      return rel.limit ? `select * from (${sorted}) where ${ORDER} <= ${printExpr(rel.limit, plain(at))}` : sorted;
    }
    case 'scan':
      return printScan(rel, at);
    case 'summarize':
      return printSummarize(rel, at);
    case 'join':
      return printJoin(rel, at);
    case 'union':
      return rel.branches
        .map(({ input, values }) => {
          return `select ${list(assigned(rel.columns, printAll(values, plain(at))))} from ${at.cteOf(input)}`;
        })
        .join(' union all ');
    case 'expand':
      return printExpand(rel, at);
  }
}

function select(items: readonly string[], rel: Rel, cte: string): string {
  return `select ${list(rel.ordered ? [...items, ORDER] : items)} from ${cte}`;
}

/** What decides among rows that are equal otherwise: their order, or else all that they hold. */
function tieBreak(rel: Rel): string {
  return rel.ordered || rel.columns.length === 0 ? (rel.ordered ? ORDER : '1') : names(rel.columns).join(', ');
}

function sortedBy({ keys, input }: SortRel, at: Bare): string {
  const sorted = new Set(keys.map(({ value }) => (value.kind === 'column' ? value.id : undefined)));
  // what is a key already decides nothing more
  const rest = input.columns.filter(({ id }) => !sorted.has(id));
  const ties = input.ordered || rest.length === input.columns.length ? [tieBreak(input)] : names(rest);
  return [...keys.map((key) => printKey(key, at)), ...ties].join(', ');
}

/** Windows over sorted rows: one sort for the windows and for the number of each row. */
function printOverSort(rel: ComputeRel, sort: SortRel, at: Bare): string {
  const windowOrder = sortedBy(sort, at);
  const values = assigned(rel.columns, printAll(rel.values, { ...plain(at), windowOrder }));
  const order = `row_number() over (order by ${windowOrder}) as ${ORDER}`;
  return `select ${list([...values, order])} from ${at.cteOf(sort.input)}`;
}

function printKey({ value, descending, nullsFirst }: SortKey, at: Bare): string {
  const sql = printExpr(value, plain(at));
  const direction = descending ? 'desc' : 'asc';
  if (value.type !== 'real') return `${sql} ${direction} nulls ${nullsFirst ? 'first' : 'last'}`;
  // Kusto puts NaN between null and the numbers
  const place = `case when ${sql} is null then 0 when isnan(${sql}) then 1 else 2 end`;
  return `${place} ${nullsFirst ? 'asc' : 'desc'}, ${sql} ${direction}`;
}

function printSummarize(rel: SummarizeRel, at: Bare): string {
  const orderBy = ` order by ${tieBreak(rel.input)}`;
  const inGroup: Surroundings = { ...at, orderBy };
  const keys = rel.keys.length;
  const cte = at.cteOf(rel.input);
  const group = keys === 0 ? '' : ` group by ${rel.keys.map((_, index) => index + 1).join(', ')}`;
  const columns = rel.columns;
  const values = [...rel.keys, ...rel.aggregates];
  const own = columns.flatMap((column, index) => {
    const value = values[index];
    return value && value.kind !== 'picked' ? [`${printExpr(value, inGroup)} as ${columnName(column.id)}`] : [];
  });
  const picks = rel.picks.map((pick) => {
    const picked = pick.key ? [pick.key, ...pick.values] : pick.values;
    const row = `{${picked.map((value, index) => `'f${index}': ${printExpr(value, inGroup)}`).join(', ')}}`;
    const filter = pick.filter ? ` filter (where ${printExpr(pick.filter, inGroup)})` : '';
    const first = `first(${row}${orderBy})${filter}`;
    if (!pick.key) return `${first} as ${columnName(pick.id)}`;
    const key = printExpr(pick.key, inGroup);
    const comparable = pick.key.type === 'string' ? `nullif(${key}, '')` : key;
    return `coalesce(arg_${pick.by}(${row}, ${comparable}${orderBy}), ${first}) as ${columnName(pick.id)}`;
  });
  const counted = at.countsRows ? [`count(*) as ${ROWS_READ}`] : [];
  const core = `select ${list([...own, ...picks, ...counted])} from ${cte}${group}`;
  if (picks.length === 0) return core;
  const outer = columns.map((column, index) => {
    const value = values[index];
    const name = columnName(column.id);
    return value?.kind === 'picked' ? `${printExpr(value, inGroup)} as ${name}` : name;
  });
  return `select ${list([...outer, ...(at.countsRows ? [ROWS_READ] : [])])} from (${core})`;
}

const SQL_JOINS = {
  inner: 'join',
  innerunique: 'join',
  leftouter: 'left join',
  rightouter: 'right join',
  fullouter: 'full join',
  leftsemi: 'semi join',
  rightsemi: 'semi join',
  leftanti: 'anti join',
  rightanti: 'anti join',
} as const;

function printJoin(rel: JoinRel, at: Bare): string {
  const here = plain(at);
  const keys = rel.on.map(({ left, right }) => ({
    left: printExpr(left, here),
    right: printExpr(right, here),
    type: left.type,
  }));
  // null meets null in Kusto's joins
  const on = keys.map(
    ({ left, right, type }) => `${left} ${type === 'string' ? '=' : 'is not distinct from'} ${right}`,
  );
  let left = at.cteOf(rel.left);
  let right = at.cteOf(rel.right);
  if (rel.kind === 'innerunique') {
    const partition = keys.map((key) => key.left).join(', ');
    const order = [...(rel.firstBy ?? []).map((key) => printKey(key, at)), tieBreak(rel.left)].join(', ');
    // only rows that meet a right one can be kept, and to number fewer is cheaper; a text is never null
    const [key, ...others] = keys;
    const meets =
      key?.type === 'string' && others.length === 0 ? ` where ${key.left} in (select ${key.right} from ${right})` : '';
    left = `(select * from ${left}${meets} qualify row_number() over (partition by ${partition} order by ${order}) = 1)`;
  }
  if (rel.kind === 'rightsemi' || rel.kind === 'rightanti') [left, right] = [right, left];
  const values = assigned(rel.columns, printAll(rel.values, here));
  return `select ${list(values)} from ${left} l ${SQL_JOINS[rel.kind]} ${right} r on ${on.join(' and ')}`;
}

function printExpand(rel: ExpandRel, at: Bare): string {
  const here = plain(at);
  const lists = rel.lists.map(({ id, list: value, bagsAsPairs }) => {
    const all = `${bagsAsPairs ? 'kql_expand_pairs' : 'kql_expand'}(${printExpr(value, here)})`;
    const cut = rel.limit ? `(${all})[1:${printExpr(rel.limit, here)}]` : all;
    return { name: columnName(id), cut };
  });
  const longest = `greatest(${lists.map((each) => `len(${each.cut})`).join(', ')})`;
  const inner = [
    ...names(rel.input.columns),
    ...(rel.input.ordered ? [`${ORDER} as before`] : []),
    ...lists.map((each) => `unnest(${each.cut}) as ${each.name}`),
    `unnest(range(0, ${longest})) as position`,
  ];
  const elements = new Set(lists.map((each) => each.name));
  const items = rel.columns.map((column) => {
    const name = columnName(column.id);
    if (column.id === rel.indexId) return `position as ${name}`;
    return elements.has(name) ? `kql_dynamic(${name}) as ${name}` : name;
  });
  const order = rel.ordered ? [`row_number() over (order by before, position) as ${ORDER}`] : [];
  return `select ${list([...items, ...order])} from (select ${inner.join(', ')} from ${at.cteOf(rel.input)})`;
}

/** The columns of the result in Kusto's own text forms; null stays null. `sorted` is false where the rows come in order. */
export function printResult(rel: Rel, cte: string, limit: number, sorted = true): string {
  const items = rel.columns.map((column, index) => {
    const name = columnName(column.id);
    const text =
      column.type === 'string'
        ? name
        : column.type === 'dynamic'
          ? `${name}::varchar`
          : `case when ${name} is not null then ${printCast(column.type, 'string', name)} end`;
    return `${text} as r${index}`;
  });
  // where there is no order the columns make one, so that a run shows the same rows each time
  const order = sorted ? ` order by ${tieBreak(rel)}` : '';
  return `select ${list(items)} from ${cte}${order} limit ${limit}`;
}
