/**
 * The only file that knows Microsoft's language service, which is untyped here on purpose: its own declarations are
 * 1.7 MB that do not compile. It is loaded when first needed (about half a second).
 */
import { createRequire } from 'node:module';
import type { Span } from './error';
import type { NamedType, ScalarType } from './plan';

type Raw = Record<string, unknown>;
interface RawNode extends Raw {
  readonly Kind: number;
  readonly ChildCount: number;
  readonly TextStart: number;
  readonly Width: number;
}

interface LanguageService {
  language: Raw;
  toArray: (list: unknown) => unknown[];
  kindNames: ReadonlyMap<number, string>;
}

let loaded: LanguageService | undefined;

function isRaw(value: unknown): value is Raw {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
function isNode(value: unknown): value is RawNode {
  return isRaw(value) && typeof value['Kind'] === 'number' && typeof value['ChildCount'] === 'number';
}
/** The member that a path such as `Syntax.SyntaxKind` leads to; a missing one means that the package has changed. */
function member(from: Raw, path: string): Raw {
  let at: Raw = from;
  for (const name of path.split('.')) {
    const next = at[name];
    if (!isRaw(next)) throw new Error(`the Kusto language service has no ${path}`);
    at = next;
  }
  return at;
}
function invoke(target: Raw, name: string, ...args: unknown[]): unknown {
  const method = target[name];
  if (typeof method !== 'function') throw new Error(`the Kusto language service has no ${name}()`);
  return Reflect.apply(method, target, args);
}
function construct(from: Raw, path: string, ...args: unknown[]): unknown {
  const type = member(from, path);
  if (typeof type !== 'function') throw new Error(`the Kusto language service has no constructor ${path}`);
  return Reflect.construct(type, args);
}

function service(): LanguageService {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  require('@kusto/language-service-next/bridge.min.js'); // the runtime must come before what is built on it
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const globals: Raw = globalThis as unknown as Raw; // both scripts publish themselves as globals
  const language = member(globals, 'Kusto.Language');
  const bridge = member(globals, 'Bridge');
  const kindNames = new Map<number, string>();
  for (const [name, value] of Object.entries(member(language, 'Syntax.SyntaxKind'))) {
    if (typeof value === 'number' && /^[A-Z_]/.test(name)) kindNames.set(value, name);
  }
  loaded = {
    language,
    kindNames,
    toArray: (list) => {
      const array = list ? invoke(bridge, 'toArray', list) : [];
      return Array.isArray(array) ? array : [];
    },
  };
  return loaded;
}

const TYPES: Readonly<Record<string, ScalarType>> = {
  bool: 'bool',
  boolean: 'bool',
  int: 'int',
  long: 'long',
  real: 'real',
  double: 'real',
  decimal: 'decimal',
  string: 'string',
  datetime: 'datetime',
  date: 'datetime',
  timespan: 'timespan',
  time: 'timespan',
  guid: 'guid',
  uuid: 'guid',
  uniqueid: 'guid',
  dynamic: 'dynamic',
};

/** The type that a name in a query means, such as `time` for timespan; undefined for a name that means none. */
export function typeNamed(name: string): ScalarType | undefined {
  return name.startsWith('dynamic') ? 'dynamic' : TYPES[name];
}

/** A node of Microsoft's syntax tree after binding. */
export class SyntaxNode {
  readonly #raw: RawNode;
  readonly #anchor: Span | undefined;

  constructor(raw: RawNode, anchor: Span | undefined) {
    this.#raw = raw;
    this.#anchor = anchor;
  }

  get kind(): string {
    return service().kindNames.get(this.#raw.Kind) ?? `Kind${this.#raw.Kind}`;
  }
  /** Its source text, without the space before it. */
  get text(): string {
    return String(invoke(this.#raw, 'toString')).trim();
  }
  /** Where it stands in the query; inside a called function: where the call stands. */
  get span(): Span {
    return this.#anchor ?? { start: this.#raw.TextStart, length: this.#raw.Width };
  }
  /** Where its first word stands, such as the name of an operator or function. */
  get head(): Span {
    if (this.#anchor) return this.#anchor;
    const [word = ''] = /^(?:[\w-]+|\W)/.exec(this.text) ?? [];
    return { start: this.#raw.TextStart, length: word.length };
  }
  get isTabular(): boolean {
    const type = this.#raw['ResultType'];
    return this.kind === 'PipeExpression' || (isRaw(type) && type['IsTabular'] === true);
  }
  /** The scalar type that the binder found; undefined where it found none. */
  get type(): ScalarType | undefined {
    const type = this.#raw['ResultType'];
    return isRaw(type) ? typeNamed(String(type['Name'])) : undefined;
  }
  /** Names and types of its result's columns; a column that the binder has no type for counts as dynamic. */
  get columns(): NamedType[] {
    const type = this.#raw['ResultType'];
    if (!isRaw(type)) return [];
    const named = service()
      .toArray(type['Columns'])
      .filter(isRaw)
      .map((column) => {
        const columnType = column['Type'];
        const name = isRaw(columnType) ? String(columnType['Name']) : '';
        return { name: String(column['Name']), type: typeNamed(name) ?? 'dynamic' };
      });
    // the binder gives every scan a column match_id, which Kusto adds only where with_match_id asks for it
    const invented = named.some((column) => column.name === 'match_id') && !/\bmatch_id\b/.test(this.text);
    return invented ? named.filter((column) => column.name !== 'match_id') : named;
  }
  get name(): string {
    const name = this.#raw['SimpleName'];
    return typeof name === 'string' ? name : '';
  }
  /** The value of a string literal, escapes undone. Other literals: the package reads them wrongly; see literals.ts. */
  get stringValue(): string | undefined {
    const value = this.#raw['LiteralValue'];
    return typeof value === 'string' ? value : undefined;
  }
  get children(): SyntaxNode[] {
    const nodes: SyntaxNode[] = [];
    for (let index = 0; index < this.#raw.ChildCount; index++) {
      const child = invoke(this.#raw, 'GetChild', index);
      if (isNode(child)) nodes.push(this.#wrap(child));
    }
    return nodes;
  }

  /** The part of that name, such as `Condition` of a filter. */
  part(name: string): SyntaxNode | undefined {
    const value = this.#raw[name];
    return isNode(value) ? this.#wrap(value) : undefined;
  }
  /** The part that the grammar says must be there. */
  need(name: string): SyntaxNode {
    const part = this.part(name);
    if (!part) throw new Error(`the Kusto language service gives a ${this.kind} without ${name}`);
    return part;
  }
  /** The parts of a list, without the commas between them. */
  list(name: string): SyntaxNode[] {
    return service()
      .toArray(this.#raw[name])
      .filter(isNode)
      .map((node) => {
        const wrapped = this.#wrap(node);
        return wrapped.kind === 'SeparatedElement' ? (wrapped.children[0] ?? wrapped) : wrapped;
      });
  }
  /** The body of the function that is called or named here, bound for this very call. */
  calledBody(): SyntaxNode | undefined {
    const getBody = this.#raw['GetCalledFunctionBody'];
    if (typeof getBody !== 'function') return undefined;
    const body: unknown = Reflect.apply(getBody, this.#raw, []);
    return isNode(body) ? new SyntaxNode(body, this.span) : undefined;
  }
  /** The parameters of the called function. */
  parameters(): { name: string; default: SyntaxNode | undefined }[] {
    const signature = this.#raw['ReferencedSignature'];
    if (!isRaw(signature)) return [];
    return service()
      .toArray(signature['Parameters'])
      .filter(isRaw)
      .map((parameter) => {
        const value = parameter['DefaultValue'];
        return { name: String(parameter['Name']), default: isNode(value) ? this.#wrap(value) : undefined };
      });
  }

  #wrap(node: RawNode): SyntaxNode {
    return new SyntaxNode(node, this.#anchor);
  }
}

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
  const { language, toArray } = service();
  const globals = globalsOf(schema);
  const code = invoke(member(language, 'KustoCode'), 'ParseAndAnalyze', text, globals);
  const root = isRaw(code) ? code['Syntax'] : undefined;
  if (!isRaw(code) || !isNode(root)) throw new Error('the Kusto language service gave no syntax tree');
  const diagnostics = toArray(invoke(code, 'GetDiagnostics'))
    .filter(isRaw)
    .map((raw) => ({
      severity: String(raw['Severity']),
      code: String(raw['Code']),
      message: String(raw['Message']),
      span: { start: Number(raw['Start']), length: Number(raw['Length']) },
    }));
  return { root: new SyntaxNode(root, undefined), diagnostics };
}

/** The syntax tree alone: nothing is bound, so that no name, type or column is known. Much cheaper than readQuery. */
export function readSyntax(text: string): SyntaxNode {
  const code = invoke(member(service().language, 'KustoCode'), 'Parse', text);
  const root = isRaw(code) ? code['Syntax'] : undefined;
  if (!isNode(root)) throw new Error('the Kusto language service gave no syntax tree');
  return new SyntaxNode(root, undefined);
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
    const declared = columns.map((column) => `['${column.name.replace(/['\\]/g, '\\$&')}']:${column.type}`).join(', ');
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
