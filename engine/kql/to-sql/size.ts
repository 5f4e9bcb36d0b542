import { CASTS } from '../functions/casts';
import { aggregateFunction, scalarFunction } from '../functions/lookup';
import type { FunctionSpec } from '../functions/table';
import { MACROS } from '../macros';
import { partsOf } from '../passes/walk';
import type { Expr } from '../plan';

/**
 * A macro copies its argument to each place that names it, so calls in calls can grow to more than DuckDB can hold, and
 * that while it binds, when nothing can interrupt it. This tells the size before it comes to that.
 */
export function expandedSize(expr: Expr, known: WeakMap<Expr, number> = new WeakMap()): number {
  const before = known.get(expr);
  if (before !== undefined) return before;
  const copies = templatesOf(expr);
  const size = partsOf(expr).reduce((sum, part, index) => {
    return sum + Math.max(1, copies(index)) * expandedSize(part, known);
  }, 1);
  known.set(expr, size);
  return size;
}

function templatesOf(expr: Expr): (index: number) => number {
  if (expr.kind === 'call' && expr.name === 'cast') {
    const sql = CASTS[expr.args[0]?.type ?? 'dynamic'][expr.type] ?? '$1';
    return () => copiesOf(sql, '$1');
  }
  const spec =
    expr.kind === 'call'
      ? scalarFunction(expr.name)
      : expr.kind === 'aggregate'
        ? aggregateFunction(expr.name)
        : undefined;
  if (!spec || (expr.kind !== 'call' && expr.kind !== 'aggregate')) return () => 1;
  const sql = sqlOf(spec, expr.args[0]);
  return (index) => copiesOf(sql, `$${index + 1}`) + copiesOf(sql, '$*');
}

function sqlOf(spec: FunctionSpec, first: Expr | undefined): string {
  if (typeof spec.sql === 'string') return spec.sql;
  return (first && spec.sql[first.type]) ?? spec.sql.else ?? '';
}

/** How often the SQL, macros unfolded, holds what the token stands for. */
function copiesOf(sql: string, token: string): number {
  let total = 0;
  const enclosing: number[] = [];
  for (const [word, , called] of sql.matchAll(/'(?:[^']|'')*'|\$\*|\$\d+|(\w+)(\s*\()?|[()]/g)) {
    if (word === '(') enclosing.push(1);
    else if (word === ')') enclosing.pop();
    else if (called !== undefined) enclosing.push(copiesInMacro(word.slice(0, -called.length)));
    else if (word === token) total += enclosing.reduce((product, copies) => product * copies, 1);
  }
  return total;
}

const measured = new Map<string, number>();
/** How often a macro repeats the argument that it repeats most; 1 for DuckDB's own functions. */
function copiesInMacro(name: string): number {
  if (!name.startsWith('kql_')) return 1;
  const known = measured.get(name);
  if (known !== undefined) return known;
  const definition = new RegExp(`macro ${name}\\s*(\\([\\s\\S]*?);\\n`).exec(MACROS)?.[1];
  if (definition === undefined) throw new Error(`there is no macro ${name}`);
  const overloads = definition.split(/,\n {2}(?=\([\w, ]+\) as )/);
  const copies = overloads.flatMap((overload) => {
    const [, parameters = '', body = ''] = /^\s*\(([\w, ]*)\) as ([\s\S]*)$/.exec(overload) ?? [];
    return parameters.split(', ').map((parameter) => copiesOf(body, parameter));
  });
  const most = Math.max(1, ...copies);
  measured.set(name, most);
  return most;
}
