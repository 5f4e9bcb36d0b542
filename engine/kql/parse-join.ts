import { invalid, unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { isNumeric, widest } from './parse-operators';
import { settingsOf } from './parse-pipe';
import { parseTable } from './parse-table';
import { call, cast, columnExpr, literal } from './plan';
import type { Column, Expr, JoinKind, JoinRel, Rel } from './plan';
import type { Context } from './scope';

const KINDS: Readonly<Record<string, JoinKind>> = {
  inner: 'inner',
  innerunique: 'innerunique',
  leftouter: 'leftouter',
  rightouter: 'rightouter',
  fullouter: 'fullouter',
  leftsemi: 'leftsemi',
  rightsemi: 'rightsemi',
  anti: 'leftanti',
  leftanti: 'leftanti',
  leftantisemi: 'leftanti',
  rightanti: 'rightanti',
  rightantisemi: 'rightanti',
};

/** join and lookup. Without `kind=` a join is innerunique: one left row a key, and Kusto does not say which. */
export function parseJoin(operator: SyntaxNode, pipe: SyntaxNode, left: Rel, context: Context): Rel {
  const { compilation } = context;
  const isLookup = operator.kind === 'LookupOperator';
  const written = settingsOf(operator).get('kind')?.text;
  const kind = KINDS[written ?? (isLookup ? 'leftouter' : 'innerunique')];
  if (!kind)
    throw invalid(`There is no join kind ${written ?? ''}.`, settingsOf(operator).get('kind')?.span ?? operator.head);
  const clause = operator.part(isLookup ? 'LookupClause' : 'ConditionClause');
  if (!clause) throw unsupported('a join without on', operator.head);
  const parsed = parseTable(operator.need('Expression'), context);
  const leftIds = new Set(left.columns.map((column) => column.id));
  const right = parsed.columns.some((column) => leftIds.has(column.id)) ? compilation.renumbered(parsed) : parsed;
  const on = clause.list('Expressions').flatMap((condition) => joinKeys(condition, left, right));

  const rightKeys = new Set(on.map((key) => (key.right.kind === 'column' ? key.right.id : undefined)));
  const fromRight = isLookup ? right.columns.filter((column) => !rightKeys.has(column.id)) : right.columns;
  const kept = /^left(semi|anti)$/.test(kind)
    ? left.columns
    : /^right(semi|anti)$/.test(kind)
      ? right.columns
      : [...left.columns, ...fromRight];
  const wanted = pipe.columns;
  if (wanted.length !== kept.length) throw unsupported('this form of join', operator.head);
  const padded = new Set<number>([
    ...(kind === 'rightouter' || kind === 'fullouter' ? left.columns : []).map((column) => column.id),
    ...(kind === 'leftouter' || kind === 'fullouter' ? right.columns : []).map((column) => column.id),
  ]);
  const values = kept.map((column) => pad(column, padded));
  const columns = kept.map((column, index): Column => {
    const id = values[index]?.kind === 'column' ? column.id : compilation.newId();
    return { name: wanted[index]?.name ?? column.name, type: column.type, id };
  });
  const comparable = on.map(sameType);
  const notes =
    kind === 'innerunique' && left.columns.length > on.length
      ? ['join without kind= keeps one left row a key. Kusto keeps any of them; here the first stays.']
      : [];
  const join: JoinRel = {
    op: 'join',
    kind,
    left,
    right,
    on: comparable,
    columns,
    values,
    ordered: false,
    serialized: false,
    stage: compilation.stage(isLookup ? 'lookup' : `join kind=${kind}`, operator, ...notes),
  };
  return join;
}

/** An outer join leaves text that is missing empty, for Kusto's string is never null. */
function pad(column: Column, padded: ReadonlySet<number>): Expr {
  const value = columnExpr(column);
  return padded.has(column.id) && column.type === 'string'
    ? call('or-nothing', 'string', value, literal('string', ''))
    : value;
}

interface Key {
  left: Expr;
  right: Expr;
}
function sameType({ left, right }: Key): Key {
  if (left.type === right.type) return { left, right };
  const type = isNumeric(left.type) && isNumeric(right.type) ? widest(left.type, right.type) : 'string';
  return { left: cast(left, type), right: cast(right, type) };
}

function joinKeys(node: SyntaxNode, left: Rel, right: Rel): Key[] {
  switch (node.kind) {
    case 'NameReference':
      return [{ left: columnOf(left, node.name, node), right: columnOf(right, node.name, node) }];
    case 'ParenthesizedExpression':
      return joinKeys(node.need('Expression'), left, right);
    case 'AndExpression':
      return [...joinKeys(node.need('Left'), left, right), ...joinKeys(node.need('Right'), left, right)];
    case 'EqualExpression': {
      const [a, b] = [sideOf(node.need('Left'), left, right), sideOf(node.need('Right'), left, right)];
      if (a.side === b.side) throw invalid('A join key compares $left with $right.', node.span);
      return a.side === 'left' ? [{ left: a.value, right: b.value }] : [{ left: b.value, right: a.value }];
    }
    default:
      throw unsupported(`the join condition ${node.text}`, node.span, 'Join on columns, or on $left.a == $right.b.');
  }
}

function sideOf(node: SyntaxNode, left: Rel, right: Rel): { side: 'left' | 'right'; value: Expr } {
  if (node.kind === 'ParenthesizedExpression') return sideOf(node.need('Expression'), left, right);
  const base = node.kind === 'PathExpression' ? node.need('Expression').text : '';
  if (base !== '$left' && base !== '$right') throw unsupported(`the join condition ${node.text}`, node.span);
  const side = base === '$left' ? 'left' : 'right';
  return { side, value: columnOf(side === 'left' ? left : right, node.need('Selector').name, node) };
}

function columnOf(rel: Rel, name: string, node: SyntaxNode): Expr {
  const column = rel.columns.find((candidate) => candidate.name === name);
  if (!column) throw invalid(`There is no column ${name} on that side of the join.`, node.span);
  return columnExpr(column);
}
