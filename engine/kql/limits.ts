import { KqlError } from './error';
import { exprsOf, tablesOf } from './passes/walk';
import { inputsOf } from './plan';
import type { Rel } from './plan';
import { expandedSize } from './to-sql/size';

/** A text longer than this is refused before it is read. */
export const MAX_TEXT = 100_000;
/** Calls of a query's own functions, each of which is expanded where it stands. */
export const MAX_EXPANSIONS = 2_000;
/** Nodes of one expression after DuckDB has unfolded the macros in it, and of all of a stage; a usual one has a hundred. */
const MAX_SIZE = 10_000;
const MAX_STAGE_SIZE = 50_000;

/** Refuses a plan whose SQL would grow beyond what DuckDB can bind. It must run before anything walks the plan. */
export function checkSize(root: Rel): void {
  const known = new WeakMap();
  const seen = new Set<Rel>();
  const visit = (rel: Rel): void => {
    if (seen.has(rel)) return;
    seen.add(rel);
    const exprs = exprsOf(rel);
    const sizes = exprs.map((expr) => expandedSize(expr, known));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    // a datatable's values are many, not nested
    if (sizes.some((size) => size > MAX_SIZE) || (total > MAX_STAGE_SIZE && rel.op !== 'rows')) {
      throw new KqlError('query-limit', 'The expressions here are nested too deeply. Split them.', rel.stage?.span);
    }
    for (const input of inputsOf(rel)) visit(input);
    for (const table of exprs.flatMap(tablesOf)) visit(table);
  };
  visit(root);
}
