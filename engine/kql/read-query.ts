import type { Span } from './error';
import { quotedName } from './literals';
import { mayBeFuzzy, withoutAbsent } from './fuzzy';
import { nodesOfKind, SyntaxNode } from './kusto';
import { construct, invoke, isNode, isRaw, member, service } from './language-service';
import type { Raw } from './language-service';
import type { NamedType } from './plan';

/** What Microsoft's binder has to say about a query. */
export interface Diagnostic {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

/** The tables and functions that a query may name. */
export interface Schema {
  readonly tables: Readonly<Record<string, readonly NamedType[]>>;
  readonly functions?: readonly { name: string; parameters: string; body: string }[];
}

interface Reading {
  readonly root: SyntaxNode;
  readonly diagnostics: readonly Diagnostic[];
  /** Tables that are not there and that unions go on without, by isfuzzy=true. */
  readonly absent: readonly string[];
}
/** The few texts that were read last: one that is diagnosed, run and looked into by stages is read once. */
const readLast: { text: string; schema: Schema; reading: Reading }[] = [];
const READINGS_KEPT = 4;

/** Reads and binds a query. It never throws for a bad query: that is what the diagnostics are for. */
export function readQuery(text: string, schema: Schema): Reading {
  const known = readLast.find((each) => each.text === text && isSameSchema(each.schema, schema));
  if (known) return known.reading;
  const reading = readAnew(text, schema);
  readLast.unshift({ text, schema, reading });
  readLast.length = Math.min(readLast.length, READINGS_KEPT);
  return reading;
}

function readAnew(text: string, schema: Schema): Reading {
  const { toArray } = service();
  const globals = globalsOf(schema);
  const { text: bound, absent } = mayBeFuzzy(text)
    ? withoutAbsent(text, readSyntax(text), schema)
    : { text, absent: [] };
  const code = analysed(bound, globals);
  if (!code) return unreadable(text, globals);
  const syntax = code['Syntax'];
  if (!isNode(syntax)) throw new Error('the Kusto language service gave no syntax tree');
  const root = new SyntaxNode(syntax, text, undefined);
  const diagnostics = toArray(invoke(code, 'GetDiagnostics'))
    .filter(isRaw)
    .map((raw) => {
      const diagnostic = {
        severity: String(raw['Severity']),
        code: String(raw['Code']),
        message: String(raw['Message']),
        span: { start: Number(raw['Start']), length: Number(raw['Length']) },
      };
      // the binder gives unequal join keys no place
      const place = diagnostic.code === 'KS242' ? unequalKeys(root)?.span : undefined;
      return place ? { ...diagnostic, span: place } : diagnostic;
    });
  return { root, diagnostics, absent };
}

/** Undefined where the language service itself fails, as it does over a timespan where it looks for a word of a list. */
function analysed(text: string, globals: unknown): Raw | undefined {
  try {
    const code = invoke(member(service().language, 'KustoCode'), 'ParseAndAnalyze', text, globals);
    return isRaw(code) ? code : undefined;
  } catch (error) {
    if (error instanceof RangeError) throw error; // nested too deeply, which the caller refuses
    return undefined;
  }
}

/** A text that cannot be bound, with the innermost call by which it fails as its error. */
function unreadable(text: string, globals: unknown): Reading {
  const root = readSyntax(text);
  const calls = nodesOfKind(root, 'FunctionCallExpression').toReversed();
  const failing = calls.find((call) => !analysed(`print ${call.text}`, globals));
  const { name, span } = failing
    ? { name: `${failing.need('Name').name}()`, span: failing.span }
    : { name: 'the query', span: root.span };
  const message = `Microsoft's language service cannot read ${name}: an argument may be of a wrong type.`;
  return { root, diagnostics: [{ severity: 'Error', code: 'unreadable', message, span }], absent: [] };
}

function unequalKeys(root: SyntaxNode): SyntaxNode | undefined {
  return nodesOfKind(root, 'JoinOnClause')
    .concat(nodesOfKind(root, 'LookupOnClause'))
    .flatMap((clause) => nodesOfKind(clause, 'EqualExpression'))
    .find((keys) => keys.need('Left').type !== keys.need('Right').type);
}

/** The syntax tree alone: nothing is bound, so that no name, type or column is known. Much cheaper than readQuery. */
export function readSyntax(text: string): SyntaxNode {
  const code = invoke(member(service().language, 'KustoCode'), 'Parse', text);
  const root = isRaw(code) ? code['Syntax'] : undefined;
  if (!isNode(root)) throw new Error('the Kusto language service gave no syntax tree');
  return new SyntaxNode(root, text, undefined);
}

/** The few schemas that were used last: to declare the 153 columns of ZPAEvent takes longer than to read most queries. */
const declaredSchemas: { schema: Schema; globals: unknown }[] = [];
const SCHEMAS_KEPT = 4;

function globalsOf(schema: Schema): unknown {
  const known = declaredSchemas.find((each) => isSameSchema(each.schema, schema));
  if (known) return known.globals;
  const globals = declare(schema);
  declaredSchemas.unshift({ schema, globals });
  declaredSchemas.length = Math.min(declaredSchemas.length, SCHEMAS_KEPT);
  return globals;
}

function isSameSchema(one: Schema, other: Schema): boolean {
  const names = Object.keys(one.tables);
  return (
    one.functions === other.functions &&
    names.length === Object.keys(other.tables).length &&
    names.every((name) => one.tables[name] === other.tables[name])
  );
}

function declare(schema: Schema): unknown {
  const { language } = service();
  const symbols: unknown[] = [];
  for (const [name, columns] of Object.entries(schema.tables)) {
    const declared = columns.map((column) => `${quotedName(column.name)}:${column.type}`).join(', ');
    const table = invoke(member(language, 'Symbols.TableSymbol'), 'From', `(${declared})`);
    symbols.push(isRaw(table) ? invoke(table, 'WithName', name) : table);
  }
  for (const { name, parameters, body } of schema.functions ?? []) {
    // this overload is (name, parameter list, body, description)
    symbols.push(construct(language, 'Symbols.FunctionSymbol.$ctor16', name, parameters, `{\n${body}\n}`, null));
  }
  const database = construct(language, 'Symbols.DatabaseSymbol.ctor', 'local', symbols);
  return invoke(member(language, 'GlobalState.Default'), 'WithDatabase', database);
}
