import type { Expr, FilterRel, Rel } from './plan';
import { printExpr } from './to-sql/expression';
import type { Cte, Printed } from './to-sql/statement';

/**
 * Counts filters that stand one on another over a table in one pass over it, not in one pass each: gives the CTEs that
 * count, and the SQL of the count of each such node.
 */
export function countingOf(wanted: readonly Rel[], printed: Printed): { ctes: Cte[]; of: Map<Rel, string> } {
  const tables = new Map<Rel, { rel: Rel; conditions: readonly Expr[] }[]>();
  for (const rel of wanted) {
    const { base, conditions } = chainOf(rel);
    if (base.op === 'table') tables.set(base, [...(tables.get(base) ?? []), { rel, conditions }]);
  }
  const at = { ...printed, orderBy: '' };
  const of = new Map<Rel, string>();
  const ctes: Cte[] = [];
  for (const [base, counted] of tables) {
    const name = `n${ctes.length}`;
    const cells = counted.map(({ rel, conditions }, index) => {
      of.set(rel, `(select k${index} from ${name})`);
      const all = conditions.map((condition) => `(${printExpr(condition, at)})`).join(' and ');
      return `count(*)${all === '' ? '' : ` filter (where ${all})`} as k${index}`;
    });
    ctes.push({ name, sql: `select ${cells.join(', ')} from ${printed.cteOf(base)}` });
  }
  return { ctes, of };
}

function chainOf(rel: Rel): { base: Rel; conditions: readonly Expr[] } {
  const filters: FilterRel[] = [];
  let base = rel;
  for (; base.op === 'filter'; base = base.input) filters.unshift(base);
  return { base, conditions: filters.map(({ condition }) => condition) };
}
