import { unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { compute } from './parse-columns';
import { calledName, parseExpression } from './parse-expression';
import { rowsOf, settingsOf } from './parse-pipe';
import { parseTable } from './parse-table';
import { call, cast, columnExpr, literal } from './plan';
import type { Column, Expr, Rel } from './plan';
import type { Context } from './scope';

/** search: a term that stands alone is looked for in every column of text. The result starts with the column `$table`. */
export function parseSearch(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const caseSensitive = settingsOf(operator).get('kind')?.text === 'case_sensitive';
  const condition = cast(searched(operator.need('Condition'), caseSensitive, context), 'bool');
  const matching: Rel = { ...rowsOf(input), op: 'filter', input, condition };
  const wanted = pipe.columns;
  const source = input.op === 'table' ? input.table : 'search_arg0';
  const values = wanted.map((column) => {
    const kept = input.columns.find((each) => each.name === column.name);
    return kept ? columnExpr(kept) : literal('string', source);
  });
  return compute('search', operator, matching, wanted, values, context);
}

/** `search in (T)`: a search that begins a query. */
export function parseSearchIn(operator: SyntaxNode, context: Context): Rel {
  const [table, another] = operator.part('InClause')?.list('Expressions') ?? [];
  if (!table || another || table.text === '*')
    throw unsupported('search over several tables', operator.head, 'Name one, as in search in (ZPAEvent) "x".');
  const input = parseTable(table, context);
  return parseSearch(operator, operator, input, { ...context, rel: input });
}

function searched(node: SyntaxNode, caseSensitive: boolean, context: Context): Expr {
  const again = (inner: SyntaxNode): Expr => cast(searched(inner, caseSensitive, context), 'bool');
  switch (node.kind) {
    case 'ParenthesizedExpression':
      return again(node.need('Expression'));
    case 'AndExpression':
    case 'OrExpression':
      return call(
        node.kind === 'AndExpression' ? 'and' : 'or',
        'bool',
        again(node.need('Left')),
        again(node.need('Right')),
      );
    case 'StringLiteralExpression':
    case 'LongLiteralExpression':
    case 'RealLiteralExpression':
      return anywhere(node.stringValue ?? node.text, caseSensitive, context);
    case 'SearchExpression': {
      const { name } = node.need('Left');
      const column = context.rel?.columns.filter((each) => each.name === name) ?? [];
      const right = node.need('Right');
      return anywhere(right.stringValue ?? right.text, caseSensitive, context, column);
    }
    case 'FunctionCallExpression': {
      const [inner] = node.need('ArgumentList').list('Expressions');
      if (calledName(node) === 'not' && inner) return call('not', 'bool', again(inner));
      return parseExpression(node, context);
    }
    default:
      return parseExpression(node, context);
  }
}

/** The term in any column of text; a star at its start or end frees that end, one within it stands for anything. */
function anywhere(term: string, caseSensitive: boolean, context: Context, named?: readonly Column[]): Expr {
  const texts =
    named ?? (context.rel?.columns ?? []).filter((column) => column.type === 'string' || column.type === 'dynamic');
  const cs = caseSensitive ? '_cs' : '';
  const bare = term.replace(/^\*|\*$/g, '');
  const [free, open] = [term.startsWith('*'), term.length > 1 && term.endsWith('*')];
  const name = free && open ? 'contains' : free ? 'hassuffix' : open ? 'hasprefix' : 'has';
  const tests = texts.map((column) => {
    const text = cast(columnExpr(column), 'string');
    if (bare === '') return literal('bool', true);
    if (!bare.includes('*')) return call(`${name}${cs}`, 'bool', text, literal('string', bare));
    const pattern = bare
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
      .join('.*');
    return call(caseSensitive ? 'matches-regex' : 'matches-any-case', 'bool', text, literal('string', pattern));
  });
  return tests.length === 0 ? literal('bool', false) : tests.reduce((left, right) => call('or', 'bool', left, right));
}
