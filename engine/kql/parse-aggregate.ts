import { invalid, unsupported } from './error';
import { aggregateFunction } from './functions/lookup';
import { parameterTypes } from './functions/table';
import type { SyntaxNode } from './kusto';
import { parseExpression } from './parse-expression';
import { literalElements } from './parse-in';
import { someExpr } from './passes/walk';
import { call, cast, literal } from './plan';
import type { Expr, ScalarType } from './plan';
import type { Context } from './scope';

/** Lists hold no more than this many elements, by Kusto's own limit. */
const LIST_LIMIT = 1_048_576n;
/** The deprecated spellings makelist() and makeset() keep this many. */
const OLD_LIST_LIMIT = 128n;

/** An aggregate inside summarize. Its arguments are computed a row, so they hold no aggregate themselves. */
export function parseAggregate(name: string, node: SyntaxNode, nodes: readonly SyntaxNode[], context: Context): Expr {
  const inner: Context = { ...context, aggregates: false };
  const parse = (arg: SyntaxNode): Expr => parseExpression(arg, inner);
  if (name === 'countif') {
    const [condition] = nodes;
    if (!condition) throw invalid('countif() needs a condition.', node.head);
    return { kind: 'aggregate', name: 'count', type: 'long', args: [], filter: cast(parse(condition), 'bool') };
  }
  if (name === 'makelist' || name === 'makeset') {
    context.compilation.notes.push(`${name}() is the old spelling: it keeps ${OLD_LIST_LIMIT} elements at most.`);
    const limit = nodes[1] ? cast(parse(nodes[1]), 'long') : literal('long', OLD_LIST_LIMIT);
    return aggregate(name === 'makelist' ? 'make_list' : 'make_set', node, [...nodes.slice(0, 1).map(parse), limit]);
  }
  if (name === 'percentiles_array') {
    const [value, ...ranks] = nodes.map(parse);
    if (!value) throw invalid('percentiles_array() needs a value.', node.head);
    const listed = ranks.flatMap((rank) => literalElements(rank)?.map((each) => cast(each, 'real')) ?? [rank]);
    const found = listed.map((rank) => cast(aggregate('percentile', node, [value, rank]), 'dynamic'));
    return call('pack_array', 'dynamic', ...found);
  }
  let base = name;
  let filter: Expr | undefined;
  let args = [...nodes];
  if (!aggregateFunction(name)) {
    base = name.replace(/_?if$/, '');
    const place = base.startsWith('covariance') ? 2 : 1;
    const [condition] = args.splice(place, 1);
    if (!condition) throw invalid(`${name}() needs a condition.`, node.head);
    filter = cast(parse(condition), 'bool');
  }
  if (base === 'dcount' || base === 'count_distinct') {
    if (base === 'dcount') context.compilation.notes.push('dcount() is exact here; Kusto estimates it.');
    args = args.slice(0, 1);
  }
  if (base === 'count') args = []; // Kusto takes count(x) for count()
  const values = args.map(parse);
  if (/^make_(list|set|bag|list_with_nulls)$/.test(base) && values.length === 1) {
    values.push(literal('long', LIST_LIMIT));
  }
  return aggregate(base, node, values, filter);
}

/**
 * An aggregate function over values that are parsed already. Throws KqlError at `node` for a number of arguments that the
 * function does not take, and for computed ones where Doppel takes literals only.
 */
export function aggregate(name: string, node: SyntaxNode, args: readonly Expr[], filter?: Expr): Expr {
  const spec = aggregateFunction(name);
  const types = spec && parameterTypes(spec, args.length);
  if (!spec || !types) throw invalid(`${name}() does not take ${args.length} arguments.`, node.head);
  const [, second] = args;
  const isRead = second && someExpr(second, ({ kind }) => kind === 'column' || kind === 'subquery');
  if (isRead && (name === 'percentile' || name.startsWith('make_'))) {
    throw unsupported(`${name}() with a computed second argument`, node.head, 'Write it as a literal.');
  }
  const type = spec.gives ?? resultType(name, node, args[0]?.type ?? 'long');
  const converted = args.map((arg, index) => {
    const wanted = types[index] ?? 'any';
    return wanted === 'any' || wanted === 'regex' ? arg : cast(arg, wanted === 'result' ? type : wanted);
  });
  return { kind: 'aggregate', name, type, args: converted, ...(filter ? { filter } : {}) };
}

function resultType(name: string, node: SyntaxNode, argument: ScalarType): ScalarType {
  const bound = node.type;
  if (name === 'min' || name === 'max') return argument;
  if (bound && bound !== 'dynamic') return bound;
  if (name === 'sum') return argument === 'int' ? 'long' : argument === 'dynamic' ? 'real' : argument;
  if (name === 'avg') return argument === 'timespan' || argument === 'datetime' ? argument : 'real';
  return argument === 'dynamic' ? 'real' : argument;
}
