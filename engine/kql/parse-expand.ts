import { invalid, unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { compute, named } from './parse-columns';
import { parseExpression } from './parse-expression';
import { settingsOf } from './parse-pipe';
import { cast, columnExpr, literal } from './plan';
import type { Column, Expr, Rel } from './plan';
import type { Context } from './scope';

/** mv-expand: a row for each element. The old spelling mvexpand makes 128 rows of one row at most. */
export function parseExpand(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  const settings = settingsOf(operator);
  const bagsAsPairs = (settings.get('kind') ?? settings.get('bagexpansion'))?.text === 'array';
  const indexName = settings.get('with_itemindex')?.text;
  const wanted = pipe.columns;
  const before = new Set(input.columns.map((column) => column.name));
  const fresh = wanted.map((column) => column.name).filter((name) => !before.has(name) && name !== indexName);
  const elements = new Map<string, Column>();
  const lists = operator.list('Expressions').map((node) => {
    const { name, value } = named(node.need('Expression'));
    const list = parseExpression(value, context);
    if (list.type !== 'dynamic') throw invalid(`mv-expand needs a dynamic value; this is a ${list.type}.`, value.span);
    const column = name ?? (value.kind === 'NameReference' ? value.name : fresh[0]);
    if (column === undefined) throw unsupported('mv-expand of this expression', node.span, 'Give it a name.');
    if (fresh.includes(column)) fresh.splice(fresh.indexOf(column), 1);
    const element: Column = { name: column, type: 'dynamic', id: compilation.newId() };
    elements.set(column, element);
    return { id: element.id, list, bagsAsPairs };
  });
  const index: Column | undefined =
    indexName === undefined ? undefined : { name: indexName, type: 'long', id: compilation.newId() };
  const rowLimit = operator.part('RowLimitClause')?.need('RowLimit');
  const old = operator.text.startsWith('mvexpand');
  const limit = rowLimit ? cast(parseExpression(rowLimit, context), 'long') : old ? literal('long', 128n) : undefined;
  const expanded: Rel = {
    op: 'expand',
    input,
    lists,
    columns: [...input.columns, ...elements.values(), ...(index ? [index] : [])],
    ordered: input.ordered,
    serialized: input.serialized,
    ...(index ? { indexId: index.id } : {}),
    ...(limit ? { limit } : {}),
  };
  const values = wanted.map((column): Expr => {
    const element = elements.get(column.name);
    if (element) return cast(columnExpr(element), column.type);
    const kept = column.name === indexName ? index : input.columns.find((each) => each.name === column.name);
    if (!kept) throw unsupported('this form of mv-expand', operator.head);
    return columnExpr(kept);
  });
  return compute('mv-expand', operator, expanded, wanted, values, context);
}
