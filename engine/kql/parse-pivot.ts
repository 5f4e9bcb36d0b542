import { invalid, unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { isAggregate } from './parse-call';
import { calledName, parseExpression } from './parse-expression';
import { summarized } from './parse-summarize';
import { call, cast, columnExpr, literal } from './plan';
import type { Column, Expr, NamedType, Rel } from './plan';
import type { Context } from './scope';

/** What a call of pivot() asks for. */
interface Pivoting {
  /** Each of its values becomes a column. */
  readonly by: SyntaxNode;
  /** What stands in the cells; count() where it is not written. */
  readonly aggregate: SyntaxNode | undefined;
  /** The columns that are kept, each set of their values a row. */
  readonly keys: readonly NamedType[];
}

/** What an `evaluate pivot()` over these columns asks for. Throws KqlError where it cannot be. */
export function pivotingOf(operator: SyntaxNode, input: readonly NamedType[]): Pivoting {
  const plugin = operator.need('FunctionCall');
  const [by, ...others] = plugin.need('ArgumentList').list('Expressions');
  if (by?.kind !== 'NameReference') throw invalid('pivot() needs a column.', plugin.head);
  const [second] = others;
  const aggregate = second?.kind === 'FunctionCallExpression' ? second : undefined;
  if (aggregate && !isAggregate(calledName(aggregate))) {
    throw invalid(`${calledName(aggregate)}() is no aggregate that pivot() could use.`, aggregate.head);
  }
  const named = (aggregate ? others.slice(1) : others).map((node) => {
    const column = input.find(({ name }) => name === node.name);
    if (!column) throw invalid(`There is no column ${node.text} here.`, node.span);
    return column;
  });
  const used = new Set([
    by.name,
    ...(aggregate?.need('ArgumentList').list('Expressions') ?? []).map(({ name }) => name),
  ]);
  return { by, aggregate, keys: named.length > 0 ? named : input.filter(({ name }) => !used.has(name)) };
}

/** evaluate pivot(): a column for each value. Which, must be written, or is found before; see unpack.ts. */
export function parsePivot(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  if (!operator.part('Schema')) {
    const instead = 'Write them, as in evaluate pivot(State) : (User:string, open:long, close:long).';
    throw unsupported('the plugin pivot() without its columns here', operator.head, instead);
  }
  const { by, aggregate, keys } = pivotingOf(operator, input.columns);
  const value = cast(parseExpression(by, context), 'string');
  const kept = new Set(keys.map(({ name }) => name));
  const wanted = pipe.columns;
  const cells = wanted.filter(({ name }) => !kept.has(name));
  const keyColumns = input.columns.filter(({ name }) => kept.has(name));
  if (aggregate && /^(take_any|any|arg_)/.test(calledName(aggregate))) {
    throw unsupported(`pivot() with ${calledName(aggregate)}()`, aggregate.head, 'Use max() or min().');
  }
  const cell = aggregate ? parseExpression(aggregate, { ...context, aggregates: true }) : COUNT;
  if (cell.kind !== 'aggregate' || cell.filter)
    throw unsupported('pivot() with this aggregate', aggregate?.head ?? by.head);
  const ids = new Map<string, Column>();
  const column = ({ name, type }: NamedType): Column => {
    const made = { name, type, id: compilation.newId() };
    ids.set(name, made);
    return made;
  };
  const rel = summarized(
    {
      op: 'summarize',
      input,
      keys: keyColumns.map(columnExpr),
      aggregates: cells.map(({ name, type }) => {
        const here = call('equal', 'bool', value, literal('string', name));
        return cast({ ...cell, filter: here }, type);
      }),
      picks: [],
      columns: [...keyColumns, ...cells].map(column),
      ordered: false,
      serialized: false,
    },
    compilation,
  );
  const columns = wanted.map(({ name }) => {
    const found = ids.get(name);
    if (!found) throw invalid(`pivot() gives no column ${name}.`, operator.span);
    return found;
  });
  const stage = compilation.stage('evaluate pivot', operator, NOTE);
  return {
    op: 'compute',
    input: rel,
    columns,
    values: columns.map(columnExpr),
    ordered: false,
    serialized: false,
    stage,
  };
}

const COUNT: Expr = { kind: 'aggregate', name: 'count', type: 'long', args: [] };
const NOTE = 'pivot() puts its columns in an order that Kusto leaves open; here it is that of the first rows.';
