import { invalid, unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { rowsOf } from './parse-pipe';
import { columnsOf, namesOf } from './parse-tuples';
import type { Named } from './parse-tuples';
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
  const expressions = operator.list('Expressions').map(namesOf);
  const given = new Set(expressions.flatMap(({ names }) => [...names]));
  const left = new Set(expressions.flatMap(leftOut));
  const unnamed = wanted
    .map((column) => column.name)
    .filter((name) => !before.has(name) && !given.has(name) && !left.has(name));
  const computed = new Map<string, Expr>();
  for (const { names, value } of expressions) {
    if (names.length === 0 && value.kind === 'NameReference' && before.has(value.name)) continue;
    const parts = columnsOf(value, context);
    const own = names.length > 0 ? names : parts.length === 1 ? [binnedColumn(value) ?? unnamed.shift()] : undefined;
    for (const [index, part] of (own ? parts.slice(0, own.length) : parts).entries()) {
      const column = own ? own[index] : unnamed.shift();
      if (column === undefined) throw unsupported('a column without a name here', value.span, 'Give it a name.');
      computed.set(column, part);
    }
  }
  const kept = wanted.filter(({ name }) => before.has(name) || computed.has(name));
  const values = kept.map((column) => computed.get(column.name) ?? inputColumn(input, column.name, operator));
  const word = operator.kind === 'SerializeOperator' ? 'serialize' : 'extend';
  return compute(word, operator, input, kept, values, context);
}

/** Of a function that gives several columns, those that the names in the query leave out: the binder has them all the same. */
function leftOut({ names, value }: Named): string[] {
  const all = value.columns;
  return names.length > 0 && all.length > 1 ? all.slice(names.length).map(({ name }) => name) : [];
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

/** The columns of a project or print, with the names that the binder has for those that the query does not name. */
export function namedColumns(
  nodes: readonly SyntaxNode[],
  wanted: readonly NamedType[],
  context: Context,
): { columns: NamedType[]; values: Expr[] } {
  const left = [...wanted];
  const columns: NamedType[] = [];
  const values: Expr[] = [];
  for (const expression of nodes.map(namesOf)) {
    const parts = columnsOf(expression.value, context);
    const own = left.splice(0, parts.length);
    const kept = expression.names.length > 0 ? parts.slice(0, expression.names.length) : parts;
    for (const [index, part] of kept.entries()) {
      const column = own[index];
      if (!column) throw unsupported('an expression of several columns', expression.value.span);
      columns.push(column);
      values.push(part);
    }
  }
  return { columns, values };
}

/** project and its relatives. */
export function parseColumns(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const wanted = pipe.columns;
  const word = WORDS[operator.kind] ?? 'project';
  const finish = (columns: readonly NamedType[], values: readonly Expr[]): Rel =>
    compute(word, operator, input, columns, values, context);
  if (operator.kind === 'ProjectOperator') {
    const { columns, values } = namedColumns(operator.list('Expressions'), wanted, context);
    const typed = values.map((value, index) => {
      const type = columns[index]?.type;
      return type !== undefined && type !== 'dynamic' ? cast(value, type) : value;
    });
    return finish(columns, typed);
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
