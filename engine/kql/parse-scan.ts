import { invalid, unsupported } from './error';
import { typeNamed } from './kusto';
import type { SyntaxNode } from './kusto';
import { compute } from './parse-columns';
import { parseExpression } from './parse-expression';
import { settingsOf } from './parse-pipe';
import { cast, columnExpr, nothing } from './plan';
import type { Column, Expr, Rel } from './plan';
import { Scope } from './scope';
import type { Context } from './scope';

interface State {
  readonly id: number;
  readonly before: number;
  readonly start: Expr;
  next: Expr;
}

/** scan with one step. What the row before left is read as `step.column`; a bare declared name is its default. */
export function parseScan(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  if (!input.serialized) throw invalid('scan needs rows in an order: put sort or serialize before it.', operator.head);
  const [step, another] = operator.list('Steps');
  if (!step || another) throw unsupported('scan with several steps', operator.head, 'Use prev() and next().');
  const [unknown] = [...settingsOf(operator).keys()];
  if (unknown !== undefined) throw unsupported(`scan with ${unknown}`, operator.head);
  const scope = new Scope(context.scope);
  // prev() and its like do not belong into a step
  const here: Context = { ...context, scope, rel: { ...input, serialized: false } };
  const declared = new Map<string, { column: Column; state: State }>();
  for (const node of operator.part('DeclareClause')?.list('Declarations') ?? []) {
    const named = node.need('NameAndType');
    const { name } = named.need('Name');
    const type = typeNamed(named.need('Type').text) ?? 'dynamic';
    const written = node.part('DefaultValue')?.need('Value');
    const start = written ? cast(parseExpression(written, context), type) : nothing(type);
    const column: Column = { name, type, id: compilation.newId() };
    declared.set(name, { column, state: { id: column.id, before: compilation.newId(), start, next: start } });
    scope.set(name, { kind: 'scalar', value: start, depth: context.depth });
  }
  // of the row itself, what the step reads of the row before
  const kept = new Map<string, { column: Column; state: State }>();
  scope.set(step.need('Name').name, {
    kind: 'state',
    read: (name, node) => {
      const known = declared.get(name) ?? kept.get(name);
      if (known) return columnExpr({ ...known.column, id: known.state.before });
      const column = input.columns.find((each) => each.name === name);
      if (!column) throw invalid(`There is no column ${name} here.`, node.span);
      const state = {
        id: compilation.newId(),
        before: compilation.newId(),
        start: nothing(column.type),
        next: columnExpr(column),
      };
      kept.set(name, { column, state });
      return columnExpr({ ...column, id: state.before });
    },
  });
  const condition = cast(parseExpression(step.need('Condition'), here), 'bool');
  for (const assignment of step.part('ComputationClause')?.list('Assignments') ?? []) {
    const target = declared.get(assignment.need('Name').name);
    if (!target) throw unsupported('scan that changes a column of its input', assignment.span, 'Declare another.');
    target.state.next = cast(parseExpression(assignment.need('Expression'), here), target.column.type);
  }
  const all = [...declared.values(), ...kept.values()];
  const scanned: Rel = {
    op: 'scan',
    input,
    condition,
    state: all.map(({ state }) => state),
    columns: [...input.columns, ...all.map(({ column, state }) => ({ ...column, id: state.id }))],
    ordered: true,
    serialized: true,
  };
  const wanted = pipe.columns;
  const values = wanted.map(({ name }) => {
    const column = declared.get(name)?.column ?? input.columns.find((each) => each.name === name);
    if (!column) throw unsupported('this form of scan', operator.head);
    return columnExpr(column);
  });
  return compute('scan', operator, scanned, wanted, values, context);
}
