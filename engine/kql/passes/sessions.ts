import { call, columnExpr, literal } from '../plan';
import type { Column, Expr, Rel, ScanRel } from '../plan';
import { rebuild, someExpr, withParts } from './walk';

type Window = Extract<Expr, { kind: 'window' }>;
const isSession = (expr: Expr): expr is Window => expr.kind === 'window' && expr.name === 'row_window_session';

/** row_window_session() reads what it gave for the row before, which no window of SQL can: it becomes a scan below. */
export function scanSessions(root: Rel, newId: () => number): Rel {
  return rebuild(root, (rel) => {
    if (rel.op !== 'compute' && rel.op !== 'filter') return rel;
    const values = rel.op === 'compute' ? rel.values : [rel.condition];
    if (!values.some((value) => someExpr(value, isSession))) return rel;
    let input = rel.input;
    const replace = (expr: Expr): Expr => {
      const inner = withParts(expr, replace, (table) => table);
      if (!isSession(inner)) return inner;
      const scan = sessionScan(inner, input, newId);
      input = scan.rel;
      return columnExpr(scan.start);
    };
    return rel.op === 'compute'
      ? { ...rel, values: rel.values.map(replace), input }
      : { ...rel, condition: replace(rel.condition), input };
  });
}

/**
 * A session begins where there is none yet, where its first or its last value is so far back, and where it is told to; a
 * null is a session of its own. <https://learn.microsoft.com/en-us/kusto/query/row-window-session-function>
 */
function sessionScan({ args, restart, type }: Window, base: Rel, newId: () => number): { rel: ScanRel; start: Column } {
  const [value, fromFirst, fromLast] = args;
  if (!value || !fromFirst || !fromLast) throw new Error('row_window_session() has three arguments');
  const named = (of: Expr['type']): Column => ({ name: '', type: of, id: newId() });
  const own = [value, fromFirst, fromLast, restart ?? literal('bool', false)].map((expr) => ({
    expr,
    column: named(expr.type),
  }));
  const columns = [...base.columns, ...own.map(({ column }) => column)];
  const input: Rel = {
    op: 'compute',
    input: base,
    columns,
    values: [...base.columns.map(columnExpr), ...own.map(({ expr }) => expr)],
    ordered: true,
    serialized: true,
  };
  const [now, most, gap, again] = own.map(({ column }) => columnExpr(column));
  if (!now || !most || !gap || !again) throw new Error('row_window_session() has four values');
  const [start, startBefore, last, lastBefore] = [named(type), named(type), named(type), named(type)];
  const isFar = (from: Column, distance: Expr): Expr =>
    call('greater-equal', 'bool', now, call('shift-datetime', type, columnExpr(from), distance));
  const begins = [
    call('isnull', 'bool', now),
    call('isnull', 'bool', columnExpr(startBefore)),
    isFar(startBefore, most),
  ];
  const either = [...begins, isFar(lastBefore, gap), again].reduce((one, other) => call('or', 'bool', one, other));
  const nothing = literal(type, null);
  const rel: ScanRel = {
    op: 'scan',
    input,
    condition: literal('bool', true),
    state: [
      {
        id: start.id,
        before: startBefore.id,
        start: nothing,
        next: call('case', type, either, now, columnExpr(startBefore)),
      },
      { id: last.id, before: lastBefore.id, start: nothing, next: now },
    ],
    columns: [...columns, start],
    ordered: true,
    serialized: true,
  };
  return { rel, start };
}
