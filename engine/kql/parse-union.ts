import type { SyntaxNode } from './kusto';
import { invalid } from './error';
import { isNumeric } from './parse-operators';
import { settingsOf } from './parse-pipe';
import { parseTable } from './parse-table';
import { cast, columnExpr, literal, nothing } from './plan';
import type { Expr, NamedType, Rel } from './plan';
import type { Context } from './scope';

/** union: rows of all branches; a column that a branch lacks is nothing there. */
export function parseUnion(operator: SyntaxNode, node: SyntaxNode, piped: Rel | undefined, context: Context): Rel {
  const branches: { input: Rel; name: string }[] = piped ? [{ input: piped, name: pipedName(node, context) }] : [];
  for (const expression of operator.list('Expressions')) {
    const name = tableName(expression, context) ?? `union_arg${branches.length}`;
    branches.push({ input: parseTable(expression, context), name });
  }
  const settings = settingsOf(operator);
  const source = (settings.get('withsource') ?? settings.get('with_source'))?.text;
  const columns = context.compilation.newColumns(node.columns);
  if (columns.length === 0) throw invalid('union needs tables.', operator.head);
  return {
    op: 'union',
    branches: branches.map(({ input, name }) => ({
      input,
      values: columns.map((column) =>
        column.name === source ? literal('string', name) : branchValue(input, column, piped !== undefined),
      ),
    })),
    columns,
    ordered: false,
    serialized: false,
    stage: context.compilation.stage('union', operator),
  };
}

function pipedName(pipe: SyntaxNode, context: Context): string {
  const input = pipe.part('Expression');
  return (input && tableName(input, context)) ?? 'union_arg0';
}

/** What a table is called in the column of withsource=: by `as`, or where it is no let statement by its own name. */
function tableName(node: SyntaxNode, context: Context): string | undefined {
  if (node.kind === 'ParenthesizedExpression') return tableName(node.need('Expression'), context);
  if (node.kind === 'NameReference') return context.scope.get(node.name) ? undefined : node.name;
  const operator = node.kind === 'PipeExpression' ? node.need('Operator') : undefined;
  return operator?.kind === 'AsOperator' ? operator.need('Name').name : undefined;
}

/** Columns of one name and several types become `name_type` each. */
function branchValue(input: Rel, wanted: NamedType, piped: boolean): Expr {
  const same = input.columns.find((column) => column.name === wanted.name && column.type === wanted.type);
  if (same) return columnExpr(same);
  const [, base, type] = /^(.*)_([a-z]+)$/.exec(wanted.name) ?? [];
  const typed = input.columns.find(
    (column) => column.name === base && column.type === wanted.type && type === column.type,
  );
  if (typed) return columnExpr(typed);
  const numeric = input.columns.find((column) => column.name === wanted.name && isNumeric(column.type));
  if (numeric && isNumeric(wanted.type) && !piped) return cast(columnExpr(numeric), wanted.type);
  return nothing(wanted.type);
}
