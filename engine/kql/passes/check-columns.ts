import { invalid } from '../error';
import type { Expr, Rel } from '../plan';
import { inputsOf } from '../plan';
import { exprsOf, nodesOf, partsOf } from './walk';

/**
 * Refuses a table inside an expression that reads the row around it, as toscalar() over a parameter that is a column
 * would: Kusto computes such a table once, before there are rows, and refuses it too.
 */
export function checkColumns(root: Rel): void {
  for (const rel of nodesOf(root)) {
    const given = new Set<number>();
    for (const input of inputsOf(rel)) for (const { id } of input.columns) given.add(id);
    if (rel.op === 'scan') for (const { before } of rel.state) given.add(before);
    if (rel.op === 'summarize') for (const { id } of rel.picks) given.add(id);
    const missing = exprsOf(rel).some((expr) => !readsOnly(expr, given));
    if (missing) {
      throw invalid(
        'A table inside an expression cannot read the columns of the row around it.',
        rel.stage?.span ?? { start: 0, length: 0 },
      );
    }
  }
}

function readsOnly(expr: Expr, given: ReadonlySet<number>): boolean {
  if (expr.kind === 'column' && !given.has(expr.id)) return false;
  if (expr.kind === 'any-row') {
    // its test reads the table's own column too
    const both = new Set([...given, ...expr.rel.columns.map(({ id }) => id)]);
    return readsOnly(expr.test, both);
  }
  return partsOf(expr).every((part) => readsOnly(part, given));
}
