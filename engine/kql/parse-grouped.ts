import { unsupported } from './error';
import { typeNamed } from './kusto';
import type { SyntaxNode } from './kusto';
import { compute, named } from './parse-columns';
import { parseExpression } from './parse-expression';
import { parseOperator, settingsOf } from './parse-pipe';
import { perGroup } from './passes/per-group';
import { cast, columnExpr, literal } from './plan';
import type { Column, Expr, NamedType, Rel } from './plan';
import type { Context } from './scope';

/** The operators in the brackets of mv-apply and partition, over these rows. */
function parseOver(node: SyntaxNode, rows: Rel, context: Context): Rel {
  if (node.kind !== 'PipeExpression') return parseOperator(node, node, rows, context);
  return parseOperator(node.need('Operator'), node, parseOver(node.need('Expression'), rows, context), context);
}

function withColumns(input: Rel, columns: readonly Column[], values: readonly Expr[]): Rel {
  const { ordered, serialized } = input;
  return { op: 'compute', input, columns, values, ordered, serialized };
}

/** partition by a column: the operators run over the rows of each value by themselves. */
export function parsePartition(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  const operand = operator.need('Operand');
  if (operand.kind !== 'PartitionSubquery') {
    throw unsupported('partition with braces', operand.span, 'Write the operators in round brackets.');
  }
  const by = parseExpression(operator.need('ByExpression'), { ...context, rel: input });
  const key: Column = { name: '', type: by.type, id: compilation.newId() };
  const rows = withColumns(input, [...input.columns, key], [...input.columns.map(columnExpr), by]);
  const inner = parseOver(operand.need('Subquery'), rows, context);
  const { rel } = perGroup(inner, rows, key, () => compilation.newId(), operand.span);
  const wanted = pipe.columns;
  const values = wanted.map((column) => valueOf(column, [rel], operator));
  return compute('partition', operator, rel, wanted, values, context);
}

/** mv-apply: the elements of each row are a table of its own for the operators; the row stands beside what they give. */
export function parseApply(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  const here: Context = { ...context, rel: input };
  const indexName = settingsOf(operator).get('with_itemindex')?.name;
  const numbered = numberedRows(input, context);
  const [rowNumber] = numbered.columns.slice(-1);
  const lists = operator.list('Expressions').map((node) => {
    const { name, value } = named(node.need('Expression'));
    const column = name ?? (value.kind === 'NameReference' ? value.name : undefined);
    if (column === undefined) throw unsupported('mv-apply of this expression', node.span, 'Give it a name.');
    const types = node.part('ToTypeOf')?.text.match(/typeof\s*\(\s*(\w+)/)?.[1];
    return {
      column,
      type: typeNamed(types ?? '') ?? 'dynamic',
      id: compilation.newId(),
      list: parseExpression(value, here),
    };
  });
  const index: Column[] = indexName === undefined ? [] : [{ name: indexName, type: 'long', id: compilation.newId() }];
  const limit = operator.part('RowLimitClause')?.children.at(-1);
  const elements = lists.map(({ column, id }): Column => ({ name: column, type: 'dynamic', id }));
  const expanded: Rel = {
    op: 'expand',
    input: numbered,
    lists: lists.map(({ id, list }) => ({ id, list: cast(list, 'dynamic'), bagsAsPairs: false })),
    columns: [...numbered.columns, ...elements, ...index],
    ordered: true,
    serialized: true,
    ...(index[0] ? { indexId: index[0].id } : {}),
    ...(limit ? { limit: cast(parseExpression(limit, context), 'long') } : {}),
  };
  const replaced = new Set([...lists.map(({ column }) => column), ...index.map(({ name }) => name)]);
  const kept = numbered.columns.filter(({ name }) => !replaced.has(name));
  const typed = lists.map(({ column, type }): Column => ({ name: column, type, id: compilation.newId() }));
  const rows = withColumns(
    expanded,
    [...kept, ...typed, ...index],
    [
      ...kept.map(columnExpr),
      ...elements.map((element, place) => cast(columnExpr(element), typed[place]?.type ?? 'dynamic')),
      ...index.map(columnExpr),
    ],
  );
  const subquery = operator.need('Subquery');
  const inner = parseOver(subquery.need('Expression'), rows, context);
  if (!rowNumber) throw unsupported('this form of mv-apply', operator.head);
  const grouped = perGroup(inner, rows, rowNumber, () => compilation.newId(), subquery.span);
  const right = compilation.renumbered(grouped.rel);
  const rightKey = right.columns[grouped.rel.columns.indexOf(grouped.key)];
  if (!rightKey) throw unsupported('this form of mv-apply', operator.head);
  const joined: Rel = {
    op: 'join',
    kind: 'inner',
    left: numbered,
    right,
    on: [{ left: columnExpr(rowNumber), right: columnExpr(rightKey) }],
    columns: [...numbered.columns, ...right.columns],
    values: [...numbered.columns, ...right.columns].map(columnExpr),
    ordered: false,
    serialized: false,
  };
  const wanted = pipe.columns;
  const values = wanted.map((column) => valueOf(column, [right, numbered], operator));
  return compute('mv-apply', operator, joined, wanted, values, context);
}

function valueOf({ name }: NamedType, rels: readonly Rel[], operator: SyntaxNode): Expr {
  for (const rel of rels) {
    const column = rel.columns.find((each) => each.name === name);
    if (column) return columnExpr(column);
  }
  throw unsupported('this form of the operator', operator.head);
}

/** The rows with their number as a last column without a name. */
function numberedRows(input: Rel, { compilation }: Context): Rel {
  const { columns } = input;
  const ordered: Rel = { op: 'serialize', input, columns, ordered: true, serialized: true };
  const place: Column = { name: '', type: 'long', id: compilation.newId() };
  const number: Expr = { kind: 'window', name: 'row_number', type: 'long', args: [literal('long', 1n)] };
  return withColumns(ordered, [...columns, place], [...columns.map(columnExpr), number]);
}
