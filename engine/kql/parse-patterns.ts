import { unsupported } from './error';
import type { SyntaxNode } from './kusto';
import { typeNamed } from './kusto';
import { compute } from './parse-columns';
import { parseExpression } from './parse-expression';
import { rowsOf, settingsOf } from './parse-pipe';
import { call, cast, columnExpr, literal, nothing } from './plan';
import type { Expr, Rel, ScalarType } from './plan';
import { MOST_GROUPS, unicodeClasses, withOnlyGroup } from './regex';
import type { Context } from './scope';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
const FRACTION = '(\\s*[+-]?[\\d.]+(?:[eE][+-]?\\d+)?)';
const CAPTURES: Readonly<Partial<Record<ScalarType, string>>> = {
  int: '(\\s*[+-]?\\d+)',
  long: '(\\s*[+-]?\\d+)',
  real: FRACTION,
  decimal: FRACTION,
};

/** parse and parse-where: the pattern becomes one regular expression, each column one of its groups. */
export function parsePattern(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const settings = settingsOf(operator);
  const mode = settings.get('kind')?.text ?? 'simple';
  const flags = settings.get('flags')?.text ?? '';
  if (flags && (mode !== 'regex' || !/^[imsU]+$/.test(flags)))
    throw unsupported('parse with these flags', operator.head);
  const text = cast(parseExpression(operator.need('Expression'), context), 'string');
  const { pattern, captures } = patternOf(operator.list('Patterns'), mode);
  const prefix = flags ? `(?${flags})` : '';
  const regex = literal('string', `${prefix}${pattern}`);
  const found = new Map<string, Expr>();
  captures.forEach(({ name, type }, index) => {
    const many = captures.length > MOST_GROUPS;
    const own = many ? literal('string', `${prefix}${withOnlyGroup(pattern, index + 1)}`) : regex;
    const group = call('extract', 'string', own, literal('int', many ? 1n : BigInt(index + 1)), text);
    found.set(name, cast(group, type));
  });
  const wanted = pipe.columns;
  // where a value is not of its type, simple parsing of the row fails as a whole
  const typed =
    mode === 'relaxed' ? [] : [...found.values()].filter(({ type }) => type !== 'string' && !CAPTURES[type]);
  const all = typed.map((value) => call('isnotnull', 'bool', value));
  const holds = all.length > 0 ? all.reduce((a, b) => call('and', 'bool', a, b)) : undefined;
  if (holds && mode === 'simple') {
    for (const [name, value] of found) found.set(name, call('case', value.type, holds, value, nothing(value.type)));
  }
  const values = wanted.map((column): Expr => {
    const kept = input.columns.find((candidate) => candidate.name === column.name);
    return found.get(column.name) ?? (kept ? columnExpr(kept) : literal(column.type, null));
  });
  if (operator.kind === 'ParseOperator') return compute('parse', operator, input, wanted, values, context);
  const matches = call('matches-regex', 'bool', text, regex);
  const matching: Rel = {
    ...rowsOf(input),
    op: 'filter',
    input,
    condition: holds ? call('and', 'bool', matches, holds) : matches,
  };
  return compute('parse-where', operator, matching, wanted, values, context);
}

function patternOf(
  parts: readonly SyntaxNode[],
  mode: string,
): { pattern: string; captures: { name: string; type: ScalarType }[] } {
  const captures: { name: string; type: ScalarType }[] = [];
  let pattern = '';
  parts.forEach((part, index) => {
    const last = index === parts.length - 1;
    if (part.kind === 'StarExpression') {
      pattern += mode === 'regex' ? '.*?' : last ? '[\\s\\S]*' : '[\\s\\S]*?';
    } else if (part.stringValue !== undefined) {
      pattern += mode === 'regex' ? withoutGroups(unicodeClasses(part.stringValue)) : escaped(part.stringValue);
    } else {
      const typed = part.kind === 'NameAndTypeDeclaration';
      const type = (typed ? typeNamed(part.need('Type').text) : undefined) ?? 'string';
      captures.push({ name: typed ? part.need('Name').name : part.name, type });
      // between regular expressions a capture takes as much as it can, between texts as little
      const number = CAPTURES[type];
      // relaxed, what is no number is taken as the text that it is, and becomes null
      const typedText = number && mode === 'relaxed' ? `${number.slice(0, -1)}|[\\s\\S]*?)` : number;
      pattern += typedText ?? (last || mode === 'regex' ? '([\\s\\S]*)' : '([\\s\\S]*?)');
    }
  });
  return { pattern: `^${pattern}$`, captures };
}

/** The pattern's own groups catch nothing, so that those of the columns keep their numbers. */
const withoutGroups = (pattern: string): string =>
  pattern.replace(/\\[\s\S]|\((?!\?)|\(\?P?<\w+>/g, (found) => (found.startsWith('\\') ? found : '(?:'));

/** parse-kv: key and value pairs between two delimiters, a value in quotes or not. */
export function parseKeyValues(operator: SyntaxNode, pipe: SyntaxNode, input: Rel, context: Context): Rel {
  const { compilation } = context;
  const properties = operator.part('WithClause')?.list('Properties') ?? [];
  const options = new Map(
    properties.map((property) => {
      const value = property.need('Expression');
      return [property.need('Name').name, value.stringValue ?? value.text];
    }),
  );
  const pair = options.get('pair_delimiter');
  const between = options.get('kv_delimiter');
  const other = [...options.keys()].find((name) => !['pair_delimiter', 'kv_delimiter', 'quote'].includes(name));
  if (!pair || !between || other !== undefined) {
    throw unsupported(
      `parse-kv with ${other ?? 'no delimiters'}`,
      operator.head,
      'Give it pair_delimiter and kv_delimiter, and quote where values are quoted.',
    );
  }
  const bag = call(
    'key-value-bag',
    'dynamic',
    cast(parseExpression(operator.need('Expression'), context), 'string'),
    literal('string', pairPattern(pair, between, options.get('quote') ?? '')),
  );
  const bagColumn = { name: '', type: 'dynamic', id: compilation.newId() } as const;
  const read: Rel = {
    ...rowsOf(input),
    op: 'compute',
    input,
    columns: [...input.columns, bagColumn],
    values: [...input.columns.map(columnExpr), bag],
  };
  const keys = new Set(
    operator
      .need('Keys')
      .list('Columns')
      .map((column) => column.need('Name').name),
  );
  const wanted = pipe.columns;
  const values = wanted.map((column): Expr => {
    const kept = keys.has(column.name) ? undefined : input.columns.find((each) => each.name === column.name);
    if (kept) return columnExpr(kept);
    const value = call('property', 'dynamic', columnExpr(bagColumn), literal('string', column.name));
    return cast(cast(value, 'string'), column.type);
  });
  return compute('parse-kv', operator, read, wanted, values, context);
}

/** Groups 1 and 2: the key, quoted or not; 3 and 4: the value. */
function pairPattern(pair: string, between: string, quote: string): string {
  const inClass = (text: string): string => text.replace(/[\]\\^-]/g, '\\$&');
  const open = escaped(quote.slice(0, 1));
  const close = escaped(quote.slice(-1));
  const notClose = `[^${inClass(quote.slice(-1))}]*`;
  const key = quote
    ? `(?:${open}(${notClose})${close}|([^${inClass(between + pair + quote)}]*?))`
    : `([^${inClass(between + pair)}]*?)()`;
  const value = quote ? `(?:${open}(${notClose})${close}|([^${inClass(pair)}]*?))` : `()([^${inClass(pair)}]*?)`;
  return `\\s*${key}\\s*${escaped(between)}\\s*${value}\\s*(?:${escaped(pair)}|$)`;
}
