import type { RuleStage } from '../../shared/rules';
import { formatDatetime } from '../kql/literals';
import type { Expr, JoinRel, Rel } from '../kql/plan';
import { partsOf } from '../kql/passes/walk';
import { columnName, ORDER, printExpr } from '../kql/to-sql/expression';
import { printRel } from '../kql/to-sql/relation';
import type { Printed } from '../kql/to-sql/statement';

type Deciding = NonNullable<RuleStage['sample']>['deciding'];

/** The rows of its (left) input that a stage does not keep, as SQL; undefined for a stage that drops none. */
export function droppedBy(rel: Rel, printed: Printed): string | undefined {
  const at = surroundings(printed);
  switch (rel.op) {
    case 'join':
      return droppedByJoin(rel, printed);
    case 'filter':
      return `select * from ${printed.cteOf(rel.input)} where (${printExpr(rel.condition, at)}) is not true`;
    case 'take': {
      if (rel.per) return undefined;
      const order = rel.input.ordered ? ` order by ${ORDER}` : '';
      return `select * from ${printed.cteOf(rel.input)}${order} offset ${printExpr(rel.count, at)}`;
    }
    case 'sort': {
      if (!rel.limit || rel.per) return undefined;
      const { limit, ...whole } = rel;
      return `select * from (${printRel(whole, at, {})}) where ${ORDER} > ${printExpr(limit, at)}`;
    }
    case 'table':
    case 'rows':
    case 'range':
    case 'compute':
    case 'serialize':
    case 'summarize':
    case 'union':
    case 'expand':
    case 'scan':
      return undefined;
  }
}

/** What decides which rows a stage drops: `at` is the evaluation time in ticks, said where the stage asks for it. */
export function decidingOf(rel: Rel, at: bigint): Deciding {
  const decisive =
    rel.op === 'filter'
      ? [rel.condition]
      : rel.op === 'join'
        ? rel.on.map(({ left }) => left)
        : rel.op === 'sort' && rel.limit
          ? rel.keys.map(({ value }) => value)
          : [];
  const [input] = rel.op === 'join' ? [rel.left] : 'input' in rel ? [rel.input] : [];
  const names = new Map(input?.columns.map(({ id, name }) => [id, name]));
  const found = decisive.flatMap(leavesOf).flatMap((leaf): Deciding => {
    if (leaf.kind === 'call') return [{ name: 'now()', value: formatDatetime(at) }];
    const name = leaf.kind === 'column' ? names.get(leaf.id) : undefined;
    return name ? [{ name, value: null }] : [];
  });
  return [...new Map(found.map((each) => [each.name, each])).values()];
}

/** The columns that an expression reads, and now() where it asks for it, in the order of the text. */
function leavesOf(expr: Expr): Expr[] {
  if (expr.kind === 'column' || (expr.kind === 'call' && expr.name === 'now-ticks')) return [expr];
  return partsOf(expr).flatMap(leavesOf);
}

function droppedByJoin(rel: JoinRel, printed: Printed): string | undefined {
  if (!['inner', 'innerunique', 'leftsemi', 'leftanti'].includes(rel.kind)) return undefined;
  const at = surroundings(printed);
  const keys = rel.on.map(({ left, right }) => [printExpr(left, at), printExpr(right, at)] as const);
  const on = keys.map(([left, right]) => `${left} is not distinct from ${right}`).join(' and ');
  const left = printed.cteOf(rel.left);
  const matched = `exists (select 1 from ${printed.cteOf(rel.right)} r where ${on})`;
  if (rel.kind === 'leftanti') return `select * from ${left} l where ${matched}`;
  if (rel.kind !== 'innerunique') return `select * from ${left} l where not ${matched}`;
  const order = rel.left.ordered ? ORDER : rel.left.columns.map(({ id }) => columnName(id)).join(', ');
  const place = `row_number() over (partition by ${keys.map(([key]) => key).join(', ')} order by ${order})`;
  return `select * from (select *, ${place} as place_of_key from ${left}) l where place_of_key > 1 or not ${matched}`;
}

/** What a stage binds it has bound already: its texts are among the values. */
function surroundings(printed: Printed) {
  const known = new Map(Object.entries(printed.values).map(([name, text]) => [text, name]));
  return {
    bind: (text: string): string => `$${known.get(text) ?? ''}::varchar`,
    cteOf: (rel: Rel): string => printed.cteOf(rel),
    orderBy: '',
  };
}
