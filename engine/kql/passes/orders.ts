import { aggregateFunction } from '../functions/lookup';
import { columnExpr } from '../plan';
import type { ComputeRel, Expr, JoinRel, Rel, SortRel } from '../plan';
import { exprsOf, nodesOf, partsOf, rebuild, someExpr, tablesOf } from './walk';

/**
 * Leaves out sorts whose order nothing reads: a join, a count or a sum gives the same whatever the order, and to number
 * sorted rows is dear. A join that keeps one left row a key takes the sort's keys instead of the number.
 */
export function dropOrders(root: Rel): Rel {
  const read = orderReaders(root);
  return rebuild(root, (rel, original): Rel => {
    switch (rel.op) {
      case 'sort':
        return rel.limit || read.has(original) ? rel : unsorted(rel);
      case 'compute':
      case 'filter':
      case 'expand':
        return rel.ordered && !rel.input.ordered ? { ...rel, ordered: false } : rel;
      case 'join': {
        const keys = original.op === 'join' ? firstBy(original) : undefined;
        return keys && original.op === 'join' && !read.has(original.left) ? { ...rel, firstBy: keys } : rel;
      }
      case 'table':
      case 'rows':
      case 'range':
      case 'take':
      case 'serialize':
      case 'summarize':
      case 'union':
      case 'scan':
        return rel;
    }
  });
}

/** The same rows; the stage stays, to be counted and shown. */
function unsorted({ columns, input, stage, merged, serialized }: SortRel): ComputeRel {
  return {
    op: 'compute',
    columns,
    input,
    values: columns.map(columnExpr),
    ordered: false,
    serialized,
    ...(stage ? { stage } : {}),
    ...(merged ? { merged } : {}),
  };
}

/** The keys by which a join would choose its left rows, where these come straight from a sort. */
function firstBy(join: JoinRel): SortRel['keys'] | undefined {
  const { kind, left } = join;
  if (kind !== 'innerunique' || left.op !== 'sort' || left.limit || left.input.ordered) return undefined;
  return left.keys.some(({ value }) => tablesOf(value).length > 0) ? undefined : left.keys;
}

/** The nodes whose order some other node, or the result, depends on. */
function orderReaders(root: Rel): Set<Rel> {
  const read = new Set<Rel>([root]);
  // every node before the nodes that it reads
  for (const rel of nodesOf(root).toReversed()) {
    for (const input of inputsInOrder(rel, read.has(rel))) read.add(input);
    for (const expr of exprsOf(rel)) for (const table of scalarsOf(expr)) read.add(table);
  }
  return read;
}

function inputsInOrder(rel: Rel, isRead: boolean): Rel[] {
  switch (rel.op) {
    case 'table':
    case 'rows':
    case 'range':
    case 'union':
      return [];
    case 'compute':
      return isRead || rel.values.some((value) => someExpr(value, ({ kind }) => kind === 'window')) ? [rel.input] : [];
    case 'filter':
    case 'expand':
      return isRead ? [rel.input] : [];
    case 'sort':
      return isRead || rel.limit ? [rel.input] : [];
    case 'take':
    case 'serialize':
    case 'scan':
      return [rel.input];
    case 'summarize':
      return rel.picks.length > 0 || rel.aggregates.some((each) => someExpr(each, dependsOnOrder)) ? [rel.input] : [];
    case 'join':
      return rel.kind === 'innerunique' && !firstBy(rel) ? [rel.left] : [];
  }
}

/** Lists and the like come in the order of the rows. */
function dependsOnOrder(expr: Expr): boolean {
  if (expr.kind !== 'aggregate') return false;
  const sql = aggregateFunction(expr.name)?.sql ?? '';
  return (typeof sql === 'string' ? [sql] : Object.values(sql)).some((each) => each.includes('$o'));
}

/** The tables of which an expression takes the first row. */
function scalarsOf(expr: Expr): Rel[] {
  return [...(expr.kind === 'subquery' ? [expr.rel] : []), ...partsOf(expr).flatMap(scalarsOf)];
}
