import { invalid, unsupported } from './error';
import type { Span } from './error';
import { scalarFunction } from './functions/lookup';
import type { SyntaxNode } from './kusto';
import { typeNamed } from './kusto';
import { TICKS } from './literals';
import { applyFunction } from './parse-call';
import { firstCell, onceFor, parseExpression } from './parse-expression';
import { formatDatetime, formatTimespan } from './parse-formats';
import { literalElements } from './parse-in';
import { parseSeveral } from './parse-several';
import { call, cast, columnExpr, literal } from './plan';
import type { Column, Expr, ScalarType } from './plan';
import { MOST_GROUPS, unicodePattern, withOnlyGroup } from './regex';
import type { Context } from './scope';

const CONVERSIONS: Readonly<Record<string, ScalarType>> = {
  tostring: 'string',
  toint: 'int',
  tolong: 'long',
  todouble: 'real',
  toreal: 'real',
  todecimal: 'decimal',
  tobool: 'bool',
  toboolean: 'bool',
  todatetime: 'datetime',
  totimespan: 'timespan',
  toguid: 'guid',
};

/** Functions whose meaning depends on more than the values of their arguments. Undefined: it is none of these. */
export function parseSpecial(
  name: string,
  node: SyntaxNode,
  nodes: readonly SyntaxNode[],
  context: Context,
): Expr | undefined {
  const conversion = CONVERSIONS[name] ?? typeNamed(name);
  const parse = (index: number): Expr => {
    const arg = nodes[index];
    if (!arg) throw invalid(`${name}() needs more arguments.`, node.head);
    return parseExpression(arg, context);
  };
  const spanOf = (index: number): Span => nodes[index]?.span ?? node.head;
  const all = (): Expr[] => nodes.map((arg) => parseExpression(arg, context));
  const text = (index: number): string => {
    const value = parse(index);
    if (value.kind === 'literal' && typeof value.value === 'string') return value.value;
    throw unsupported(`${name}() with a computed argument ${index + 1}`, spanOf(index), 'Write it as a literal.');
  };
  if (conversion) return cast(parse(0), conversion);
  const { now, openNow } = context.compilation;
  const evaluated = openNow ? call('now-ticks', 'datetime') : literal('datetime', now);
  switch (name) {
    case 'now':
      return nodes.length === 0 ? evaluated : call('shift-datetime', 'datetime', evaluated, cast(parse(0), 'timespan'));
    case 'ago':
      return call('shift-datetime-back', 'datetime', evaluated, cast(parse(0), 'timespan'));
    case 'not':
      return call('not', 'bool', cast(parse(0), 'bool'));
    case 'iff':
    case 'case':
      return conditional(node, all());
    case 'coalesce': {
      const args = all();
      const type = node.type ?? args[0]?.type ?? 'dynamic';
      return call('coalesce', type, ...args.map((arg) => cast(arg, type)));
    }
    case 'toscalar': {
      const [inner] = nodes;
      return inner?.isTabular ? firstCell(inner, context) : onceFor(parse(0), context);
    }
    case 'column_ifexists': {
      const column = context.rel?.columns.find((candidate) => candidate.name === text(0));
      return column ? columnExpr(column) : parse(1);
    }
    case 'pack_all': {
      const columns = context.rel?.columns ?? [];
      const present = nodes.length > 0 ? parse(0) : undefined;
      if (present && present.kind !== 'literal') throw unsupported('pack_all() with a computed argument', spanOf(0));
      if (present?.value === true) return presentOnly(columns);
      return packed(columns.flatMap((column) => [literal('string', column.name), columnExpr(column)]));
    }
    case 'bag_pack_columns':
      return packed(nodes.flatMap((arg, index) => [literal('string', arg.name), parse(index)]));
    case 'bag_pack':
      return packed(all());
    case 'gettype': {
      const value = parse(0);
      return value.type === 'dynamic' ? call('type-name', 'string', value) : literal('string', value.type);
    }
    case 'abs': {
      const value = parse(0);
      const type = value.type === 'int' ? 'long' : value.type;
      return applyFunction('abs', node, [cast(value, type)], type);
    }
    case 'round': {
      const value = parse(0);
      return value.type === 'int' || value.type === 'long'
        ? applyFunction('round-whole', node, [value])
        : applyFunction('round', node, all());
    }
    case 'datetime_part':
    case 'datetime_diff':
    case 'datetime_add': {
      const unit = `${name}-${text(0).toLowerCase()}`;
      if (!scalarFunction(unit)) throw unsupported(`${name}() with the unit ${text(0)}`, spanOf(0));
      return applyFunction(unit, node, all().slice(1));
    }
    case 'format_datetime':
      return formatDatetime(cast(parse(0), 'datetime'), text(1), spanOf(1));
    case 'format_timespan':
      return formatTimespan(cast(parse(0), 'timespan'), text(1), spanOf(1));
    case 'make_timespan': {
      const args = all();
      const zero = literal('long', 0n);
      const four = args.length === 4 ? args : args.length === 3 ? [zero, ...args] : [zero, ...args, zero];
      return applyFunction('make-timespan', node, four);
    }
    case 'split':
      return applyFunction(nodes.length === 3 ? 'split-one' : 'split', node, all());
    case 'countof': {
      const regex = nodes.length === 3 && text(2) === 'regex';
      return applyFunction(regex ? 'countof-regex' : 'countof', node, all().slice(0, 2));
    }
    case 'extract':
      return ofType(extracted(node, [parse(0), parse(1), parse(2)]), nodes[3]);
    case 'extract_all':
      return nodes.length === 3 ? extractedGroups(node, text(0), all()) : extractedAll(node, text(0), all());
    case 'extract_json': {
      const typeNode = nodes[2];
      return ofType(pathIn(text(0), spanOf(0), applyFunction('parse_json', node, [parse(1)])), typeNode);
    }
    case 'range':
      return ranged(node, all());
    default:
      return parseSeveral(name, node, all);
  }
}

/** iff() and case(): conditions and values in turn, the last value for when none holds. */
function conditional(node: SyntaxNode, args: readonly Expr[]): Expr {
  const type = node.type ?? args[1]?.type ?? 'dynamic';
  return call(
    'case',
    type,
    ...args.map((arg, index) => (index % 2 === 0 && index < args.length - 1 ? cast(arg, 'bool') : cast(arg, type))),
  );
}

function packed(args: readonly Expr[]): Expr {
  return call('pack-pairs', 'dynamic', ...args.map((arg, index) => cast(arg, index % 2 === 0 ? 'string' : 'dynamic')));
}

/** pack_all(true): without what is null or empty. */
function presentOnly(columns: readonly Column[]): Expr {
  const parts = columns.map((column) =>
    call('pack-present', 'dynamic', literal('string', column.name), cast(columnExpr(column), 'dynamic')),
  );
  return call('bag_merge', 'dynamic', ...parts);
}

/** The result is text unless typeof() says otherwise. */
function ofType(value: Expr, typeNode: SyntaxNode | undefined): Expr {
  const type = typeNode ? typeNamed(/\(\s*(\w+)\s*\)/.exec(typeNode.text)?.[1] ?? '') : 'string';
  return cast(value, type ?? 'string');
}

/** A JSON path such as `$.a[0]['b c']` below a value. */
function pathIn(path: string, span: Span, value: Expr): Expr {
  if (!/^\$(\.\w+|\[\d+\]|\['[^']*'\])*$/.test(path))
    throw unsupported(`the JSON path ${path}`, span, 'Write it as $.a[0].b.');
  let found = value;
  for (const [, name, index, quoted] of path.matchAll(/\.(\w+)|\[(\d+)\]|\['([^']*)'\]/g)) {
    found =
      index === undefined
        ? call('bag-property', 'dynamic', found, literal('string', name ?? quoted ?? ''))
        : call('element', 'dynamic', found, literal('long', BigInt(index)));
  }
  return found;
}

const groupsIn = (pattern: string): number => (pattern.replace(/\\./g, '').match(/\((?!\?)|\(\?P?</g) ?? []).length;

/** extract(): a group that the pattern does not have catches nothing. */
function extracted(node: SyntaxNode, args: readonly Expr[]): Expr {
  const [pattern, group] = args;
  const far =
    pattern?.kind === 'literal' &&
    group?.kind === 'literal' &&
    !(Number(group.value) >= 0 && Number(group.value) <= groupsIn(String(pattern.value)));
  if (far) return literal('string', '');
  const number = group?.kind === 'literal' ? Number(group.value) : 0;
  if (number <= MOST_GROUPS || !pattern || pattern.kind !== 'literal') return applyFunction('extract', node, args);
  const only = literal('string', withOnlyGroup(String(pattern.value), number));
  return applyFunction('extract', node, [only, literal('int', 1n), ...args.slice(2)]);
}

function extractedAll(node: SyntaxNode, pattern: string, args: readonly Expr[]): Expr {
  const [regex, source] = args;
  if (!regex || !source) throw invalid('extract_all() needs a pattern and a text.', node.head);
  const groups = (pattern.replace(/\\./g, '').match(/\((?!\?)/g) ?? []).length;
  if (groups === 1) return applyFunction('extract-all-one', node, [regex, source]);
  if (groups === 0) throw invalid('extract_all() needs a pattern with a group.', node.head);
  return groupsOf(
    node,
    regex,
    source,
    Array.from({ length: groups }, (_, index) => index + 1),
  );
}

/** extract_all() of the groups that an array names by number or by name. */
function extractedGroups(node: SyntaxNode, pattern: string, [regex, chosen, source]: readonly Expr[]): Expr {
  const wanted = chosen && literalElements(chosen);
  if (!regex || !source || !wanted)
    throw unsupported('extract_all() with computed groups', node.head, 'Write them as a literal.');
  const opened = [...pattern.replace(/\\./g, '__').matchAll(/\((?!\?)|\(\?P?<(\w+)>/g)].map(([, name]) => name);
  const numbers = wanted.map((each) => {
    const text = each.kind === 'literal' ? String(each.value) : '';
    return each.type === 'string' ? opened.indexOf(text) + 1 : Number(text);
  });
  if (numbers.some((number) => !(number >= 1 && number <= opened.length))) {
    throw invalid('extract_all() names a group that the pattern does not have.', node.head);
  }
  const [only] = numbers;
  if (numbers.length === 1 && opened.length === 1 && only === 1)
    return applyFunction('extract-all-one', node, [regex, source]);
  return groupsOf(node, regex, source, numbers);
}

function groupsOf(node: SyntaxNode, regex: Expr, source: Expr, groups: readonly number[]): Expr {
  return call(
    'extract-all-groups',
    'dynamic',
    unicodePattern(regex, node.need('ArgumentList').list('Expressions')[0]?.span ?? node.head),
    cast(source, 'string'),
    ...groups.map((group) => literal('long', BigInt(group))),
  );
}

function ranged(node: SyntaxNode, args: readonly Expr[]): Expr {
  const [first] = args;
  if (!first) throw invalid('range() needs a start and an end.', node.head);
  const kind = args.some((arg) => arg.type === 'real')
    ? 'real'
    : first.type === 'datetime' || first.type === 'timespan'
      ? first.type
      : 'long';
  const step =
    kind === 'long'
      ? literal('long', 1n)
      : kind === 'real'
        ? literal('real', 1)
        : literal('timespan', kind === 'datetime' ? TICKS.day : TICKS.hour);
  return applyFunction(`range-${kind}`, node, args.length === 2 ? [...args, step] : args);
}
