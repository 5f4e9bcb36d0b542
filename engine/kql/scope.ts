import type { SyntaxNode } from './kusto';
import { KqlError } from './error';
import { MAX_EXPANSIONS } from './limits';
import { columnExpr } from './plan';
import type { Column, Expr, NamedType, Rel, Stage } from './plan';
import type { Schema } from './read-query';

/** What a name that a let statement, a parameter or `as` has introduced stands for. */
type Binding =
  /** `depth`: that of the place where it was bound; its columns are those of the rows there. */
  | { readonly kind: 'scalar'; readonly value: Expr; readonly depth: number }
  | { readonly kind: 'table'; readonly rel: () => Rel }
  /** A step of scan: what the last row that it held for has left. */
  | { readonly kind: 'state'; readonly read: (name: string, node: SyntaxNode) => Expr };

/** The names that are visible at a place in the query. */
export class Scope {
  readonly #names = new Map<string, Binding>();
  readonly #outer: Scope | undefined;
  constructor(outer?: Scope) {
    this.#outer = outer;
  }
  get(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#outer?.get(name);
  }
  set(name: string, binding: Binding): void {
    this.#names.set(name, binding);
  }
}

/** What is known of one query while it is turned into a plan. */
export class Compilation {
  #nextId = 1;
  #expansions = 0;
  /** The let binding or function whose stages are being read. */
  binding = '';
  /** Said by expressions; the next stage takes them. */
  readonly notes: string[] = [];
  /** Evaluation time in ticks: what now() gives. */
  readonly now: bigint;
  readonly schema: Schema;
  /** now() stays open in the plan, for the statement to be run at many times. */
  readonly openNow: boolean;

  constructor(now: bigint, schema: Schema, openNow = false) {
    this.now = now;
    this.schema = schema;
    this.openNow = openNow;
  }

  /** Counts the calls of the query's own functions: functions that call functions twice grow without bound. */
  countExpansion(node: SyntaxNode): void {
    if (++this.#expansions > MAX_EXPANSIONS) {
      throw new KqlError(
        'query-limit',
        `The query calls its own functions more than ${MAX_EXPANSIONS} times.`,
        node.span,
      );
    }
  }
  newId(): number {
    return this.#nextId++;
  }
  newColumns(types: readonly NamedType[]): Column[] {
    return types.map(({ name, type }) => ({ name, type, id: this.newId() }));
  }
  /** The same table under new column numbers, so that it can meet itself in a join. */
  renumbered(rel: Rel): Rel {
    const columns = this.newColumns(rel.columns);
    return {
      op: 'compute',
      input: rel,
      columns,
      values: rel.columns.map(columnExpr),
      ordered: rel.ordered,
      serialized: rel.serialized,
    };
  }
  /** The stage of a node, with what its expressions have noted on the way. */
  stage(operator: string, node: SyntaxNode, ...notes: string[]): Stage {
    const all = [...new Set([...notes, ...this.notes.splice(0)])];
    return { operator, text: node.text.replace(/^\|\s*/, ''), span: node.span, binding: this.binding, notes: all };
  }
}

/** Where an expression stands: what its names mean, and the rows that it is computed for. */
export interface Context {
  readonly compilation: Compilation;
  readonly scope: Scope;
  /** The row set whose columns the expression may read. */
  readonly rel?: Rel | undefined;
  /** How many tables inside expressions are around it, such as that of toscalar(). */
  readonly depth: number;
  /** Aggregates are allowed here: directly in summarize. */
  readonly aggregates?: boolean;
}
