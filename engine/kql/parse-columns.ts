import { invalid, unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { parseExpression } from './parse-expression';
import { rowsOf } from './parse-pipe';
import { cast, columnExpr } from './plan';
import type { Column, Expr, NamedType, Rel } from './plan';
import type { Context } from './scope';

/** The expression and the name that the query gives it, if any. */
export function named(node: SyntaxNode): { name: string | undefined; value: SyntaxNode } {
  if (node.kind === 'CompoundNamedExpression') throw unsupported('several names for one expression', node.span);
  if (node.kind !== 'SimpleNamedExpression') return { name: undefined, value: node };
  return { name: node.need('Name').name, value: node.need('Expression') };
}

/** A compute node; a value that is a column of the input, under its own name, keeps its number. */
export function compute(
  operator: string,
  node: SyntaxNode,
  input: Rel,
  wanted: readonly NamedType[],
  values: readonly Expr[],
  context: Context,
): Rel {
  const taken = new Set<number>();
  const columns: Column[] = wanted.map(({ name, type }, index) => {
    const value = values[index];
    const kept = value?.kind === 'column' ? input.columns.find((column) => column.id === value.id) : undefined;
    if (kept && kept.name === name && !taken.has(kept.id)) {
      taken.add(kept.id);
      return kept;
    }
    return { name, type: value?.type ?? type, id: context.compilation.newId() };
  });
  return {
    ...rowsOf(input),
    op: 'compute',
    input,
    columns,
    values,
    stage: context.compilation.stage(operator, node),
  };
}

/** extend, and serialize with columns: what the query names is computed, everything else is kept. */
export function parseExtend(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const wanted = pipe.columns;
  const before = new Set(input.columns.map((column) => column.name));
  const expressions = operator.list('Expressions').map(named);
  const given = new Set(expressions.map(({ name }) => name));
  const unnamed = wanted.map((column) => column.name).filter((name) => !before.has(name) && !given.has(name));
  const computed = new Map<string, Expr>();
  for (const { name, value } of expressions) {
    if (name === undefined && value.kind === 'NameReference') continue;
    const column = name ?? binnedColumn(value) ?? unnamed.shift();
    if (column === undefined) throw unsupported('a column without a name here', value.span, 'Give it a name.');
    computed.set(column, parseExpression(value, context));
  }
  const values = wanted.map((column) => computed.get(column.name) ?? inputColumn(input, column.name, operator));
  const word = operator.kind === 'SerializeOperator' ? 'serialize' : 'extend';
  return compute(word, operator, input, wanted, values, context);
}

/** `extend bin(t, 1h)` replaces t. */
function binnedColumn(node: SyntaxNode): string | undefined {
  if (node.kind !== 'FunctionCallExpression' || !/^(bin|floor)$/.test(node.need('Name').name)) return undefined;
  const [first] = node.need('ArgumentList').list('Expressions');
  return first?.kind === 'NameReference' ? first.name : undefined;
}

function inputColumn(input: Rel, name: string, node: SyntaxNode): Expr {
  const column = input.columns.find((candidate) => candidate.name === name);
  if (!column) throw invalid(`There is no column ${name} here.`, node.span);
  return columnExpr(column);
}

const WORDS: Readonly<Record<string, string>> = {
  ProjectOperator: 'project',
  ProjectAwayOperator: 'project-away',
  ProjectKeepOperator: 'project-keep',
  ProjectReorderOperator: 'project-reorder',
  ProjectRenameOperator: 'project-rename',
};

/** project and its relatives. */
export function parseColumns(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const wanted = pipe.columns;
  const word = WORDS[operator.kind] ?? 'project';
  const finish = (columns: readonly NamedType[], values: readonly Expr[]): Rel =>
    compute(word, operator, input, columns, values, context);
  if (operator.kind === 'ProjectOperator') {
    const expressions = operator.list('Expressions').map(named);
    if (expressions.length !== wanted.length) throw unsupported('an expression of several columns', operator.head);
    const values = expressions.map(({ value }, index) => {
      const parsed = parseExpression(value, context);
      const type = wanted[index]?.type;
      return type !== undefined && type !== 'dynamic' ? cast(parsed, type) : parsed;
    });
    return finish(wanted, values);
  }
  if (operator.kind === 'ProjectRenameOperator') {
    const renamed = new Map<string, string>();
    for (const expression of operator.list('Expressions')) {
      const { name, value } = named(expression);
      if (name !== undefined) renamed.set(value.name, name);
    }
    const columns = input.columns.map((column) => ({ ...column, name: renamed.get(column.name) ?? column.name }));
    return finish(columns, input.columns.map(columnExpr));
  }
  return finish(
    wanted,
    wanted.map((column) => inputColumn(input, column.name, operator)),
  );
}
