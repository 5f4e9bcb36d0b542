import type { Predicate } from '../../shared/rules';
import { formatDatetime } from './literals';
import { joinedBy, nodesOf } from './passes/walk';
import type { Expr, Rel } from './plan';

const WORDS: Readonly<Record<string, string>> = {
  equal: 'eq',
  unequal: 'ne',
  less: 'lt',
  'less-equal': 'le',
  greater: 'gt',
  'greater-equal': 'ge',
};

/** What the filters of a plan ask of columns, in the order of the text, each once: what a rule looks for. */
export function predicatesOf(root: Rel): Predicate[] {
  const found = nodesOf(root).flatMap((rel) => {
    if (rel.op !== 'filter' || !rel.stage) return [];
    const names = new Map(rel.input.columns.map(({ id, name }) => [id, name]));
    return joinedBy(['and', 'or'], rel.condition).flatMap((condition) => predicateOf(condition, names));
  });
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

function predicateOf(expr: Expr, names: ReadonlyMap<number, string>): Predicate[] {
  if (expr.kind !== 'call') return [];
  if (expr.name === 'not') {
    const inner = expr.args.flatMap((arg) => predicateOf(arg, names));
    return inner.map((each) => ({ ...each, operator: `not ${each.operator}` }));
  }
  const name = expr.name.replace(/-filter$/, '');
  const [first, ...others] = expr.args;
  const column = first && columnIn(first, names);
  if (column === undefined) return [];
  const values = others.map((other) => valueOf(other, names)).filter((value) => value !== null);
  return [{ column, operator: WORDS[name] ?? name, value: values.length > 0 ? values.join(', ') : null }];
}

/** The first column that an expression reads. */
function columnIn(expr: Expr, names: ReadonlyMap<number, string>): string | undefined {
  if (expr.kind === 'column') return names.get(expr.id);
  if (expr.kind !== 'call') return undefined;
  for (const arg of expr.args) {
    const column = columnIn(arg, names);
    if (column !== undefined) return column;
  }
  return undefined;
}

/** A time that ago() and its like give. */
function shifted(name: string, [time, by]: readonly Expr[]): string | null {
  if (time?.kind !== 'literal' || by?.kind !== 'literal') return null;
  const [from, length] = [time.value, by.value];
  if (typeof from !== 'bigint' || typeof length !== 'bigint') return null;
  return formatDatetime(name === 'shift-datetime' ? from + length : from - length);
}

function valueOf(expr: Expr, names: ReadonlyMap<number, string>): string | null {
  if (expr.kind === 'column') return names.get(expr.id) ?? null;
  if (expr.kind === 'call' && expr.name.startsWith('shift-datetime')) return shifted(expr.name, expr.args);
  if (expr.kind !== 'literal' || expr.value === null) return null;
  if (expr.type === 'datetime' && typeof expr.value === 'bigint') return formatDatetime(expr.value);
  return expr.type === 'string' ? `'${expr.value}'` : String(expr.value);
}
