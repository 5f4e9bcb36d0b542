import type { ScalarType } from '../plan';

/**
 * What a parameter is converted to before it reaches the SQL; `any` is left as it is, `result` becomes the result's type,
 * `regex` is a text whose classes are made Kusto's.
 */
type ParameterType = ScalarType | 'any' | 'result' | 'regex';

/**
 * One function or operator of Kusto as DuckDB knows it: a line of data. `takes` lists parameter types; the last may end in
 * `?` (may be absent) or `...` (repeats). `gives` is the type of the result; absent: what Microsoft's binder says.
 * In `sql`, `$1` is the first argument and `$*` stands for all, with commas; where the SQL depends on the type of the
 * first argument it is a record by that type, with `else` for all others.
 */
export interface FunctionSpec {
  readonly takes: string;
  readonly gives?: ScalarType;
  readonly sql: string | Readonly<Partial<Record<ScalarType | 'else', string>>>;
}
export type FunctionTable = Readonly<Record<string, FunctionSpec>>;

/** The type of each of `count` arguments; undefined when the function does not take that many. */
export function parameterTypes(spec: FunctionSpec, count: number): ParameterType[] | undefined {
  const listed = spec.takes === '' ? [] : spec.takes.split(', ');
  const types: ParameterType[] = [];
  for (let index = 0; index < Math.max(count, listed.length); index++) {
    const text = listed[index] ?? (listed.at(-1)?.endsWith('...') ? listed.at(-1) : undefined);
    if (text === undefined) return undefined;
    if (index >= count) {
      if (!text.endsWith('?') && !text.endsWith('...')) return undefined;
      continue;
    }
    types.push(text.replace(/[?.]+$/, '') as ParameterType); // the tables hold no other words; a test looks at each
  }
  return types;
}

/** The SQL of a call whose arguments are SQL already. */
export function fillIn(spec: FunctionSpec, first: ScalarType | undefined, args: readonly string[]): string {
  const sql =
    typeof spec.sql === 'string' ? spec.sql : ((first === undefined ? undefined : spec.sql[first]) ?? spec.sql.else);
  if (sql === undefined) throw new Error('a function of the table has no SQL for this type');
  return sql.replace(/\$(\*|\d+)/g, (_, which: string) =>
    which === '*' ? args.join(', ') : (args[Number(which) - 1] ?? 'null'),
  );
}
