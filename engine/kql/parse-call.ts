import { invalid, unsupported } from './error';
import type { Span } from './error';
import { aggregateFunction, canonicalName, isCallable, scalarFunction } from './functions/lookup';
import { parameterTypes } from './functions/table';
import { insteadOfFunction } from './instead';
import type { SyntaxNode } from './kusto';
import { parseAggregate } from './parse-aggregate';
import { firstCell, parseExpression } from './parse-expression';
import { parseSpecial } from './parse-special';
import { parseStatements, parseTable } from './parse-table';
import { cast, call } from './plan';
import type { Expr, Rel, ScalarType } from './plan';
import { unicodePattern } from './regex';
import { Scope } from './scope';
import type { Context } from './scope';

const WINDOWS = ['prev', 'next', 'row_number', 'row_cumsum', 'row_rank_dense', 'row_rank_min', 'row_window_session'];

/** A function call: the user's own, an aggregate, a window function, or one of the table. */
export function parseCall(node: SyntaxNode, context: Context): Expr {
  const body = node.calledBody();
  if (body) return inlined(node, body, context);
  const name = canonicalName(node.need('Name').name);
  const args = node.need('ArgumentList').list('Expressions');
  if (isAggregate(name)) {
    if (!context.aggregates) throw invalid(`${name}() is an aggregate: it belongs into summarize.`, node.head);
    return parseAggregate(name, node, args, context);
  }
  if (WINDOWS.includes(name)) return parseWindow(name, node, args, context);
  const special = parseSpecial(name, node, args, context);
  if (special) return special;
  if (!isCallable(name)) throw unsupported(`the function ${name}()`, node.head, insteadOfFunction(name));
  return applyFunction(
    name,
    node,
    args.map((arg) => parseExpression(arg, context)),
  );
}

/** Whether summarize may call it, in its plain form or in the one with `if` at its end. */
export function isAggregate(name: string): boolean {
  return (
    aggregateFunction(name) !== undefined ||
    aggregateFunction(name.replace(/_?if$/, '')) !== undefined ||
    /^(arg_max|arg_min|take_any|take_anyif|percentiles|percentiles_array|makeset|makelist|countif)$/.test(name)
  );
}

/** A call of a function of the table, its arguments converted to what it takes. */
export function applyFunction(name: string, node: SyntaxNode, args: readonly Expr[], gives?: ScalarType): Expr {
  const spec = scalarFunction(name);
  if (!spec) throw new Error(`there is no function ${name}`);
  const types = parameterTypes(spec, args.length);
  // the binder has counted them, so Kusto takes that many
  if (!types) throw unsupported(`${name}() with ${args.length} arguments`, node.head);
  const type = gives ?? spec.gives ?? node.type ?? args[0]?.type ?? 'dynamic';
  const converted = args.map((arg, index) => {
    const wanted = types[index] ?? 'any';
    if (wanted === 'any') return arg;
    if (wanted === 'regex') return unicodePattern(arg, argumentOf(node, index));
    return cast(arg, wanted === 'result' ? type : wanted);
  });
  return call(name, type, ...converted);
}

/** Where an argument of a call stands. */
function argumentOf(node: SyntaxNode, index: number): Span {
  return node.part('ArgumentList')?.list('Expressions')[index]?.span ?? node.head;
}

/** Whether the order of the rows comes from a sort, below stages that keep it. */
function sortedInput(rel: Rel): boolean {
  if (rel.op === 'sort') return true;
  if (rel.op === 'compute' || rel.op === 'filter' || rel.op === 'take' || rel.op === 'expand')
    return sortedInput(rel.input);
  return false;
}

/** prev(), next() and the row_ functions, which Kusto allows over a serialized row set only. */
function parseWindow(name: string, node: SyntaxNode, args: readonly SyntaxNode[], context: Context): Expr {
  if (!context.rel?.serialized) {
    throw invalid(`${name}() needs rows in an order: put sort or serialize before it.`, node.head);
  }
  if (sortedInput(context.rel)) {
    context.compilation.notes.push(`${name}() follows a sort: rows that tie there may come in another order in Kusto.`);
  }
  const values = args.map((arg) => parseExpression(arg, context));
  const [first, second, third] = values;
  if (name === 'prev' || name === 'next') {
    if (!first) throw invalid(`${name}() needs a column.`, node.head);
    const rest = [second ? [cast(second, 'long')] : [], third ? [cast(third, first.type)] : []].flat();
    return { kind: 'window', name, type: first.type, args: [first, ...rest] };
  }
  if (name === 'row_window_session') return sessionStart(node, values);
  const type = name === 'row_cumsum' ? (node.type ?? first?.type ?? 'long') : 'long';
  const head = first ? [name === 'row_number' ? cast(first, 'long') : first] : [];
  return { kind: 'window', name, type, args: head, ...(second ? { restart: cast(second, 'bool') } : {}) };
}

/** The first value of the session that a row belongs to; see passes/sessions.ts. */
function sessionStart(node: SyntaxNode, [value, fromFirst, fromLast, restart]: readonly Expr[]): Expr {
  if (!value || !fromFirst || !fromLast) throw invalid('row_window_session() needs three arguments.', node.head);
  if (value.type !== 'datetime')
    throw invalid(`row_window_session() needs a datetime; this is a ${value.type}.`, node.head);
  return {
    kind: 'window',
    name: 'row_window_session',
    type: 'datetime',
    args: [value, cast(fromFirst, 'timespan'), cast(fromLast, 'timespan')],
    ...(restart ? { restart: cast(restart, 'bool') } : {}),
  };
}

/** A function of the user's own: its body in place of the call, its parameters bound to the arguments. */
function inlined(node: SyntaxNode, body: SyntaxNode, context: Context): Expr {
  context.compilation.countExpansion(node);
  const scope = bindArguments(node, context);
  parseStatements(body.list('Statements'), { ...context, scope });
  const result = body.need('Expression');
  if (result.isTabular) return firstCell(result, { ...context, scope });
  return parseExpression(result, { ...context, scope });
}

/** A scope in which the parameters of the called function stand for its arguments; the first for `piped`, if that is given. */
export function bindArguments(node: SyntaxNode, context: Context, piped?: Rel): Scope {
  const scope = new Scope(context.scope);
  const args = node.part('ArgumentList')?.list('Expressions') ?? [];
  const [first, ...others] = node.parameters();
  if (piped && first) scope.set(first.name, { kind: 'table', rel: () => piped });
  (piped ? others : first ? [first, ...others] : []).forEach(({ name, default: fallback }, index) => {
    const named = args.find((arg) => arg.kind === 'SimpleNamedExpression' && arg.need('Name').name === name);
    const positional = args[index]?.kind === 'SimpleNamedExpression' ? undefined : args[index];
    const value = named?.need('Expression') ?? positional ?? fallback;
    if (!value) return;
    if (value.isTabular) {
      const rel = parseTable(value, context);
      scope.set(name, { kind: 'table', rel: () => rel });
    } else {
      scope.set(name, { kind: 'scalar', value: parseExpression(value, context), depth: context.depth });
    }
  });
  return scope;
}
