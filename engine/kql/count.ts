import type { Column, Expr, FilterRel, Rel, SummarizeRel, TableRel } from './plan';
import { nodesOf, someExpr, withParts } from './passes/walk';
import { counted as withSameRows } from './trace';
import { printExpr } from './to-sql/expression';
import { printRel, ROWS_READ } from './to-sql/relation';
import type { TableSource } from './to-sql/relation';
import type { Printed } from './to-sql/statement';

/** One SELECT that gives one row: a list with the number of rows of each of these nodes. */
export interface Counting {
  readonly rels: readonly Rel[];
  readonly cells: readonly string[];
  readonly from: string;
}

interface Chain {
  base: Rel;
  readonly counted: { readonly rel: Rel; readonly conditions: readonly Expr[] }[];
}

/**
 * How the rows of nodes are counted in as few passes as can be. A summarize has counted what it reads. Filters that stand
 * one on another are counted in one pass over what they stand on, and all those over one table in one pass over it.
 */
export function countingsOf(
  root: Rel,
  wanted: readonly Rel[],
  printed: Printed,
  sources: Readonly<Record<string, TableSource>>,
): Counting[] {
  const known = new Map<Rel, SummarizeRel>();
  for (const rel of nodesOf(root)) if (rel.op === 'summarize') known.set(rel.input, rel);
  const chains = new Map<Rel | string, Chain>();
  const sums: Counting[] = [];
  for (const rel of wanted) {
    const summary = known.get(rel);
    if (summary) {
      sums.push({ rels: [rel], cells: [`coalesce(sum(${ROWS_READ}), 0)::bigint`], from: printed.cteOf(summary) });
    } else add(chains, rel);
  }
  for (const [key, chain] of chains) {
    // windows over the rows of a join are read anyway, and are as many: the join need not be kept to be counted
    const below = chains.get(withSameRows(chain.base));
    if (chain.base.op !== 'compute' || !below?.counted.every(({ conditions }) => conditions.length === 0)) continue;
    chains.set(key, { base: chain.base, counted: [...below.counted, ...chain.counted] });
    chains.delete(below.base);
  }
  const at = { ...printed, orderBy: '' };
  const counts = [...chains.values()].map(({ base, counted }): Counting => {
    const cells = counted.map(({ conditions }) => {
      const all = conditions.map((condition) => `(${printExpr(condition, at)})`).join(' and ');
      return `count(*)${all === '' ? '' : ` filter (where ${all})`}`;
    });
    const from = base.op === 'table' ? `(${printRel(bareTable(base, counted), at, sources)})` : printed.cteOf(base);
    return { rels: counted.map(({ rel }) => rel), cells, from };
  });
  return merged([...counts, ...sums]);
}

/** Those that read the same in one. */
function merged(countings: readonly Counting[]): Counting[] {
  const byFrom = new Map<string, Counting>();
  for (const one of countings) {
    const { rels, cells } = byFrom.get(one.from) ?? { rels: [], cells: [] };
    byFrom.set(one.from, { from: one.from, rels: [...rels, ...one.rels], cells: [...cells, ...one.cells] });
  }
  return [...byFrom.values()];
}

function add(chains: Map<Rel | string, Chain>, rel: Rel): void {
  const { base, conditions } = chainOf(rel);
  const key = base.op === 'table' ? base.table : base;
  const chain = chains.get(key) ?? { base, counted: [] };
  chains.set(key, chain);
  if (base.op === 'table' && chain.base.op === 'table') {
    const { table, moved } = joined(chain.base, base);
    chain.base = table;
    chain.counted.push({ rel, conditions: conditions.map(moved) });
  } else chain.counted.push({ rel, conditions });
}

function chainOf(rel: Rel): { base: Rel; conditions: readonly Expr[] } {
  const filters: FilterRel[] = [];
  let base = rel;
  for (; base.op === 'filter'; base = base.input) filters.unshift(base);
  return { base, conditions: filters.map(({ condition }) => condition) };
}

/** All rows of the table, with what the conditions read. */
function bareTable(table: TableRel, counted: Chain['counted']): TableRel {
  const conditions = counted.flatMap((each) => each.conditions);
  const isRead = ({ id }: Column): boolean =>
    conditions.some((condition) => someExpr(condition, (part) => part.kind === 'column' && part.id === id));
  return { ...table, columns: table.columns.filter(isRead), narrowedBy: [] };
}

/** One reading of a table in place of two, with the columns of both; `moved` is an expression over the second. */
function joined(one: TableRel, other: TableRel): { table: TableRel; moved: (expr: Expr) => Expr } {
  const known = new Map(one.columns.map(({ name, id }) => [name, id]));
  const more = other.columns.filter(({ name }) => !known.has(name));
  const ids = new Map(other.columns.map(({ name, id }: Column) => [id, known.get(name) ?? id]));
  const moved = (expr: Expr): Expr =>
    expr.kind === 'column' ? { ...expr, id: ids.get(expr.id) ?? expr.id } : withParts(expr, moved, (rel) => rel);
  return { table: { ...one, columns: [...one.columns, ...more] }, moved };
}
