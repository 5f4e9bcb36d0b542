import { inputsOf } from '../plan';
import type { ComputeRel, Expr, Rel } from '../plan';
import { readsOf, rebuild, someExpr, withParts } from './walk';

/**
 * Merges a compute node into the one below it, so that a run of extends is one SELECT: DuckDB then sorts once for all
 * the prev() calls in it, not once a stage. A value moves up as it is; so only columns and literals may be read by
 * values above, or nothing would be saved and windows would nest.
 */
export function fuse(root: Rel): Rel {
  const readers = countReaders(root);
  return rebuild(root, (rel, original) => {
    if (rel.op !== 'compute') return rel;
    const below = rel.input;
    const shared = inputsOf(original).some((input) => (readers.get(input) ?? 0) > 1);
    if (below.op !== 'compute' || shared) return rel;
    const values = new Map(below.columns.map((column, index) => [column.id, below.values[index]]));
    const movable = rel.values.every((value) => !someExpr(value, (part) => readsComputed(part, value, values)));
    if (!movable) return rel;
    const merged: ComputeRel = {
      ...rel,
      input: below.input,
      values: rel.values.map((value) => substituted(value, values)),
      merged: [...(below.merged ?? []), ...(below.stage ? [below.stage] : []), ...(rel.merged ?? [])],
    };
    return merged;
  });
}

type Values = ReadonlyMap<number, Expr | undefined>;
const isSimple = (expr: Expr | undefined): boolean => expr?.kind === 'column' || expr?.kind === 'literal';

/** A value that is nothing but the column may move up whatever it is; within another expression only a simple one. */
function readsComputed(part: Expr, whole: Expr, values: Values): boolean {
  return part.kind === 'column' && part !== whole && !isSimple(values.get(part.id));
}

function substituted(expr: Expr, values: Values): Expr {
  if (expr.kind === 'column') return values.get(expr.id) ?? expr;
  return withParts(
    expr,
    (part) => substituted(part, values),
    (rel) => rel,
  );
}

/** How many nodes and expressions read each node. */
export function countReaders(root: Rel): Map<Rel, number> {
  const readers = new Map<Rel, number>();
  const visit = (rel: Rel): void => {
    const seen = readers.get(rel) ?? 0;
    readers.set(rel, seen + 1);
    if (seen > 0) return;
    for (const input of readsOf(rel)) visit(input);
  };
  visit(root);
  return readers;
}
