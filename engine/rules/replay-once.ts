import type { Connection, Values } from '../db';
import { partsOf, rebuild, tablesOf } from '../kql/passes/walk';
import type { Expr, Rel } from '../kql/plan';
import { ORDER } from '../kql/to-sql/expression';
import type { Cte, Printed } from '../kql/to-sql/statement';
import { withClause } from '../kql/to-sql/statement';

/** A query as it is to be run at many times: no table skips rows by the time of one of these runs. */
export function forManyTimes(plan: Rel): Rel {
  return rebuild(plan, (rel) =>
    rel.op === 'table' && rel.narrowedBy
      ? { ...rel, narrowedBy: rel.narrowedBy.filter(({ value }) => isSettled(value)) }
      : rel,
  );
}

/** All times of a log. */
const ALL: Values = { zpa_from: Number.MIN_SAFE_INTEGER, zpa_to: Number.MAX_SAFE_INTEGER };

/**
 * What the first stages of a query make of a record depends on no other record and not on the time of a run: it is worked out
 * once, in tables of this connection, of which each run reads the records from $zpa_from to $zpa_to. Gives the `with` clause
 * of the query in which that is so; `values` are those that its SQL names.
 */
export async function workedOutOnce(connection: Connection, { ctes }: Printed, values: Values): Promise<string> {
  const byRecord = new Set<Rel>();
  for (const { rel } of ctes) if (isByRecord(rel, byRecord)) byRecord.add(rel);
  const below = ctes.filter(({ rel }) => byRecord.has(rel));
  const others = ctes.filter(({ rel }) => !byRecord.has(rel));
  const readers = others.flatMap(({ sql }) => sql.match(/\bs\d+\b/gu) ?? []);
  // nothing reads the last of all, which is the result
  const isHead = ({ name, rel }: Cte): boolean =>
    byRecord.has(rel) && (readers.includes(name) || name === ctes.at(-1)?.name);
  for (const { name } of below.filter(isHead)) {
    await connection.run(
      `create or replace temp table replayed_${name} as ${withClause(below)}
      select ${name}.*, record.time as run_time from ${name} join record on record.rowid = ${name}.${ORDER}`,
      { ...values, ...ALL },
    );
  }
  const left = ctes.flatMap((cte): Cte[] => {
    if (!byRecord.has(cte.rel)) return [cte];
    const sql = `select * exclude (run_time) from replayed_${cte.name}
      where run_time >= $zpa_from::bigint and run_time <= $zpa_to::bigint`;
    return isHead(cte) ? [{ ...cte, sql }] : [];
  });
  const readAgain = new Set(
    left.filter(({ name }) => readers.filter((each) => each === name).length > 1).map(({ rel }) => rel),
  );
  return withClause(left, (rel) => readAgain.has(rel));
}

/** The rows of ZPAEvent still stand for records, and are in no other way what the time of a run would make of them. */
function isByRecord(rel: Rel, below: ReadonlySet<Rel>): boolean {
  switch (rel.op) {
    case 'table':
      return rel.table === 'ZPAEvent';
    case 'filter':
      return rel.ordered && below.has(rel.input) && isSettled(rel.condition);
    case 'compute':
      return rel.ordered && below.has(rel.input) && rel.values.every(isSettled);
    case 'rows':
    case 'range':
    case 'take':
    case 'serialize':
    case 'sort':
    case 'summarize':
    case 'join':
    case 'union':
    case 'expand':
    case 'scan':
      return false;
  }
}

/** An expression over one row that does not ask for the time of a run. */
function isSettled(expr: Expr): boolean {
  if (expr.kind === 'window' || expr.kind === 'aggregate' || tablesOf(expr).length > 0) return false;
  if (expr.kind === 'call' && expr.name === 'now-ticks') return false;
  return partsOf(expr).every(isSettled);
}
