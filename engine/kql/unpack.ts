import { invalid, KqlError } from './error';
import type { Span } from './error';
import { readQuery } from './read-query';
import type { SyntaxNode } from './kusto';
import { quotedName } from './literals';
import type { Schema } from './read-query';
import { pivotingOf } from './parse-pivot';
import { unpackingOf } from './parse-unpack';
import type { NamedType } from './plan';

/** A query in which the columns of each `evaluate bag_unpack()` and `pivot()` are written out, and where its pieces stand in the original. */
interface Unpacked {
  readonly text: string;
  readonly placeOf: (span: Span) => Span;
}
/** Gives the rows of a query, as text. */
type Ask = (kql: string) => Promise<readonly (readonly (string | null)[])[]>;

/** What gettype() says of a property, as the type of its column. */
const TYPES: Readonly<Record<string, string>> = { long: 'long', double: 'real', bool: 'bool', string: 'string' };
const MOST_UNPACKED = 8;
/** Properties that bag_unpack() makes columns of. */
export const MOST_PROPERTIES = 1_000;

/** Runs a query with the columns of its bag_unpack() written out; `moved` puts the places in a result back. */
export async function runUnpacked<T>(
  text: string,
  schema: Schema,
  ask: Ask,
  run: (text: string) => Promise<T>,
  moved: (result: T, placeOf: Unpacked['placeOf']) => T,
): Promise<T> {
  const unpacked = await withUnpackedColumns(text, schema, ask);
  if (unpacked.text === text) return run(text);
  try {
    return moved(await run(unpacked.text), unpacked.placeOf);
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    throw error.movedTo(unpacked.placeOf(error.span));
  }
}

/**
 * The columns that bag_unpack() makes depend on the rows, so these are asked for the properties of their bags first, by a
 * query of its own, and the columns are written behind the call as Kusto allows. Not inside functions, whose rows depend
 * on their arguments.
 */
async function withUnpackedColumns(text: string, schema: Schema, ask: Ask): Promise<Unpacked> {
  let unpacked: Unpacked = { text, placeOf: (span) => span };
  if (!/\b(bag_unpack|pivot)\b/.test(text)) return unpacked;
  for (let count = 0; count < MOST_UNPACKED; count++) {
    const { root } = readQuery(unpacked.text, schema);
    const statement = root.list('Statements').find((each) => openIn(each).length > 0);
    const [pipe] = statement ? openIn(statement) : [];
    if (!statement || !pipe) break;
    unpacked = await written(unpacked, statement, pipe, ask);
  }
  return unpacked;
}

/** The pipes in a statement that end in a plugin without its columns, inner ones first. */
function openIn(node: SyntaxNode): SyntaxNode[] {
  if (node.kind === 'FunctionDeclaration') return [];
  const inner = node.children.flatMap(openIn);
  if (node.kind !== 'PipeExpression') return inner;
  const operator = node.need('Operator');
  return operator.kind === 'EvaluateOperator' && !operator.part('Schema') ? [...inner, node] : inner;
}

async function written(before: Unpacked, statement: SyntaxNode, pipe: SyntaxNode, ask: Ask): Promise<Unpacked> {
  const { text, placeOf } = before;
  const operator = pipe.need('Operator');
  const answer = (query: string): ReturnType<Ask> =>
    answered(ask, `${text.slice(0, statement.span.start)}\n${pipe.need('Expression').text}\n${query}`);
  const isPivot = operator.need('FunctionCall').need('Name').name === 'pivot';
  const columns = isPivot ? await pivoted(pipe, answer) : await unpackedColumns(pipe, answer);
  const clause = ` : (${columns.map(({ name, type }) => `${quotedName(name)}:${type}`).join(', ')})`;
  const at = operator.span.start + operator.span.length;
  const { length } = clause;
  return {
    text: text.slice(0, at) + clause + text.slice(at),
    placeOf: ({ start, length: size }) => {
      const covers = start <= at && start + size >= at + length;
      return placeOf({ start: start > at ? start - length : start, length: covers ? size - length : size });
    },
  };
}

interface Written {
  readonly name: string;
  readonly type: string;
}

/** The columns of bag_unpack(), by the properties of the bags. */
async function unpackedColumns(pipe: SyntaxNode, answer: (query: string) => ReturnType<Ask>): Promise<Written[]> {
  const operator = pipe.need('Operator');
  const unpacking = unpackingOf(operator);
  const rows = await answer(`| project b = ${unpacking.bag.text} | where gettype(b) == 'dictionary'
    | mv-expand kind=array b | extend k = tostring(b[0]), t = gettype(b[1]) | where t != 'null' | summarize by k, t | sort by k asc, t asc`);
  const found = new Map<string, string>();
  for (const [key, type] of rows) {
    if (key === null || key === undefined || unpacking.ignored.includes(key)) continue;
    const name = `${unpacking.prefix}${key}`;
    found.set(name, found.has(name) ? 'dynamic' : (TYPES[type ?? ''] ?? 'dynamic'));
  }
  const kept: Written[] = [];
  for (const column of pipe.need('Expression').columns) {
    const type = conflict(column, found, unpacking, operator);
    if (type !== undefined) kept.push({ name: column.name, type });
    found.delete(column.name);
  }
  return [...kept, ...[...found].map(([name, type]) => ({ name, type }))];
}

/** The columns of pivot(): those that are kept, and one for each value, in the order of the rows. */
async function pivoted(pipe: SyntaxNode, answer: (query: string) => ReturnType<Ask>): Promise<Written[]> {
  const operator = pipe.need('Operator');
  const { by, aggregate, keys } = pivotingOf(operator, pipe.need('Expression').columns);
  const rows = await answer(
    `| project k = tostring(${by.text}) | serialize n = row_number() | summarize n = min(n) by k | sort by n asc | project k`,
  );
  const type = aggregate ? (aggregate.type ?? 'dynamic') : 'long';
  const values = rows.map(([name]) => ({ name: name ?? '', type }));
  const bad = values.find(({ name }) => name === '' || keys.some((key) => key.name === name));
  if (bad) throw invalid(`pivot() cannot make a column of the value "${bad.name}".`, by.span);
  return [...keys, ...values];
}

/** A query that fails here fails as a whole too, and then with the place where. */
async function answered(ask: Ask, kql: string): ReturnType<Ask> {
  try {
    return await ask(kql);
  } catch (error) {
    if (error instanceof KqlError && error.kqlCode !== 'query-limit') return [];
    throw error;
  }
}

/** The type of a column of the input in the result; undefined where it is not in it. */
function conflict(
  { name, type }: NamedType,
  found: ReadonlyMap<string, string>,
  { bag, onConflict }: ReturnType<typeof unpackingOf>,
  operator: SyntaxNode,
): string | undefined {
  const property = found.get(name);
  if (name === bag.name) return property;
  if (property === undefined || onConflict === 'keep_source') return type;
  if (onConflict === 'replace_source') return property;
  throw invalid(`bag_unpack() would make a second column ${name}. Give it columnsConflict.`, operator.span);
}
