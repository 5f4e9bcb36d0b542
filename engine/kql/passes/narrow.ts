import type { Comparison, Expr, FilterRel, Rel } from '../plan';
import { countReaders } from './fuse';
import { joinedBy, partsOf, rebuild } from './walk';

/** The comparisons that a table is told of, and how each reads from the other side. */
const MIRRORED = {
  equal: 'equal',
  less: 'greater',
  'less-equal': 'greater-equal',
  greater: 'less',
  'greater-equal': 'less-equal',
} as const satisfies Record<Comparison['operator'], Comparison['operator']>;

/**
 * Tells a table which of its columns the filters above it compare with a constant, where nothing else reads it. The filters
 * stay: a source that can skip rows by such a comparison need not be exact.
 */
export function narrow(root: Rel): Rel {
  const readers = countReaders(root);
  const isReadOnce = (rel: Rel): boolean => readers.get(rel) === 1 && (rel.op !== 'filter' || isReadOnce(rel.input));
  return rebuild(root, (rel, original) => {
    if (rel.op !== 'filter' || original.op !== 'filter' || !isReadOnce(original.input)) return rel;
    return { ...rel, input: told(rel.input, joinedBy(['and'], rel.condition)) };
  });
}

function told(rel: Rel, conditions: readonly Expr[]): Rel {
  if (rel.op === 'filter') return { ...rel, input: told(rel.input, conditions) } satisfies FilterRel;
  if (rel.op !== 'table') return rel;
  const names = new Map(rel.columns.map(({ id, name }) => [id, name]));
  const found = conditions.flatMap((condition) => comparisonOf(condition, names));
  return { ...rel, narrowedBy: [...(rel.narrowedBy ?? []), ...found] };
}

function comparisonOf(expr: Expr, names: ReadonlyMap<number, string>): Comparison[] {
  if (expr.kind !== 'call') return [];
  const name = expr.name.replace(/-filter$/, '');
  const [left, right] = expr.args;
  if (!isOperator(name) || !left || !right) return [];
  const [column, value] = left.kind === 'column' ? [left, right] : [right, left];
  const known = column.kind === 'column' ? names.get(column.id) : undefined;
  if (known === undefined || !isConstant(value)) return [];
  return [{ column: known, operator: column === left ? name : MIRRORED[name], value }];
}

const isOperator = (name: string): name is Comparison['operator'] => Object.hasOwn(MIRRORED, name);

/** The same for every row: literals, now(), and what is computed from these. */
function isConstant(expr: Expr): boolean {
  return expr.kind === 'literal' || (expr.kind === 'call' && partsOf(expr).every(isConstant));
}
