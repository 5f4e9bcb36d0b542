import { KqlError } from '../error';
import { countReaders } from '../passes/fuse';
import { inputsOf } from '../plan';
import type { Rel } from '../plan';

import { printRel } from './relation';
import type { TableSource } from './relation';

/** One CTE of the statement. */
export interface Cte {
  readonly name: string;
  readonly rel: Rel;
  readonly sql: string;
}

/** A plan as SQL: one CTE a node, in an order in which each reads only earlier ones. */
export interface Printed {
  readonly ctes: readonly Cte[];
  /** The texts that the SQL names as $p1, $p2 and so on. */
  readonly values: Readonly<Record<string, string>>;
  cteOf(rel: Rel): string;
  /** Binds a text and gives the SQL that stands for it. */
  bind(text: string): string;
}

interface PrintOptions {
  /** Writes a sort that only the windows over it read into these: there is no CTE of it then. */
  readonly inlineSorts?: boolean;
  /** Has every summarize count the rows that it reads. */
  readonly countsRows?: boolean;
}

/** Prints a plan. `sources` says how DuckDB reads each of the query's tables. */
export function printPlan(
  root: Rel,
  sources: Readonly<Record<string, TableSource>>,
  { inlineSorts = false, countsRows = false }: PrintOptions = {},
): Printed {
  const readers = inlineSorts ? countReaders(root) : undefined;
  const isInlined = (rel: Rel): boolean => rel.op === 'sort' && !rel.limit && readers?.get(rel) === 1;
  const ctes: Cte[] = [];
  const names = new Map<Rel, string>();
  const values: Record<string, string> = {};
  const bound = new Map<string, string>();
  const bind = (text: string): string => {
    const known = bound.get(text);
    if (known !== undefined) return known;
    const name = `p${bound.size + 1}`;
    values[name] = text;
    const sql = `$${name}::varchar`;
    bound.set(text, sql);
    return sql;
  };
  const cteOf = (rel: Rel): string => {
    const known = names.get(rel);
    if (known !== undefined) return known;
    for (const input of inputsOf(rel)) placed(rel, () => cteOf(inlinedIn(rel, input)));
    const at = { bind, cteOf, isInlined, countsRows };
    const sql = placed(rel, () => printRel(rel, at, sources));
    const name = `s${ctes.length}`;
    ctes.push({ name, rel, sql });
    names.set(rel, name);
    return name;
  };
  /** What is read in place of the input: the input of a sort that is written into the windows over it. */
  const inlinedIn = (rel: Rel, input: Rel): Rel =>
    rel.op === 'compute' && input.op === 'sort' && isInlined(input) ? input.input : input;
  cteOf(root);
  return { ctes, values, cteOf, bind };
}

/** A refusal that comes up only while SQL is printed stands where the stage does that it belongs to. */
function placed<T>(rel: Rel, print: () => T): T {
  try {
    return print();
  } catch (error) {
    if (!(error instanceof KqlError) || error.span.length > 0 || !rel.stage) throw error;
    throw new KqlError(error.kqlCode, error.message, rel.stage.span, { cause: error });
  }
}

/** The `with` clause of all CTEs; how each is kept is DuckDB's choice unless `keep` says it. */
export function withClause(ctes: readonly Cte[], keep?: (rel: Rel) => boolean): string {
  if (ctes.length === 0) return '';
  const how = (rel: Rel): string => (keep ? (keep(rel) ? ' materialized' : ' not materialized') : '');
  return `with ${ctes.map(({ name, rel, sql }) => `${name} as${how(rel)} (${sql})`).join(',\n')}\n`;
}
