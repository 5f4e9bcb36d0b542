/**
 * The plan: what a query means, in words of our own. Microsoft's syntax tree ends where this begins, and SQL begins
 * where this ends. Every column has a number that is unique within the plan, so that a pass can move or merge nodes
 * without a thought for names.
 */
import type { Span } from './error';

export type ScalarType =
  | 'bool'
  | 'int'
  | 'long'
  | 'real'
  | 'decimal'
  | 'string'
  | 'datetime'
  | 'timespan'
  | 'guid'
  | 'dynamic';

export interface NamedType {
  readonly name: string;
  readonly type: ScalarType;
}

export interface Column extends NamedType {
  readonly id: number;
}

/** Ticks for datetime and timespan, digits for decimal, JSON text for dynamic; null is the null of its type. */
export type LiteralValue = bigint | number | boolean | string | null;

export type Expr =
  | { readonly kind: 'column'; readonly type: ScalarType; readonly id: number }
  | { readonly kind: 'literal'; readonly type: ScalarType; readonly value: LiteralValue }
  /** A scalar function or operator of functions/; `cast` converts to `type`. */
  | { readonly kind: 'call'; readonly type: ScalarType; readonly name: string; readonly args: readonly Expr[] }
  | {
      readonly kind: 'aggregate';
      readonly type: ScalarType;
      readonly name: string;
      readonly args: readonly Expr[];
      readonly filter?: Expr;
    }
  /** prev, next, row_number and so on: over all rows in their order. */
  | {
      readonly kind: 'window';
      readonly type: ScalarType;
      readonly name: string;
      readonly args: readonly Expr[];
      /** Where this holds the count starts again; a pass turns it into `segment`. */
      readonly restart?: Expr;
      /** Rows of one value belong together. */
      readonly segment?: Expr;
    }
  /** The first column of the first row of a table: toscalar(). */
  | { readonly kind: 'subquery'; readonly type: ScalarType; readonly rel: Rel }
  /** True when `test`, which reads the table's first column, holds for one of its rows. */
  | { readonly kind: 'any-row'; readonly type: 'bool'; readonly rel: Rel; readonly test: Expr }
  /** True when the value is in the first column of the table; arrays in it count by their elements. */
  | {
      readonly kind: 'in-table';
      readonly type: 'bool';
      readonly value: Expr;
      readonly rel: Rel;
      readonly ignoreCase: boolean;
    }
  /** One value of the row that arg_max, arg_min or take_any picked into column `id`. */
  | { readonly kind: 'picked'; readonly type: ScalarType; readonly id: number; readonly index: number };

/** One pipe stage as the analyst wrote it. */
export interface Stage {
  readonly operator: string;
  readonly text: string;
  readonly span: Span;
  /** The let binding or function that the stage belongs to; empty for the query itself. */
  readonly binding: string;
  /** What the analyst must know about this stage, such as an order that Kusto leaves open. */
  readonly notes: readonly string[];
}

interface Base {
  readonly columns: readonly Column[];
  /** Rows have a known order. */
  readonly ordered: boolean;
  /** Kusto too calls the row set serialized, so that prev() and its like are allowed. */
  readonly serialized: boolean;
  /** Absent on a helper node, which belongs to the stage that reads it. */
  readonly stage?: Stage;
  /** Earlier stages that a pass has merged into this node; they have as many rows as its input. */
  readonly merged?: readonly Stage[];
}

export interface SortKey {
  readonly value: Expr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export type JoinKind =
  | 'inner'
  | 'innerunique'
  | 'leftouter'
  | 'rightouter'
  | 'fullouter'
  | 'leftsemi'
  | 'rightsemi'
  | 'leftanti'
  | 'rightanti';

/** A column of a table compared with what is the same for every row. */
export interface Comparison {
  readonly column: string;
  readonly operator: 'equal' | 'less' | 'less-equal' | 'greater' | 'greater-equal';
  readonly value: Expr;
}
/** Of `narrowedBy`, rows that fail a comparison may be left out: filters above the table drop them anyway. */
export type TableRel = Base & {
  readonly op: 'table';
  readonly table: string;
  readonly narrowedBy?: readonly Comparison[];
};
export type RowsRel = Base & { readonly op: 'rows'; readonly rows: readonly (readonly Expr[])[] };
export type RangeRel = Base & { readonly op: 'range'; readonly from: Expr; readonly to: Expr; readonly step: Expr };
/** One value a column: extend, project and every operator that only computes from one row. */
export type ComputeRel = Base & { readonly op: 'compute'; readonly input: Rel; readonly values: readonly Expr[] };
export type FilterRel = Base & { readonly op: 'filter'; readonly input: Rel; readonly condition: Expr };
export type SortRel = Base & {
  readonly op: 'sort';
  readonly input: Rel;
  readonly keys: readonly SortKey[];
  readonly limit?: Expr;
  /** The limit holds for the rows of each value of these by itself. */
  readonly per?: readonly Expr[];
};
type TakeRel = Base & {
  readonly op: 'take';
  readonly input: Rel;
  readonly count: Expr;
  readonly per?: readonly Expr[];
};
/** Fixes an order where there was none. */
type SerializeRel = Base & { readonly op: 'serialize'; readonly input: Rel };
/** Columns are the keys, then the aggregates; `picks` are rows that arg_max and its like pick, read by `picked`. */
export type SummarizeRel = Base & {
  readonly op: 'summarize';
  readonly input: Rel;
  readonly keys: readonly Expr[];
  readonly aggregates: readonly Expr[];
  readonly picks: readonly Pick[];
};
export interface Pick {
  readonly id: number;
  readonly by: 'max' | 'min' | 'any';
  /** What is greatest or smallest; absent for `any`. */
  readonly key?: Expr;
  readonly values: readonly Expr[];
  /** Only rows where this holds are picked from. */
  readonly filter?: Expr;
}
/** `values` read the columns of both sides. */
export type JoinRel = Base & {
  readonly op: 'join';
  readonly kind: JoinKind;
  readonly left: Rel;
  readonly right: Rel;
  readonly on: readonly { readonly left: Expr; readonly right: Expr }[];
  readonly values: readonly Expr[];
  /** Which left row of a key an innerunique join keeps: the first by these; by their order where it is absent. */
  readonly firstBy?: readonly SortKey[];
};
type UnionRel = Base & {
  readonly op: 'union';
  readonly branches: readonly { readonly input: Rel; readonly values: readonly Expr[] }[];
};
/** mv-expand: a row for each element of the lists, side by side. */
export type ExpandRel = Base & {
  readonly op: 'expand';
  readonly input: Rel;
  /** The columns that elements go to, with the list (a `dynamic`) that each comes from. */
  readonly lists: readonly { readonly id: number; readonly list: Expr; readonly bagsAsPairs: boolean }[];
  readonly indexId?: number;
  readonly limit?: Expr;
};

/**
 * scan with one step: row after row in their order. `next` and `condition` read the row and the state that the last row
 * left for which the condition held; only such rows come out, with the state that they leave.
 */
export type ScanRel = Base & {
  readonly op: 'scan';
  readonly input: Rel;
  readonly condition: Expr;
  readonly state: readonly {
    readonly id: number;
    readonly before: number;
    readonly start: Expr;
    readonly next: Expr;
  }[];
};

export type Rel =
  | ScanRel
  | TableRel
  | RowsRel
  | RangeRel
  | ComputeRel
  | FilterRel
  | SortRel
  | TakeRel
  | SerializeRel
  | SummarizeRel
  | JoinRel
  | UnionRel
  | ExpandRel;

/** The parts of which parsers build expressions; none of these three checks types. */
export const columnExpr = (column: Column): Expr => ({ kind: 'column', type: column.type, id: column.id });
export const literal = (type: ScalarType, value: LiteralValue): Expr => ({ kind: 'literal', type, value });
export const call = (name: string, type: ScalarType, ...args: readonly Expr[]): Expr => ({
  kind: 'call',
  name,
  type,
  args,
});
/** Kusto has no null string: its string that is nothing is the empty one. */
export const nothing = (type: ScalarType): Expr => literal(type, type === 'string' ? '' : null);
/** The value as another type, by Kusto's rules of conversion. */
export function cast(value: Expr, type: ScalarType): Expr {
  if (value.type === type) return value;
  if (value.kind === 'literal' && value.value === null && value.type !== 'dynamic') return nothing(type);
  if (value.kind === 'literal' && typeof value.value === 'bigint' && type === 'long') return literal(type, value.value);
  if (value.kind === 'literal' && typeof value.value === 'bigint' && type === 'real')
    return literal(type, Number(value.value));
  return call('cast', type, value);
}

/** The nodes that a node reads rows from, in the order of the text. */
export function inputsOf(rel: Rel): readonly Rel[] {
  switch (rel.op) {
    case 'table':
    case 'rows':
    case 'range':
      return [];
    case 'join':
      return [rel.left, rel.right];
    case 'union':
      return rel.branches.map((branch) => branch.input);
    case 'compute':
    case 'filter':
    case 'sort':
    case 'take':
    case 'serialize':
    case 'summarize':
    case 'expand':
    case 'scan':
      return [rel.input];
  }
}
