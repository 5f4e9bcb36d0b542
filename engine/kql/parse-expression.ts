import { invalid, unsupported } from './error';
import { canonicalName } from './functions/lookup';
import type { SyntaxNode } from './kusto';
import { parseLiteral } from './literals';
import { parseCall } from './parse-call';
import { parseDynamic } from './parse-dynamic';
import { parseHasAny, parseIn } from './parse-in';
import { arithmetic, comparison, isNumeric, negated } from './parse-operators';
import { parseTable } from './parse-table';
import { someExpr } from './passes/walk';
import { unicodePattern } from './regex';
import { call, cast, columnExpr, literal, nothing } from './plan';
import type { Expr, Rel, ScalarType } from './plan';
import type { Context } from './scope';

const COMPARISONS: Readonly<Record<string, string>> = {
  EqualExpression: 'equal',
  NotEqualExpression: 'unequal',
  LessThanExpression: 'less',
  LessThanOrEqualExpression: 'less-equal',
  GreaterThanExpression: 'greater',
  GreaterThanOrEqualExpression: 'greater-equal',
};
const ARITHMETIC: Readonly<Record<string, string>> = {
  AddExpression: 'add',
  SubtractExpression: 'subtract',
  MultiplyExpression: 'multiply',
  DivideExpression: 'divide',
  ModuloExpression: 'modulo',
};
const LITERALS: Readonly<Record<string, ScalarType>> = {
  BooleanLiteralExpression: 'bool',
  IntLiteralExpression: 'int',
  LongLiteralExpression: 'long',
  RealLiteralExpression: 'real',
  DecimalLiteralExpression: 'decimal',
  DateTimeLiteralExpression: 'datetime',
  TimespanLiteralExpression: 'timespan',
  GuidLiteralExpression: 'guid',
};
/** The operators between two texts, by the word that stands for them in the query. */
const TEXT_OPERATORS = /^(Not)?(Has|HasPrefix|HasSuffix|Contains|StartsWith|EndsWith)(Cs)?Expression$/;

/** A scalar expression as a plan. */
export function parseExpression(node: SyntaxNode, context: Context): Expr {
  const { kind } = node;
  const literalType = LITERALS[kind];
  if (literalType) {
    const value = parseLiteral(literalType, node.text, context.compilation.now);
    if (value === null && /^[\d.]+$/.test(node.text)) throw invalid(`${node.text} is too large.`, node.span);
    return literal(literalType, value);
  }
  const sides = (): [Expr, Expr] => [
    parseExpression(node.need('Left'), context),
    parseExpression(node.need('Right'), context),
  ];
  const comparisonName = COMPARISONS[kind];
  if (comparisonName) {
    const star = [node.need('Left'), node.need('Right')].some((side) => side.kind === 'StarExpression');
    if (star) return anyColumn(node, context, (left, right) => comparison(comparisonName, left, right, node.span));
    const [left, right] = sides();
    noteComparison(left, right, context);
    return comparison(comparisonName, left, right, node.span);
  }
  const arithmeticName = ARITHMETIC[kind];
  if (arithmeticName) return arithmetic(arithmeticName, ...sides(), node.span);
  if (TEXT_OPERATORS.test(kind)) return parseTextOperator(node, context);

  switch (kind) {
    case 'ParenthesizedExpression':
    case 'SimpleNamedExpression':
      return parseExpression(node.need('Expression'), context);
    case 'NameReference':
      return parseName(node, context);
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
      return literal('string', node.stringValue ?? '');
    case 'NullLiteralExpression':
      return nothing(node.type ?? 'dynamic');
    case 'DynamicExpression':
      return parseDynamic(node, context.compilation.now);
    case 'UnaryPlusExpression':
      return parseExpression(node.need('Expression'), context);
    case 'UnaryMinusExpression': {
      const value = parseExpression(node.need('Expression'), context);
      return negated(value, node.span);
    }
    case 'AndExpression':
    case 'OrExpression': {
      const [left, right] = sides();
      return call(kind === 'AndExpression' ? 'and' : 'or', 'bool', cast(left, 'bool'), cast(right, 'bool'));
    }
    case 'EqualTildeExpression':
    case 'BangTildeExpression': {
      const [left, right] = sides();
      const equal = call('equal-ignoring-case', 'bool', cast(left, 'string'), cast(right, 'string'));
      return kind === 'EqualTildeExpression' ? equal : call('not', 'bool', equal);
    }
    case 'InExpression':
    case 'InCsExpression':
    case 'NotInExpression':
    case 'NotInCsExpression':
      return parseIn(node, context);
    case 'HasAnyExpression':
    case 'HasAllExpression':
      return parseHasAny(node, context);
    case 'BetweenExpression':
    case 'NotBetweenExpression':
      return parseBetween(node, context);
    case 'MatchesRegexExpression': {
      const [left, right] = sides();
      return call('matches-regex', 'bool', cast(left, 'string'), unicodePattern(right, node.need('Right').span));
    }
    case 'PathExpression':
    case 'ElementExpression':
      return parsePath(node, context);
    case 'FunctionCallExpression':
      return parseCall(node, context);
    case 'ToScalarExpression': {
      const inner = node.need('Expression');
      return inner.isTabular ? firstCell(inner, context) : onceFor(parseExpression(inner, context), context);
    }
    default:
      throw unsupported(`${kind.replace(/Expression$/, '')} here`, node.span);
  }
}

/** The first column of a table's first row. */
export function firstCell(node: SyntaxNode, context: Context): Expr {
  const rel = parseTable(node, { ...context, depth: context.depth + 1 });
  const [column] = rel.columns;
  if (!column) throw invalid('A table without columns has no value.', node.span);
  return { kind: 'subquery', rel, type: column.type };
}

/** The value, computed once for all rows: what differs from call to call would differ from row to row. */
export function onceFor(value: Expr, { compilation }: Context): Expr {
  if (!someExpr(value, (part) => part.kind === 'call' && /^(rand|new_guid)$/.test(part.name))) return value;
  const columns = compilation.newColumns([{ name: '', type: value.type }]);
  const rel: Rel = { op: 'rows', rows: [[value]], columns, ordered: true, serialized: true };
  return { kind: 'subquery', rel, type: value.type };
}

function parseName(node: SyntaxNode, context: Context): Expr {
  const { name } = node;
  const column = context.rel?.columns.find((candidate) => candidate.name === name);
  if (column) return columnExpr(column);
  const binding = context.scope.get(name);
  if (binding?.kind === 'scalar') {
    if (binding.depth !== context.depth && someExpr(binding.value, (part) => part.kind === 'column')) {
      throw invalid(`${name} stands for a value of the row around this table, which cannot read it.`, node.span);
    }
    return binding.value;
  }
  if (binding?.kind === 'table') return firstCell(node, context);
  const body = node.calledBody();
  if (body) return parseCall(node, context);
  throw invalid(`The name ${name} means nothing here.`, node.span);
}

/** `* has "x"`: any column for which it holds. */
function anyColumn(node: SyntaxNode, context: Context, test: (left: Expr, right: Expr) => Expr): Expr {
  const right = parseExpression(node.need('Right'), context);
  const tests = (context.rel?.columns ?? []).map((column) => test(columnExpr(column), right));
  return tests.length === 0 ? literal('bool', false) : tests.reduce((a, b) => call('or', 'bool', a, b));
}

function parseTextOperator(node: SyntaxNode, context: Context): Expr {
  const [, not, word = '', cs] = TEXT_OPERATORS.exec(node.kind) ?? [];
  const name = `${word.toLowerCase()}${cs ? '_cs' : ''}`;
  const test = (left: Expr, right: Expr): Expr => call(name, 'bool', cast(left, 'string'), cast(right, 'string'));
  const left = node.need('Left');
  const holds =
    left.kind === 'StarExpression'
      ? anyColumn(node, context, test)
      : test(parseExpression(left, context), parseExpression(node.need('Right'), context));
  return not ? call('not', 'bool', holds) : holds;
}

function parseBetween(node: SyntaxNode, context: Context): Expr {
  const value = parseExpression(node.need('Left'), context);
  const range = node.need('Right');
  const low = parseExpression(range.need('First'), context);
  const high = parseExpression(range.need('Second'), context);
  if (isEmptyRange(low, high)) {
    context.compilation.notes.push(`between ${range.text} holds no value: it begins with the greater one.`);
  }
  // datetime between (start .. 1h) means from start to an hour later
  const end =
    value.type === 'datetime' && high.type === 'timespan'
      ? call('shift-datetime', 'datetime', cast(low, 'datetime'), high)
      : high;
  const inside = call(
    'and',
    'bool',
    comparison('greater-equal', value, low, node.span),
    comparison('less-equal', value, end, node.span),
  );
  return node.kind === 'BetweenExpression' ? inside : call('not', 'bool', inside);
}

function isEmptyRange(low: Expr, high: Expr): boolean {
  if (low.kind !== 'literal' || high.kind !== 'literal' || low.type !== high.type) return false;
  const [from, to] = [low.value, high.value];
  return isNumeric(low.type) && typeof from === typeof to && from !== null && to !== null && from > to;
}

/** What Kusto may refuse is said where it is read all the same. */
function noteComparison(left: Expr, right: Expr, { compilation }: Context): void {
  const isText = left.type === 'string' || right.type === 'string';
  if (!isText || !(isNumeric(left.type) || isNumeric(right.type))) return;
  compilation.notes.push('A text is compared with a number: it is read as a number here. Kusto may refuse this.');
}

function parsePath(node: SyntaxNode, context: Context): Expr {
  const owner = context.scope.get(node.need('Expression').name);
  if (owner?.kind === 'state' && node.need('Expression').kind === 'NameReference') {
    return owner.read(node.need('Selector').name, node);
  }
  const base = parseExpression(node.need('Expression'), context);
  if (base.type !== 'dynamic') throw invalid(`Only a dynamic value has parts; this is a ${base.type}.`, node.span);
  const selector = node.need('Selector');
  if (node.kind === 'PathExpression' && selector.name) return property(base, literal('string', selector.name));
  const inner = selector.kind === 'BracketedExpression' ? selector.need('Expression') : selector;
  const index = parseExpression(inner, context);
  if (index.type === 'string') return property(base, index);
  if (index.type === 'dynamic') return property(base, cast(index, 'string'));
  return call('element', 'dynamic', base, cast(index, 'long'));
}

function property(base: Expr, key: Expr): Expr {
  const plain = key.kind === 'literal' && !/^\d+$/.test(String(key.value));
  return call(plain ? 'property' : 'bag-property', 'dynamic', base, key);
}

/** The name of the function that is called, in its usual spelling; empty where none is. */
export function calledName(node: SyntaxNode): string {
  return node.kind === 'FunctionCallExpression' ? canonicalName(node.need('Name').name) : '';
}
