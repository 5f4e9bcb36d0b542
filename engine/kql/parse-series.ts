import { unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { compute, named } from './parse-columns';
import { parseExpression } from './parse-expression';
import { comparison } from './parse-operators';
import { rowsOf, settingsOf } from './parse-pipe';
import { summarized } from './parse-summarize';
import { call, cast, columnExpr, literal } from './plan';
import type { Column, Expr, Rel, ScalarType } from './plan';
import type { Context } from './scope';

/**
 * make-series: rows are counted into bins of `step` from `from` up to `to` (which is not in it), and each group becomes
 * one row of arrays, a bin without rows holding the default. A group without rows in the range makes no row. Without
 * `from` a series begins with its own first bin that has rows, without `to` it ends with its last.
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

  const bounds = [
    call('isnotnull', 'bool', axis),
    ...(from ? [comparison('greater-equal', axis, from, axisNode.span)] : []),
    ...(to ? [comparison(range.inclusive ? 'less-equal' : 'less', axis, to, axisNode.span)] : []),
  ];
  const condition = bounds.reduce((all, each) => call('and', 'bool', all, each));
  const inRange: Rel = { ...rowsOf(input), op: 'filter', input, condition };
  const keys = (operator.part('ByClause')?.list('Expressions') ?? []).map((node) =>
    parseExpression(named(node).value, context),
  );
  // bins are counted from `from`, and where it is open from zero
  const origin = from && !range.inclusive ? from : literal(axis.type, kind === 'real' ? 0 : 0n);
  const placeOf = (value: Expr): Expr =>
    call(`series-place-${kind}`, 'long', cast(value, kind), cast(origin, kind), cast(step, kind));
  const place = placeOf(axis);
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
  const binned = summarized(
    {
      op: 'summarize',
      input: inRange,
      keys: [...keys, place],
      aggregates: series.map(({ value }) => value),
      picks: [],
      columns: [...keyColumns, placeColumn, ...valueColumns],
      ordered: false,
      serialized: false,
    },
    compilation,
  );
  const ends = (name: 'min' | 'max'): Expr => {
    return { kind: 'aggregate', name, type: 'long', args: [columnExpr(placeColumn)] };
  };
  const first = from ? placeOf(from) : ends('min');
  const startOf = (at: Expr): Expr => {
    const offset = call('multiply', step.type, step, cast(at, step.type === 'timespan' ? 'long' : step.type));
    return axis.type === 'datetime'
      ? call('shift-datetime', 'datetime', origin, offset)
      : call('add', axis.type, origin, cast(offset, axis.type));
  };
  // the bins end before `to`, or with the one that holds it or the last row
  const length =
    to && !range.inclusive
      ? call(
          'series-count',
          'long',
          first,
          call(`series-end-${kind}`, 'long', cast(origin, kind), cast(to, kind), cast(step, kind)),
        )
      : call('series-count-through', 'long', first, to ? placeOf(to) : ends('max'));
  const groupColumns = keyColumns.map(({ type }) => column(type));
  const arrayColumns = series.map(() => column('dynamic'));
  const firstColumn = column('long');
  const lengthColumn = column('long');
  const gathered: Rel = {
    op: 'summarize',
    input: binned,
    keys: keyColumns.map(columnExpr),
    aggregates: [
      ...series.map(({ fill }, index): Expr => {
        const value = valueColumns[index];
        const values = value ? cast(columnExpr(value), 'dynamic') : fill;
        const args = [columnExpr(placeColumn), values, first, length, fill];
        return { kind: 'aggregate', name: 'series', type: 'dynamic', args };
      }),
      first,
      length,
    ],
    picks: [],
    columns: [...groupColumns, ...arrayColumns, firstColumn, lengthColumn],
    ordered: false,
    serialized: false,
  };
  // a grouping of no rows without keys would still make one
  const nonEmpty = settingsOf(operator).get('kind')?.text === 'nonempty' && from !== undefined && to !== undefined;
  const some: Rel =
    keys.length > 0 || nonEmpty
      ? gathered
      : { ...rowsOf(gathered), op: 'filter', input: gathered, condition: any(arrayColumns) };
  const axisType = axis.type === 'int' ? 'long' : axis.type;
  const start = startOf(from ? first : columnExpr(firstColumn));
  const count = from && to ? length : columnExpr(lengthColumn);
  const axisValues = call(`series-axis-${axisType}`, 'dynamic', cast(start, axisType), step, count);
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

interface Range {
  readonly from: Expr | undefined;
  readonly to: Expr | undefined;
  readonly step: Expr;
  /** `in range(a, b, step)`: b belongs to it, and bins are counted from zero. */
  readonly inclusive: boolean;
}

function rangeOf(operator: SyntaxNode, axis: ScalarType, context: Context): Range {
  const clause = operator.need('RangeClause');
  const listed = clause
    .part('Arguments')
    ?.list('Expressions')
    .map((node) => parseExpression(node, context));
  const end = (name: string): Expr | undefined => {
    const part = clause.part(name);
    return part && parseExpression(part.need('Expression'), context);
  };
  const [from, to, step] = listed ?? [
    end('MakeSeriesFromClause'),
    end('MakeSeriesToClause'),
    end('MakeSeriesStepClause'),
  ];
  if (!step) throw unsupported('make-series without step', operator.head, 'Write step and the size of a bin.');
  return {
    from: from && cast(from, axis),
    to: to && cast(to, axis),
    step: axis === 'datetime' ? cast(step, 'timespan') : cast(step, axis),
    inclusive: listed !== undefined,
  };
}
