import { unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { applyFunction } from './parse-call';
import { calledName, parseExpression } from './parse-expression';
import { call, cast, literal } from './plan';
import type { Expr, ScalarType } from './plan';
import type { Context } from './scope';

/** An expression of extend, project or print, with the names that the query gives to its columns. */
export interface Named {
  readonly names: readonly string[];
  readonly value: SyntaxNode;
}

/** Takes `x`, `name = x` and `(name, name) = x` apart; the first has no names. */
export function namesOf(node: SyntaxNode): Named {
  if (node.kind === 'SimpleNamedExpression') {
    return { names: [node.need('Name').name], value: node.need('Expression') };
  }
  if (node.kind !== 'CompoundNamedExpression') return { names: [], value: node };
  const names = node
    .need('Names')
    .list('Names')
    .map(({ name }) => name);
  return { names, value: node.need('Expression') };
}

/** What these functions give as a bag, and its parts, which are columns of their own. */
const BAGS: Readonly<Record<string, readonly [bag: string, ...parts: (readonly [string, ScalarType])[]]>> = {
  series_stats: [
    'series_stats_dynamic',
    ['min', 'real'],
    ['min_idx', 'long'],
    ['max', 'real'],
    ['max_idx', 'long'],
    ['avg', 'real'],
    ['stdev', 'real'],
    ['variance', 'real'],
  ],
  series_fit_line: [
    'series_fit_line_dynamic',
    ['rsquare', 'real'],
    ['slope', 'real'],
    ['variance', 'real'],
    ['rvariance', 'real'],
    ['interception', 'real'],
    ['line_fit', 'dynamic'],
  ],
};

/** Whether a function gives several columns where a column list calls it. */
export const isTuple = (name: string): boolean => name in BAGS;

/** The columns of an expression: one, or those of a function that gives several. */
export function columnsOf(node: SyntaxNode, context: Context): Expr[] {
  const name = calledName(node);
  const args = node.part('ArgumentList')?.list('Expressions') ?? [];
  if (isTuple(name)) {
    const values = args.map((arg) => parseExpression(arg, context));
    return tupleOf(name, node, values);
  }
  if (/^array_sort_(asc|desc)$/.test(name)) {
    const values = args.map((arg) => parseExpression(arg, context));
    if (values.length > 1 && values.every(({ type }) => type === 'dynamic')) return sortedBeside(name, values);
  }
  return [parseExpression(node, context)];
}

/** The values of a function that gives several. */
export function tupleOf(name: string, node: SyntaxNode, args: readonly Expr[]): Expr[] {
  const [bagName, ...parts] = BAGS[name] ?? [];
  if (bagName === undefined) throw unsupported(`the function ${name}()`, node.head);
  const bag = applyFunction(bagName, node, args);
  return parts.map(([part, type]) => cast(call('property', 'dynamic', bag, literal('string', part)), type));
}

/** Several arrays in the order of the first. */
export function sortedBeside(name: string, arrays: readonly Expr[]): Expr[] {
  const [first] = arrays;
  const beside = name === 'array_sort_asc' ? 'array-sorted-beside-asc' : 'array-sorted-beside-desc';
  return first ? arrays.map((array) => call(beside, 'dynamic', array, first)) : [];
}
