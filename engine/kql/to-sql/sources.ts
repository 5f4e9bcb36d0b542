import { STORED_AS } from '../functions/casts';
import type { RangeRel, RowsRel, TableRel } from '../plan';
import { columnName, ORDER, printAll, printExpr } from './expression';
import { assigned, list, names, plain } from './items';
import type { Bare, TableSource } from './relation';

/** A range of more rows than this is refused by DuckDB's own error, not cut. */
const RANGE_LIMIT = 10_000_000;

/**
 * A select of a table's columns and row order; conditions by which DuckDB can skip rows are put to it as well.
 * A column that the table has not is null.
 */
export function printTable(rel: TableRel, at: Bare, sources: Readonly<Record<string, TableSource>>): string {
  const { table, columns, narrowedBy = [] } = rel;
  const source = sources[table];
  if (!source) throw new Error(`there is no source for the table ${table}`);
  const items = columns.map((column) => {
    const found = source.columns.find((candidate) => candidate.name === column.name);
    return `${found?.sql ?? 'null'} as ${columnName(column.id)}`;
  });
  const conditions = narrowedBy.flatMap(({ column, operator, value }) => {
    const text = value.kind === 'literal' && typeof value.value === 'string' ? { text: value.value } : {};
    const found = source.columns.find(({ name }) => name === column);
    return found?.narrow?.(operator, { sql: printExpr(value, plain(at)), ...text }) ?? [];
  });
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  return `select ${list([...items, `${source.order} as ${ORDER}`])} from ${source.from}${where}`;
}

/** A select of rows that stand in the query itself. */
export function printRows(rel: RowsRel, at: Bare): string {
  if (rel.rows.length === 0) {
    const items = rel.columns.map((column) => `null::${STORED_AS[column.type]} as ${columnName(column.id)}`);
    return `select ${list([...items, `0 as ${ORDER}`])} where false`;
  }
  if (at.besides !== undefined) {
    const selects = rel.rows.map((row, index) => {
      const values = assigned(rel.columns, printAll(row, plain(at)));
      return `select ${list([...values, `${index} as ${ORDER}`])} from ${at.besides}`;
    });
    return selects.join(' union all ');
  }
  const rows = rel.rows.map((row, index) => `(${[...printAll(row, plain(at)), index].join(', ')})`);
  return `select * from (values ${rows.join(', ')}) v(${[...names(rel.columns), ORDER].join(', ')})`;
}

/** A select of `range`: from a value to another in steps, up or down. Too many rows raise `query-limit`. */
export function printRange(rel: RangeRel, at: Bare): string {
  const [from, to, step] = printAll([rel.from, rel.to, rel.step], plain(at));
  const [column] = rel.columns;
  if (!column) throw new Error('a range has one column');
  const count =
    column.type === 'real'
      ? `(floor((${to} - ${from}) / ${step})::bigint + 1)`
      : `(case when (${to} - ${from} < 0) = (${step} < 0) or ${to} = ${from} then (${to} - ${from}) // ${step} + 1 else 0 end)`;
  const guarded = `case when ${count} > ${RANGE_LIMIT} then error('query-limit: a range of more than ${RANGE_LIMIT} rows') else ${count} end`;
  return `select (${from} + ${ORDER} * ${step})::${STORED_AS[column.type]} as ${columnName(column.id)}, ${ORDER} from (select ${at.besides === undefined ? '' : '*, '}unnest(range(0, ${guarded})) as ${ORDER}${at.besides === undefined ? '' : ` from ${at.besides}`})`;
}
