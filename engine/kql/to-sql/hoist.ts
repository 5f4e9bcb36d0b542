import { exprsOf, partsOf } from '../passes/walk';
import { inputsOf } from '../plan';
import type { Expr, Rel } from '../plan';
import { printExpr } from './expression';
import type { Bare } from './relation';

/**
 * The same surroundings in which the values of tables, such as toscalar(), are columns of what is read: DuckDB allows no
 * table inside TRY or a lambda, and reads one only once then.
 */
export function hoisting(rel: Rel, at: Bare): Bare {
  if (rel.op === 'join' || rel.op === 'union' || rel.op === 'table') return at;
  const found = [...new Set(exprsOf(rel).flatMap(subqueriesIn))];
  if (found.length === 0) return at;
  const hoisted = new Map(found.map((expr, index) => [expr, `q${index}`]));
  const plain = { ...at, orderBy: '' };
  const values = found.map((expr, index) => `${printExpr(expr, plain)} as q${index}`).join(', ');
  const inputs = new Set(inputsOf(rel).flatMap((input) => [input, ...inputsOf(input)]));
  const cteOf = (of: Rel): string => (inputs.has(of) ? `(select *, ${values} from ${at.cteOf(of)})` : at.cteOf(of));
  return { ...at, hoisted, cteOf, besides: `(select ${values})` };
}

function subqueriesIn(expr: Expr): Expr[] {
  return expr.kind === 'subquery' ? [expr] : partsOf(expr).flatMap(subqueriesIn);
}
