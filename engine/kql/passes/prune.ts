import type { Column, Expr, Rel } from '../plan';
import { exprsOf, nodesOf, partsOf, rebuild, tablesOf } from './walk';

/** Drops columns that nothing reads, so that a wide table costs what the query uses of it. */
export function prune(root: Rel): Rel {
  const live = new Set(root.columns.map((column) => column.id));
  // every node before the nodes that it reads
  for (const rel of nodesOf(root).toReversed()) markReads(rel, live);
  const keep = (column: Column): boolean => live.has(column.id);
  return rebuild(root, (rel) => {
    if (rel === root) return rel;
    const columns = rel.columns.filter(keep);
    const kept = <T>(values: readonly T[]): T[] => values.filter((_, index) => isKept(rel.columns[index], live));
    switch (rel.op) {
      case 'compute':
      case 'join':
        return { ...rel, columns, values: kept(rel.values) };
      case 'rows':
        return { ...rel, columns, rows: rel.rows.map(kept) };
      case 'union':
        return { ...rel, columns, branches: rel.branches.map((each) => ({ ...each, values: kept(each.values) })) };
      case 'table':
      case 'filter':
      case 'sort':
      case 'take':
      case 'serialize':
        return { ...rel, columns };
      case 'expand':
        return { ...rel, columns };
      case 'summarize':
      case 'range':
      case 'scan':
        return rel;
    }
  });
}

const isKept = (column: Column | undefined, live: ReadonlySet<number>): boolean =>
  column !== undefined && live.has(column.id);

/** What the node reads of the nodes below it, given what is read of itself. */
function markReads(rel: Rel, live: Set<number>): void {
  if (rel.op === 'scan') for (const { id } of rel.input.columns) live.add(id);
  const values = (list: readonly Expr[]): void =>
    list.forEach((value, index) => {
      if (isKept(rel.columns[index], live)) markColumns(value, live);
    });
  switch (rel.op) {
    case 'compute':
      values(rel.values);
      break;
    case 'union':
      for (const branch of rel.branches) values(branch.values);
      break;
    case 'join':
      values(rel.values);
      for (const key of rel.firstBy ?? []) markColumns(key.value, live);
      for (const key of rel.on) [key.left, key.right].forEach((value) => markColumns(value, live));
      break;
    case 'table':
    case 'rows':
    case 'range':
    case 'filter':
    case 'sort':
    case 'take':
    case 'serialize':
    case 'summarize':
    case 'expand':
    case 'scan':
      for (const expr of exprsOf(rel)) markColumns(expr, live);
  }
}

/** An expression reads the columns that it names, and the first column of each table in it. */
function markColumns(expr: Expr, live: Set<number>): void {
  if (expr.kind === 'column') live.add(expr.id);
  for (const table of tablesOf(expr)) for (const column of table.columns.slice(0, 1)) live.add(column.id);
  for (const part of partsOf(expr)) markColumns(part, live);
}
