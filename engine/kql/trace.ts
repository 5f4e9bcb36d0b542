import type { Connection } from '../db';
import { exprsOf, tablesOf } from './passes/walk';
import { inputsOf } from './plan';
import type { Rel, Stage } from './plan';
import type { Printed } from './to-sql/statement';

/** A stage of the query with the rows that came in and went out; null when it was not traced. */
export interface TracedStage extends Stage {
  readonly rowsIn: number | null;
  readonly rowsOut: number | null;
}

/** The nodes of a plan, each after those that it reads, as a reader meets them in the text. */
function nodesOf(root: Rel): Rel[] {
  const order: Rel[] = [];
  const seen = new Set<Rel>();
  const visit = (rel: Rel): void => {
    if (seen.has(rel)) return;
    seen.add(rel);
    for (const input of [...inputsOf(rel), ...exprsOf(rel).flatMap(tablesOf)]) visit(input);
    order.push(rel);
  };
  visit(root);
  return order;
}

/** The node whose rows are counted in place of this one: a node that only computes or sorts has as many as its input. */
function counted(rel: Rel): Rel {
  if (rel.op === 'compute' || rel.op === 'serialize') return counted(rel.input);
  if (rel.op === 'sort' && !rel.limit) return counted(rel.input);
  return rel;
}

/** The rows that come into a stage: those of its inputs, helper nodes passed over. */
function feeding(rel: Rel): Rel[] {
  return inputsOf(rel).flatMap((input) => (input.stage ? [input] : feeding(input)));
}

/** Every stage of the plan; with its counts, from one statement, when `tracing`. */
export async function traceOf(
  root: Rel,
  printed: Printed,
  tracing: boolean,
  connection: Connection,
  clause: string,
): Promise<TracedStage[]> {
  const nodes = nodesOf(root).filter((rel) => rel.stage);
  const counts = new Map<Rel, number>();
  if (tracing) {
    const wanted = [...new Set(nodes.flatMap((rel) => [rel, ...feeding(rel)]).map(counted))];
    const items = wanted.map((rel) => `(select count(*) from ${printed.cteOf(rel)})`);
    const [row = []] = await connection.rows(`${clause}select ${items.join(', ')}`, printed.values);
    wanted.forEach((rel, index) => counts.set(rel, Number(row[index])));
  }
  const rowsOf = (rel: Rel): number | null => counts.get(counted(rel)) ?? null;
  return nodes.flatMap((rel) => {
    const inputs = feeding(rel).map(rowsOf);
    const rowsIn =
      inputs.length === 0 || inputs.includes(null) ? null : inputs.reduce<number>((sum, n) => sum + (n ?? 0), 0);
    const earlier = (rel.merged ?? []).map((stage) => ({ ...stage, rowsIn, rowsOut: rowsIn }));
    return rel.stage ? [...earlier, { ...rel.stage, rowsIn, rowsOut: rowsOf(rel) }] : earlier;
  });
}

/** The notes of all stages, each once. */
export function notesOf(root: Rel): string[] {
  return [...new Set(nodesOf(root).flatMap((rel) => rel.stage?.notes ?? []))];
}
