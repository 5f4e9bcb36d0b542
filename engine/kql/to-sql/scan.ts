import { STORED_AS } from '../functions/casts';
import type { ScanRel } from '../plan';
import { columnName, ORDER, printExpr } from './expression';
import type { Bare } from './relation';

/** Each row takes a step of a recursion of its own, so that more than this would never end. */
const SCAN_LIMIT = 20_000;

/** A recursion over the rows by their number; the walk holds the state that they leave. */
export function printScan(rel: ScanRel, at: Bare): string {
  const here = { ...at, orderBy: '' };
  const holds = `coalesce(${printExpr(rel.condition, here)}, false)`;
  const start = rel.state.map(
    ({ before, start: value }) => `(${printExpr(value, here)})::${STORED_AS[value.type]} as ${columnName(before)}`,
  );
  const next = rel.state.map(
    ({ before, next: value }) =>
      `case when ${holds} then ${printExpr(value, here)} else walk.${columnName(before)} end`,
  );
  const input = at.cteOf(rel.input);
  const rows = `select *, row_number() over (order by ${ORDER}) as place from ${input}`;
  const limit = `case when (select count(*) from ${input}) > ${SCAN_LIMIT} then error('query-limit: scan of more than ${SCAN_LIMIT} rows') else 0::bigint end`;
  const out = [
    ...rel.input.columns.map(({ id }) => `rows.${columnName(id)}`),
    ...rel.state.map(({ id, before }) => `walk.${columnName(before)} as ${columnName(id)}`),
    `rows.${ORDER}`,
  ];
  return `with recursive rows as materialized (${rows}),
    walk as (
      select ${[`${limit} as place`, 'false as hit', ...start].join(', ')}
      union all
      select ${['rows.place', holds, ...next].join(', ')} from walk join rows on rows.place = walk.place + 1
    )
    select ${out.join(', ')} from walk join rows on rows.place = walk.place where walk.hit`;
}
