import type { SyntaxNode } from './kusto';
import { parseExpression } from './parse-expression';
import { comparison } from './parse-operators';
import { parseTable } from './parse-table';
import { call, cast, columnExpr, literal } from './plan';
import type { Expr } from './plan';
import type { Context } from './scope';

const anyOf = (tests: readonly Expr[]): Expr =>
  tests.reduce<Expr>(
    (all, test) => (all.kind === 'literal' ? test : call('or', 'bool', all, test)),
    literal('bool', false),
  );

const ARRAYS_IN_TABLE =
  'in over a column of arrays: each counts by its elements here. What Kusto does with them is not documented.';

/** The table that stands in a list of values, when it is one. */
function tableIn(node: SyntaxNode): SyntaxNode | undefined {
  const inner = node.kind === 'ParenthesizedExpression' ? tableIn(node.need('Expression')) : node;
  return inner?.isTabular ? inner : undefined;
}

/** The elements of a dynamic array that is a literal; nested arrays count by their elements. */
export function literalElements(value: Expr): Expr[] | undefined {
  if (value.kind !== 'literal' || value.type !== 'dynamic' || typeof value.value !== 'string') return undefined;
  const parsed: unknown = JSON.parse(value.value);
  if (!Array.isArray(parsed)) return undefined;
  const elements: unknown[] = parsed.flat(10);
  return elements.map((element) => {
    if (typeof element === 'string') return literal('string', element);
    if (element === null) return literal('dynamic', null);
    return literal('dynamic', JSON.stringify(element));
  });
}

/** `in`, `!in`, `in~` and `!in~`: decided by the operator's own text, for the tree's names of them are misleading. */
export function parseIn(node: SyntaxNode, context: Context): Expr {
  const operator = node.need('Operator').text;
  const ignoreCase = operator.endsWith('~');
  const left = node.need('Left');
  const right = node.need('Right').list('Expressions');
  const columns = left.kind === 'StarExpression' ? (context.rel?.columns ?? []) : undefined;
  const values = columns ? columns.map(columnExpr) : [parseExpression(left, context)];
  const holds = anyOf(values.map((value) => isIn(value, right, ignoreCase, context)));
  return operator.startsWith('!') ? call('not', 'bool', holds) : holds;
}

function isIn(value: Expr, list: readonly SyntaxNode[], ignoreCase: boolean, context: Context): Expr {
  const target = value.type === 'dynamic' || ignoreCase ? 'string' : value.type === 'int' ? 'long' : value.type;
  const folded = (expr: Expr): Expr => {
    const converted = cast(expr, target);
    return ignoreCase ? call('tolower', 'string', converted) : converted;
  };
  const tests: Expr[] = [];
  const values: Expr[] = [];
  for (const item of list) {
    const table = tableIn(item);
    if (table) {
      const rel = parseTable(table, { ...context, depth: context.depth + 1 });
      if (rel.columns[0]?.type === 'dynamic') context.compilation.notes.push(ARRAYS_IN_TABLE);
      tests.push({ kind: 'in-table', type: 'bool', value: folded(value), rel, ignoreCase });
      continue;
    }
    const parsed = parseExpression(item, context);
    const elements = literalElements(parsed);
    if (elements) {
      values.push(...elements.filter((each) => each.kind !== 'literal' || each.value !== null).map(folded));
    } else if (parsed.type === 'dynamic') {
      const name = ignoreCase ? 'in-lower-texts' : 'in-texts';
      tests.push(call(name, 'bool', cast(folded(value), 'string'), parsed));
    } else {
      comparison('equal', value, parsed, item.span); // refuses what cannot be compared
      values.push(folded(parsed));
    }
  }
  if (values.length > 0) tests.unshift(call('in', 'bool', folded(value), ...values));
  return anyOf(tests);
}

/** `has_any` and `has_all`. */
export function parseHasAny(node: SyntaxNode, context: Context): Expr {
  const all = node.kind === 'HasAllExpression';
  const text = cast(parseExpression(node.need('Left'), context), 'string');
  const tests = node
    .need('Right')
    .list('Expressions')
    .flatMap((item): Expr[] => {
      const table = tableIn(item);
      if (table) {
        const rel = parseTable(table, { ...context, depth: context.depth + 1 });
        const term = rel.columns.slice(0, 1).map(columnExpr);
        return term.map((each) => ({
          kind: 'any-row',
          type: 'bool',
          rel,
          test: call('has', 'bool', text, cast(each, 'string')),
        }));
      }
      const parsed = parseExpression(item, context);
      const elements = literalElements(parsed);
      if (elements) return elements.map((each) => call('has', 'bool', text, cast(each, 'string')));
      if (parsed.type === 'dynamic') return [call(all ? 'has-all-of' : 'has-any-of', 'bool', text, parsed)];
      return [call('has', 'bool', text, cast(parsed, 'string'))];
    });
  if (!all) return anyOf(tests);
  return tests.reduce<Expr>((every, test) => call('and', 'bool', every, test), literal('bool', true));
}
