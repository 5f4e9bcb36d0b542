import { unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { compute, named } from './parse-columns';
import { parseExpression } from './parse-expression';
import { comparison } from './parse-operators';
import { rowsOf, settingsOf } from './parse-pipe';
import { call, cast, columnExpr, literal } from './plan';
import type { Column, Expr, Rel, ScalarType } from './plan';
import type { Context } from './scope';

/**
 * make-series: rows are counted into bins of `step` from `from` up to `to` (which is not in it), and each group becomes
 * one row of arrays, a bin without rows holding the default. A group without rows in the range makes no row.
 */
export function parseSeries(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  const axisNode = named(operator.need('OnClause').need('Expression')).value;
  const axis = parseExpression(axisNode, context);
  const range = rangeOf(operator, axis.type, context);
  const { from, to, step } = range;
  const number = { datetime: 'long', timespan: 'long', long: 'long', int: 'long', real: 'real' } as const;
  const kind = axis.type in number ? number[axis.type as keyof typeof number] : undefined; // `in` has just said so
  if (!kind) throw unsupported(`make-series on a ${axis.type}`, axisNode.span);

  const inRange: Rel = {
    ...rowsOf(input),
    op: 'filter',
    input,
    condition: call(
      'and',
      'bool',
      comparison('greater-equal', axis, from, axisNode.span),
      comparison('less', axis, to, axisNode.span),
    ),
  };
  const keys = (operator.part('ByClause')?.list('Expressions') ?? []).map((node) =>
    parseExpression(named(node).value, context),
  );
  const place = call(`series-place-${kind}`, 'long', cast(axis, kind), cast(from, kind), cast(step, kind));
  const series = operator.list('Aggregates').map((node) => {
    const value = parseExpression(named(node.need('Expression')).value, { ...context, aggregates: true });
    const written = node.part('DefaultExpression')?.need('Expression');
    const fill = written ? parseExpression(written, context) : literal('long', 0n);
    return { value, fill: cast(cast(fill, value.type), 'dynamic') };
  });
  const wanted = pipe.columns;
  if (wanted.length !== keys.length + series.length + 1) throw unsupported('this form of make-series', operator.head);

  const column = (type: ScalarType): Column => ({ name: '', type, id: compilation.newId() });
  const keyColumns = keys.map((key) => column(key.type));
  const placeColumn = column('long');
  const valueColumns = series.map(({ value }) => column(value.type));
  const binned: Rel = {
    op: 'summarize',
    input: inRange,
    keys: [...keys, place],
    aggregates: series.map(({ value }) => value),
    picks: [],
    columns: [...keyColumns, placeColumn, ...valueColumns],
    ordered: false,
    serialized: false,
  };
  const length = call(`series-length-${kind}`, 'long', cast(from, kind), cast(to, kind), cast(step, kind));
  const groupColumns = keyColumns.map(({ type }) => column(type));
  const arrayColumns = series.map(() => column('dynamic'));
  const gathered: Rel = {
    op: 'summarize',
    input: binned,
    keys: keyColumns.map(columnExpr),
    aggregates: series.map(({ fill }, index): Expr => {
      const value = valueColumns[index];
      const values = value ? cast(columnExpr(value), 'dynamic') : fill;
      return {
        kind: 'aggregate',
        name: 'series',
        type: 'dynamic',
        args: [columnExpr(placeColumn), values, length, fill],
      };
    }),
    picks: [],
    columns: [...groupColumns, ...arrayColumns],
    ordered: false,
    serialized: false,
  };
  // a grouping of no rows without keys would still make one
  const nonEmpty = settingsOf(operator).get('kind')?.text === 'nonempty';
  const some: Rel =
    keys.length > 0 || nonEmpty
      ? gathered
      : { ...rowsOf(gathered), op: 'filter', input: gathered, condition: any(arrayColumns) };
  const axisType = axis.type === 'int' ? 'long' : axis.type;
  const axisValues = call(`series-axis-${axisType}`, 'dynamic', cast(from, axisType), step, length);
  const arrays = arrayColumns.map((array, index): Expr => {
    const fill = series[index]?.fill;
    if (!nonEmpty || !fill) return columnExpr(array);
    return call('coalesce', 'dynamic', columnExpr(array), call('repeat', 'dynamic', fill, length));
  });
  const values = [...groupColumns.map(columnExpr), ...arrays, axisValues];
  return compute('make-series', operator, some, wanted, values, context);
}

function any(arrays: readonly Column[]): Expr {
  const [first] = arrays;
  return first ? call('isnotnull', 'bool', columnExpr(first)) : literal('bool', true);
}

function rangeOf(operator: SyntaxNode, axis: ScalarType, context: Context): { from: Expr; to: Expr; step: Expr } {
  const clause = operator.need('RangeClause');
  const end = (name: string): Expr => {
    const part = clause.part(name);
    if (!part) throw unsupported('make-series without from, to and step', operator.head, 'Write all three.');
    return parseExpression(part.need('Expression'), context);
  };
  const [from, to, step] = [end('MakeSeriesFromClause'), end('MakeSeriesToClause'), end('MakeSeriesStepClause')];
  return {
    from: cast(from, axis),
    to: cast(to, axis),
    step: axis === 'datetime' ? cast(step, 'timespan') : cast(step, axis),
  };
}
