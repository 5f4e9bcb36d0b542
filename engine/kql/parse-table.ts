import { invalid, unsupported } from './error';
import type { KqlError } from './error';
import { insteadOfOperator } from './instead';
import type { SyntaxNode } from './kusto';
import { bindArguments } from './parse-call';
import { namedColumns } from './parse-columns';
import { parseExpression } from './parse-expression';
import { parseOperator } from './parse-pipe';
import { parseSearchIn } from './parse-search';
import { parseUnion } from './parse-union';
import { parseLiteral } from './literals';
import { cast, literal } from './plan';
import type { Expr, Rel, ScalarType } from './plan';
import { Scope } from './scope';
import type { Compilation, Context } from './scope';

/** Statements one after another; the value of the last that has one is the query's result. */
export function parseStatements(statements: readonly SyntaxNode[], context: Context): Rel | undefined {
  let result: Rel | undefined;
  for (const statement of statements) {
    switch (statement.kind) {
      case 'LetStatement':
        bindLet(statement, context);
        break;
      case 'ExpressionStatement': {
        if (result) throw unsupported('a second result in one text', statement.head, 'Run the queries one by one.');
        const expression = statement.need('Expression');
        result = expression.isTabular ? parseTable(expression, context) : printed([expression], expression, context);
        break;
      }
      default:
        throw unsupported(`the statement ${statement.text.split(/\s/)[0] ?? ''}`, statement.head);
    }
  }
  return result;
}

/** A table is planned when it is first read, and once; a function at each call, by the binder's own expansion. */
function bindLet(statement: SyntaxNode, context: Context): void {
  const { name } = statement.need('Name');
  const expression = statement.need('Expression');
  if (expression.kind === 'FunctionDeclaration') return;
  if (!expression.isTabular) {
    context.scope.set(name, { kind: 'scalar', value: parseExpression(expression, context), depth: context.depth });
    return;
  }
  const { compilation, depth } = context;
  const inner: Context = { compilation, depth, scope: new Scope(context.scope) };
  let planned: Rel | undefined;
  context.scope.set(name, {
    kind: 'table',
    rel: () => (planned ??= within(context.compilation, name, () => parseTable(expression, inner))),
  });
}

function within<T>(compilation: Compilation, binding: string, work: () => T): T {
  const outer = compilation.binding;
  compilation.binding = binding;
  try {
    return work();
  } finally {
    compilation.binding = outer;
  }
}

/** A tabular expression as a plan. */
export function parseTable(node: SyntaxNode, context: Context): Rel {
  const { compilation, scope, depth } = context;
  const tableContext: Context = { compilation, scope, depth };
  switch (node.kind) {
    case 'ParenthesizedExpression':
    case 'MaterializeExpression':
      return parseTable(node.need('Expression'), tableContext);
    case 'PipeExpression':
      return parseOperator(
        node.need('Operator'),
        node,
        parseTable(node.need('Expression'), tableContext),
        tableContext,
      );
    case 'NameReference':
      return parseTableName(node, tableContext);
    case 'FunctionCallExpression': {
      const body = node.calledBody();
      if (body) return expanded(node.need('Name').name, body, { ...tableContext, scope: bindArguments(node, context) });
      throw unsupported(`${node.need('Name').name}() as a table`, node.head);
    }
    case 'DataTableExpression':
      return parseDatatable(node, tableContext);
    case 'PrintOperator':
      return printed(node.list('Expressions'), node, tableContext);
    case 'RangeOperator':
      return parseRange(node, tableContext);
    case 'UnionOperator':
      return parseUnion(node, node, undefined, tableContext);
    case 'SearchOperator':
      return parseSearchIn(node, tableContext);
    default:
      throw unsupportedOperator(node);
  }
}

/** Refuses an operator by the name that it has in the text. */
export function unsupportedOperator(node: SyntaxNode): KqlError {
  const [name = node.kind] = /^[\w-]+/.exec(node.text) ?? [];
  return unsupported(`the operator ${name}`, node.head, insteadOfOperator(name));
}

function parseTableName(node: SyntaxNode, context: Context): Rel {
  const { name } = node;
  const binding = context.scope.get(name);
  if (binding?.kind === 'table') return binding.rel();
  const body = node.calledBody();
  if (body) return expanded(name, body, { ...context, scope: new Scope(context.scope) });
  const columns = context.compilation.schema.tables[name];
  if (!columns) throw invalid(`There is no table ${name}.`, node.span);
  return {
    op: 'table',
    table: name,
    columns: context.compilation.newColumns(columns),
    ordered: true,
    serialized: false,
    stage: context.compilation.stage('source', node),
  };
}

function expanded(name: string, body: SyntaxNode, context: Context): Rel {
  context.compilation.countExpansion(body);
  return within(context.compilation, name, () => {
    parseStatements(body.list('Statements'), context);
    return parseTable(body.need('Expression'), context);
  });
}

/** invoke: a function of the query's own, over the rows as its first argument. */
export function parseInvoke(operator: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation, depth } = context;
  const called = operator.need('Function');
  const body = called.calledBody();
  if (!body) throw unsupported(`the function ${called.need('Name').name}()`, called.head, insteadOfOperator('invoke'));
  const scope = bindArguments(called, { ...context, rel: undefined }, input);
  return expanded(called.need('Name').name, body, { compilation, depth, scope });
}

function parseDatatable(node: SyntaxNode, context: Context): Rel {
  const { compilation } = context;
  const columns = compilation.newColumns(node.columns);
  const values = node.list('Values');
  if (columns.length === 0 || values.length % columns.length !== 0) {
    throw invalid('A datatable needs a value for each column of each row.', node.head);
  }
  const rows: Expr[][] = [];
  for (let at = 0; at < values.length; at += columns.length) {
    rows.push(
      columns.map((column, index) => {
        const value = values[at + index];
        if (!value) return literal(column.type, null);
        const parsed = signedLiteral(value, column.type, context) ?? parseExpression(value, context);
        if (column.type === 'string' && parsed.type !== 'string') {
          throw invalid(`The column ${column.name} holds text, and this is none.`, value.span);
        }
        return cast(parsed, column.type);
      }),
    );
  }
  return { op: 'rows', rows, columns, ordered: true, serialized: false, stage: compilation.stage('datatable', node) };
}

/** -9223372036854775808 is a long here, where elsewhere 9223372036854775808 is one too many. */
function signedLiteral(node: SyntaxNode, type: ScalarType, context: Context): Expr | undefined {
  if (node.kind !== 'UnaryMinusExpression' || type !== 'long') return undefined;
  if (node.need('Expression').kind !== 'LongLiteralExpression') return undefined;
  return literal('long', parseLiteral('long', node.text, context.compilation.now));
}

function printed(expressions: readonly SyntaxNode[], node: SyntaxNode, context: Context): Rel {
  const bare = node.columns.length === 0; // an expression by itself is a query too
  const wanted = bare ? [{ name: 'print_0', type: 'dynamic' } as const] : node.columns;
  const named = namedColumns(expressions, wanted, context);
  const { values } = named;
  const columns = context.compilation.newColumns(
    named.columns.map(({ name }, index) => ({ name, type: values[index]?.type ?? 'dynamic' })),
  );
  return {
    op: 'rows',
    rows: [values],
    columns,
    ordered: true,
    serialized: true,
    stage: context.compilation.stage('print', node),
  };
}

function parseRange(node: SyntaxNode, context: Context): Rel {
  const [column] = context.compilation.newColumns(node.columns);
  if (!column) throw invalid('range needs a column.', node.head);
  const value = (name: string): Expr => parseExpression(node.need(name), context);
  const { type } = column;
  if (type === 'dynamic') throw invalid('range needs a start and an end of one type.', node.need('To').span);
  return {
    op: 'range',
    from: cast(value('From'), type),
    to: cast(value('To'), type),
    step: cast(value('Step'), type === 'datetime' ? 'timespan' : type),
    columns: [column],
    ordered: true,
    serialized: true,
    stage: context.compilation.stage('range', node),
  };
}
