import { invalid, KqlError } from './error';
import type { Span } from './error';
import { readQuery } from './read-query';
import type { SyntaxNode } from './kusto';
import { quotedName } from './literals';
import type { Schema } from './read-query';
import { unpackingOf } from './parse-unpack';
import type { NamedType } from './plan';

/** A query in which the columns of each `evaluate bag_unpack()` are written out, and where its pieces stand in the original. */
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
  if (!/\bbag_unpack\b/.test(text)) return unpacked;
  for (let count = 0; count < MOST_UNPACKED; count++) {
    const { root } = readQuery(unpacked.text, schema);
    const statement = root.list('Statements').find((each) => openIn(each).length > 0);
    const [pipe] = statement ? openIn(statement) : [];
    if (!statement || !pipe) break;
    unpacked = await written(unpacked, statement, pipe, ask);
  }
  return unpacked;
}

/** The pipes in a statement that end in a bag_unpack() without columns, inner ones first. */
function openIn(node: SyntaxNode): SyntaxNode[] {
  if (node.kind === 'FunctionDeclaration') return [];
  const inner = node.children.flatMap(openIn);
  if (node.kind !== 'PipeExpression') return inner;
  const operator = node.need('Operator');
  return operator.kind === 'EvaluateOperator' && !operator.part('Schema') ? [...inner, node] : inner;
}

async function written(before: Unpacked, statement: SyntaxNode, pipe: SyntaxNode, ask: Ask): Promise<Unpacked> {
  const { text, placeOf } = before;
  const input = pipe.need('Expression');
  const operator = pipe.need('Operator');
  const unpacking = unpackingOf(operator);
  const rows = await answered(
    ask,
    `${text.slice(0, statement.span.start)}\n${input.text}\n| project b = ${unpacking.bag.text} | where gettype(b) == 'dictionary'
    | mv-expand kind=array b | extend k = tostring(b[0]), t = gettype(b[1]) | where t != 'null' | summarize by k, t | sort by k asc, t asc`,
  );
  const found = new Map<string, string>();
  for (const [key, type] of rows) {
    if (key === null || key === undefined || unpacking.ignored.includes(key)) continue;
    const name = `${unpacking.prefix}${key}`;
    found.set(name, found.has(name) ? 'dynamic' : (TYPES[type ?? ''] ?? 'dynamic'));
  }
  const kept: { name: string; type: string }[] = [];
  for (const column of input.columns) {
    const type = conflict(column, found, unpacking, operator);
    if (type !== undefined) kept.push({ name: column.name, type });
    found.delete(column.name);
  }
  const columns = [...kept, ...[...found].map(([name, type]) => ({ name, type }))];
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
