/** The nodes of Microsoft's syntax tree. */
import type { Span } from './error';
import { invoke, isNode, isRaw, service } from './language-service';
import type { Raw, RawNode } from './language-service';
import type { NamedType, ScalarType } from './plan';

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

/** Stages that add no column have one type, which may have some hundred columns. */
const columnsOfTypes = new WeakMap<Raw, readonly NamedType[]>();

function columnsOf(type: Raw): readonly NamedType[] {
  const known = columnsOfTypes.get(type);
  if (known) return known;
  const columns = service()
    .toArray(type['Columns'])
    .filter(isRaw)
    .map((column) => {
      const columnType = column['Type'];
      const name = isRaw(columnType) ? String(columnType['Name']) : '';
      return { name: String(column['Name']), type: typeNamed(name) ?? 'dynamic' };
    });
  columnsOfTypes.set(type, columns);
  return columns;
}

const COMMENTS_BEFORE = /^(?:\s|\/\/.*)+/;

/** A node of Microsoft's syntax tree after binding. */
export class SyntaxNode {
  readonly #raw: RawNode;
  readonly #query: string | undefined;
  readonly #anchor: Span | undefined;

  /** `query` is the text that it stands in; undefined inside a called function, and then `anchor` is where the call stands. */
  constructor(raw: RawNode, query: string | undefined, anchor: Span | undefined) {
    this.#raw = raw;
    this.#query = query;
    this.#anchor = anchor;
  }

  get kind(): string {
    return service().kindNames.get(this.#raw.Kind) ?? `Kind${this.#raw.Kind}`;
  }
  /** Its source text, without the space and the comments before it. */
  get text(): string {
    const { TextStart: start, Width: width } = this.#raw;
    // the package puts it together token by token, which took a third of all planning
    if (this.#query !== undefined) return this.#query.slice(start, start + width).trim();
    return String(invoke(this.#raw, 'toString')).replace(COMMENTS_BEFORE, '').trimEnd();
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
    const named = columnsOf(type);
    // the binder gives every scan a column match_id, which Kusto adds only where with_match_id asks for it
    const invented = named.some((column) => column.name === 'match_id') && !/\bmatch_id\b/.test(this.text);
    return invented ? named.filter((column) => column.name !== 'match_id') : [...named];
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
    return isNode(body) ? new SyntaxNode(body, undefined, this.span) : undefined;
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
        // a function of the schema has a text of its own
        const fallback = isNode(value) ? new SyntaxNode(value, undefined, this.span) : undefined;
        return { name: String(parameter['Name']), default: fallback };
      });
  }

  #wrap(node: RawNode): SyntaxNode {
    return new SyntaxNode(node, this.#query, this.#anchor);
  }
}

/** Every node of a kind in the tree, outer ones first. */
export function nodesOfKind(node: SyntaxNode, kind: string): SyntaxNode[] {
  return [...(node.kind === kind ? [node] : []), ...node.children.flatMap((child) => nodesOfKind(child, kind))];
}
