import { nodesOf } from './passes/walk';
import { inputsOf } from './plan';
import type { Rel, Stage } from './plan';

/** A stage of the query with the rows that came in and went out; null when it was not traced. */
export interface TracedStage extends Stage {
  readonly rowsIn: number | null;
  readonly rowsOut: number | null;
}

/** The node whose rows are counted in place of this one: a node that only computes or sorts has as many as its input. */
export function counted(rel: Rel): Rel {
  if (rel.op === 'compute' || rel.op === 'serialize') return counted(rel.input);
  if (rel.op === 'sort' && !rel.limit) return counted(rel.input);
  return rel;
}

/** The rows that come into a stage: those of its inputs, helper nodes passed over. */
function feeding(rel: Rel): Rel[] {
  return inputsOf(rel).flatMap((input) => (input.stage ? [input] : feeding(input)));
}

/**
 * Whether a node's rows are worth keeping while they are counted: what costs much to make is made once, what costs
 * little is made again for each count, because keeping it would cost more.
 */
export function isWorthKeeping(rel: Rel): boolean {
  switch (rel.op) {
    case 'summarize':
    case 'join':
    case 'sort':
    case 'expand':
    case 'scan':
      return true;
    case 'compute':
      return rel.values.some((value) => value.kind === 'window');
    case 'table':
    case 'rows':
    case 'range':
    case 'filter':
    case 'take':
    case 'serialize':
    case 'union':
      return false;
  }
}

const stagesOf = (root: Rel): Rel[] => nodesOf(root).filter((rel) => rel.stage);

/** The nodes whose rows must be counted to know those of every stage. */
export function nodesToCount(root: Rel): Rel[] {
  return [...new Set(stagesOf(root).flatMap((rel) => [rel, ...feeding(rel)].map(counted)))];
}

/** Every stage of the plan in the order of the text; rows where `counts` has them. */
export function tracedStages(root: Rel, counts: ReadonlyMap<Rel, number>): TracedStage[] {
  const rowsOf = (rel: Rel): number | null => counts.get(counted(rel)) ?? null;
  return stagesOf(root).flatMap((rel) => {
    // a table is where rows come from: as many go in as come out
    const sources = feeding(rel);
    const inputs = (sources.length > 0 ? sources : [rel]).map(rowsOf);
    const known = inputs.filter((count) => count !== null);
    const rowsIn = known.length === 0 || known.length < inputs.length ? null : known.reduce((sum, n) => sum + n, 0);
    const earlier = (rel.merged ?? []).map((stage) => ({ ...stage, rowsIn, rowsOut: rowsIn }));
    return rel.stage ? [...earlier, { ...rel.stage, rowsIn, rowsOut: rowsOf(rel) }] : earlier;
  });
}

/** The notes of all stages, each once. */
export function notesOf(root: Rel): string[] {
  return [...new Set(nodesOf(root).flatMap((rel) => rel.stage?.notes ?? []))];
}
