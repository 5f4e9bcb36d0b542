import type { Expr, Rel } from '../plan';
import { rebuild } from './walk';

/**
 * Where only true counts, `==` and `!=` need not tell null from false, and DuckDB's own comparison, which it can use for
 * hash joins and zone maps, means the same.
 */
export function simplifyFilters(root: Rel): Rel {
  return rebuild(root, (rel) => (rel.op === 'filter' ? { ...rel, condition: whenTrue(rel.condition) } : rel));
}

function whenTrue(expr: Expr): Expr {
  if (expr.kind !== 'call') return expr;
  if (expr.name === 'and' || expr.name === 'or') return { ...expr, args: expr.args.map(whenTrue) };
  if (expr.name === 'equal' || expr.name === 'unequal') return { ...expr, name: `${expr.name}-filter` };
  return expr;
}
