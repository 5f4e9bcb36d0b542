import { unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { compute, named } from './parse-columns';
import { parseExpression } from './parse-expression';
import { summarized } from './parse-summarize';
import { cast, columnExpr } from './plan';
import type { Column, Expr, Rel } from './plan';
import type { Context } from './scope';

/** top-nested: the top values of the first expression, within each those of the second, and so on. */
export function parseTopNested(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  const here: Context = { ...context, rel: input };
  const wanted = pipe.columns;
  const keys: Expr[] = [];
  let result: { rel: Rel; keys: readonly Column[]; shown: readonly Column[] } | undefined;
  for (const clause of operator.list('Clauses')) {
    const others = clause.part('WithOthersClause');
    if (others) throw unsupported('top-nested with others', others.span, 'Leave it out.');
    keys.push(parseExpression(named(clause.need('OfExpression')).value, here));
    const by = clause.need('ByExpression');
    const ordered = by.kind === 'OrderedExpression';
    const value = parseExpression(named(ordered ? by.need('Expression') : by).value, { ...here, aggregates: true });
    const ascending = ordered && /\basc\b/.test(by.part('Ordering')?.text ?? '');
    const keyColumns = keys.map((key): Column => ({ name: '', type: key.type, id: compilation.newId() }));
    const valueColumn: Column = { name: '', type: value.type, id: compilation.newId() };
    const grouped = summarized(
      {
        op: 'summarize',
        input,
        keys: [...keys],
        aggregates: [value],
        picks: [],
        columns: [...keyColumns, valueColumn],
        ordered: false,
        serialized: false,
      },
      compilation,
    );
    const count = clause.part('Expression');
    const outer = keyColumns.slice(0, -1);
    const base = { op: 'sort', input: grouped, columns: grouped.columns, ordered: true, serialized: true } as const;
    const sortKeys = [{ value: columnExpr(valueColumn), descending: !ascending, nullsFirst: false }];
    const top: Rel = count
      ? {
          ...base,
          keys: sortKeys,
          limit: cast(parseExpression(count, context), 'long'),
          ...(outer.length > 0 ? { per: outer.map(columnExpr) } : {}),
        }
      : grouped;
    const own = [...keyColumns.slice(-1), valueColumn];
    if (result) {
      const columns = [...result.shown, ...top.columns];
      const before = result;
      const joined: Rel = {
        op: 'join',
        kind: 'inner',
        left: result.rel,
        right: top,
        on: result.keys.map((key, index) => ({ left: columnExpr(key), right: columnExpr(keyColumns[index] ?? key) })),
        columns,
        values: columns.map(columnExpr),
        ordered: false,
        serialized: false,
      };
      result = { rel: joined, keys: keyColumns, shown: [...before.shown, ...own] };
    } else {
      result = { rel: top, keys: keyColumns, shown: own };
    }
  }
  if (!result || result.shown.length !== wanted.length) throw unsupported('this form of top-nested', operator.head);
  return compute('top-nested', operator, result.rel, wanted, result.shown.map(columnExpr), context);
}

/** top-hitters: the values that come most often, or with the greatest sum. Kusto estimates them; here they are exact. */
export function parseTopHitters(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  const [name, measureName] = pipe.columns.map((column) => column.name);
  const value = parseExpression(named(operator.need('OfExpression')).value, context);
  const by = operator.part('ByClause')?.need('Expression');
  const measured = by ? [parseExpression(named(by).value, context)] : [];
  const [summed] = measured;
  const type = summed?.type === 'int' ? 'long' : (summed?.type ?? 'long');
  const measure: Column = { name: measureName ?? '', type, id: compilation.newId() };
  const columns = [{ name: name ?? '', type: value.type, id: compilation.newId() }, measure];
  const grouped: Rel = {
    op: 'summarize',
    input,
    keys: [value],
    aggregates: [
      { kind: 'aggregate', name: summed ? 'sum' : 'count', type, args: measured.map((each) => cast(each, type)) },
    ],
    picks: [],
    columns,
    ordered: false,
    serialized: false,
  };
  return {
    op: 'sort',
    input: grouped,
    keys: [{ value: columnExpr(measure), descending: true, nullsFirst: false }],
    limit: cast(parseExpression(operator.need('Expression'), context), 'long'),
    columns,
    ordered: true,
    serialized: true,
    stage: compilation.stage('top-hitters', operator, 'top-hitters is exact here; Kusto estimates it.'),
  };
}
