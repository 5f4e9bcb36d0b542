import { call, columnExpr, literal } from '../plan';
import type { Column, ComputeRel, Expr, Rel } from '../plan';
import { rebuild, someExpr, withParts } from './walk';

type Window = Extract<Expr, { kind: 'window' }>;
const isWindow = (expr: Expr): expr is Window => expr.kind === 'window';
const same = (rel: Rel): Rel => rel;

/**
 * SQL has no window function inside another, in WHERE, or in TRY. This pass takes inner ones out into a compute node of
 * their own below, and says ranks and restarts in terms of simpler windows.
 */
export function splitWindows(root: Rel, newId: () => number): Rel {
  return rebuild(root, (rel) => {
    if (rel.op === 'filter' && someExpr(rel.condition, isWindow)) {
      const { input, replace } = below(rel.input, newId, isWindow);
      const condition = replace(rel.condition);
      return { ...rel, input: splitNode(input(), newId), condition };
    }
    return rel.op === 'compute' ? splitNode(rel, newId) : rel;
  });
}

function splitNode(rel: Rel, newId: () => number): Rel {
  if (rel.op !== 'compute') return rel;
  const values = rel.values.map(simplified);
  const { input, replace } = below(rel.input, newId, isWindow);
  // a value that is a window stays; one inside it, or inside any other expression, is taken out
  const flat = values.map((value) => outermost(value, replace));
  const lower = input();
  return lower === rel.input ? { ...rel, values: flat } : { ...rel, input: splitNode(lower, newId), values: flat };
}

function outermost(value: Expr, replace: (expr: Expr) => Expr): Expr {
  return isWindow(value) ? withParts(value, replace, same) : replace(value);
}

/** Collects what moves into a new node over `base`; `input` is that node, or `base` when nothing has moved. */
function below(
  base: Rel,
  newId: () => number,
  moves: (expr: Expr) => boolean,
): { input: () => Rel; replace: (expr: Expr) => Expr } {
  const columns: Column[] = [];
  const values: Expr[] = [];
  const replace = (expr: Expr): Expr => {
    if (!moves(expr)) return withParts(expr, replace, same);
    const column: Column = { name: '', type: expr.type, id: newId() };
    columns.push(column);
    values.push(expr);
    return columnExpr(column);
  };
  const input = (): Rel => {
    if (columns.length === 0) return base;
    const node: ComputeRel = {
      op: 'compute',
      input: base,
      columns: [...base.columns, ...columns],
      values: [...base.columns.map(columnExpr), ...values],
      ordered: base.ordered,
      serialized: base.serialized,
    };
    return node;
  };
  return { input, replace };
}

/** Ranks are sums over "this row differs from the one before"; a restart numbers the segments that it begins. */
function simplified(expr: Expr): Expr {
  const inner = withParts(expr, simplified, same);
  if (!isWindow(inner)) return inner;
  const { restart, ...rest } = inner;
  const segment: Expr | undefined = restart
    ? { kind: 'window', name: 'row_cumsum', type: 'long', args: [oneIf(restart)] }
    : inner.segment;
  const over = segment ? { segment } : {};
  if (inner.name === 'row_rank_dense' || inner.name === 'row_rank_min') {
    const changed: Expr = { kind: 'window', name: 'changed', type: 'bool', args: inner.args, ...over };
    if (inner.name === 'row_rank_dense') {
      return { kind: 'window', name: 'row_cumsum', type: 'long', args: [oneIf(changed)], ...over };
    }
    const position: Expr = { kind: 'window', name: 'row_number', type: 'long', args: [], ...over };
    const first = call('case', 'long', changed, position, literal('long', null));
    return { kind: 'window', name: 'running-max', type: 'long', args: [first], ...over };
  }
  return { ...rest, ...over };
}

function oneIf(condition: Expr): Expr {
  return call('case', 'long', condition, literal('long', 1n), literal('long', 0n));
}
