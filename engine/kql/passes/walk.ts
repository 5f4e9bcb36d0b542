import { inputsOf } from '../plan';
import type { Expr, Rel } from '../plan';

/** The parts that an expression is made of, tables not among them. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'column':
    case 'literal':
    case 'subquery':
    case 'picked':
      return [];
    case 'call':
      return expr.args;
    case 'aggregate':
      return expr.filter ? [...expr.args, expr.filter] : expr.args;
    case 'window':
      return [...expr.args, ...(expr.restart ? [expr.restart] : []), ...(expr.segment ? [expr.segment] : [])];
    case 'any-row':
      return [expr.test];
    case 'in-table':
      return [expr.value];
  }
}

/** The tables that an expression reads by itself. */
export function tablesOf(expr: Expr): readonly Rel[] {
  const own = expr.kind === 'subquery' || expr.kind === 'any-row' || expr.kind === 'in-table' ? [expr.rel] : [];
  return [...own, ...partsOf(expr).flatMap(tablesOf)];
}

/** The expression with each of its parts replaced. */
export function withParts(expr: Expr, change: (part: Expr) => Expr, table: (rel: Rel) => Rel): Expr {
  switch (expr.kind) {
    case 'column':
    case 'literal':
    case 'picked':
      return expr;
    case 'subquery':
      return { ...expr, rel: table(expr.rel) };
    case 'call':
      return { ...expr, args: expr.args.map(change) };
    case 'aggregate':
      return { ...expr, args: expr.args.map(change), ...(expr.filter ? { filter: change(expr.filter) } : {}) };
    case 'window':
      return {
        ...expr,
        args: expr.args.map(change),
        ...(expr.restart ? { restart: change(expr.restart) } : {}),
        ...(expr.segment ? { segment: change(expr.segment) } : {}),
      };
    case 'any-row':
      return { ...expr, rel: table(expr.rel), test: change(expr.test) };
    case 'in-table':
      return { ...expr, rel: table(expr.rel), value: change(expr.value) };
  }
}

/** What these operators, such as `and`, join in an expression: itself where none of them does. */
export function joinedBy(operators: readonly string[], expr: Expr): readonly Expr[] {
  if (expr.kind !== 'call' || !operators.includes(expr.name)) return [expr];
  return expr.args.flatMap((arg) => joinedBy(operators, arg));
}

/** Whether an expression or any part of it passes the test. */
export function someExpr(expr: Expr, test: (part: Expr) => boolean): boolean {
  return test(expr) || partsOf(expr).some((part) => someExpr(part, test));
}

/** The expressions of a node itself. */
export function exprsOf(rel: Rel): readonly Expr[] {
  switch (rel.op) {
    case 'table':
    case 'serialize':
      return [];
    case 'rows':
      return rel.rows.flat();
    case 'range':
      return [rel.from, rel.to, rel.step];
    case 'compute':
      return rel.values;
    case 'filter':
      return [rel.condition];
    case 'sort':
      return [...rel.keys.map((key) => key.value), ...(rel.limit ? [rel.limit] : []), ...(rel.per ?? [])];
    case 'take':
      return [rel.count, ...(rel.per ?? [])];
    case 'scan':
      return [rel.condition, ...rel.state.flatMap(({ start, next }) => [start, next])];
    case 'summarize':
      return [
        ...rel.keys,
        ...rel.aggregates,
        ...rel.picks.flatMap(({ key, values, filter }) => [
          ...(key ? [key] : []),
          ...values,
          ...(filter ? [filter] : []),
        ]),
      ];
    case 'join':
      return [
        ...rel.on.flatMap((key) => [key.left, key.right]),
        ...rel.values,
        ...(rel.firstBy ?? []).map((key) => key.value),
      ];
    case 'union':
      return rel.branches.flatMap((branch) => branch.values);
    case 'expand':
      return [...rel.lists.map((each) => each.list), ...(rel.limit ? [rel.limit] : [])];
  }
}

/** The node with its inputs and expressions replaced. */
function withChildren(rel: Rel, table: (rel: Rel) => Rel, expr: (expr: Expr) => Expr): Rel {
  switch (rel.op) {
    case 'table':
      return rel;
    case 'rows':
      return { ...rel, rows: rel.rows.map((row) => row.map(expr)) };
    case 'range':
      return { ...rel, from: expr(rel.from), to: expr(rel.to), step: expr(rel.step) };
    case 'compute':
      return { ...rel, input: table(rel.input), values: rel.values.map(expr) };
    case 'filter':
      return { ...rel, input: table(rel.input), condition: expr(rel.condition) };
    case 'sort':
      return {
        ...rel,
        input: table(rel.input),
        keys: rel.keys.map((key) => ({ ...key, value: expr(key.value) })),
        ...(rel.limit ? { limit: expr(rel.limit) } : {}),
        ...(rel.per ? { per: rel.per.map(expr) } : {}),
      };
    case 'take':
      return {
        ...rel,
        input: table(rel.input),
        count: expr(rel.count),
        ...(rel.per ? { per: rel.per.map(expr) } : {}),
      };
    case 'scan':
      return {
        ...rel,
        input: table(rel.input),
        condition: expr(rel.condition),
        state: rel.state.map((each) => ({ ...each, start: expr(each.start), next: expr(each.next) })),
      };
    case 'serialize':
      return { ...rel, input: table(rel.input) };
    case 'summarize':
      return {
        ...rel,
        input: table(rel.input),
        keys: rel.keys.map(expr),
        aggregates: rel.aggregates.map(expr),
        picks: rel.picks.map((pick) => ({
          ...pick,
          values: pick.values.map(expr),
          ...(pick.key ? { key: expr(pick.key) } : {}),
          ...(pick.filter ? { filter: expr(pick.filter) } : {}),
        })),
      };
    case 'join':
      return {
        ...rel,
        left: table(rel.left),
        right: table(rel.right),
        on: rel.on.map((key) => ({ left: expr(key.left), right: expr(key.right) })),
        values: rel.values.map(expr),
        ...(rel.firstBy ? { firstBy: rel.firstBy.map((key) => ({ ...key, value: expr(key.value) })) } : {}),
      };
    case 'union':
      return {
        ...rel,
        branches: rel.branches.map((branch) => ({ input: table(branch.input), values: branch.values.map(expr) })),
      };
    case 'expand':
      return {
        ...rel,
        input: table(rel.input),
        lists: rel.lists.map((each) => ({ ...each, list: expr(each.list) })),
        ...(rel.limit ? { limit: expr(rel.limit) } : {}),
      };
  }
}

/**
 * Rebuilds a plan from its sources up. A node that several read is rebuilt once, so that it stays one node. `node` gets
 * each node with its inputs and inner tables already rebuilt, and as it was; `expr` each expression, its parts already rebuilt.
 */
export function rebuild(
  root: Rel,
  node: (rel: Rel, original: Rel) => Rel,
  expr: (expr: Expr, of: Rel) => Expr = (same) => same,
): Rel {
  const done = new Map<Rel, Rel>();
  const table = (rel: Rel): Rel => {
    const known = done.get(rel);
    if (known) return known;
    const change = (part: Expr): Expr => expr(withParts(part, change, table), rel);
    const rebuilt = node(withChildren(rel, table, change), rel);
    done.set(rel, rebuilt);
    return rebuilt;
  };
  return table(root);
}

/** What a node reads: its inputs, and the tables inside its expressions. */
export function readsOf(rel: Rel): readonly Rel[] {
  return [...inputsOf(rel), ...exprsOf(rel).flatMap(tablesOf)];
}

/** The nodes of a plan, each after those that it reads, as a reader meets them in the text. */
export function nodesOf(root: Rel): Rel[] {
  const order: Rel[] = [];
  const seen = new Set<Rel>();
  const visit = (rel: Rel): void => {
    if (seen.has(rel)) return;
    seen.add(rel);
    for (const input of readsOf(rel)) visit(input);
    order.push(rel);
  };
  visit(root);
  return order;
}
