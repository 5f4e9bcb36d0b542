/** Columns of many rows as DuckDB gives them, put in order here: a sort of wide rows costs it more than all else. */
import { inOrder } from '../../shared/in-order';
import type { Bulk } from '../db';

type Numbers = Exclude<Bulk, string[]>;

/** The rows by group, and by number within each. DuckDB gives them in the order of their table, but does not promise it. */
export function byGroup(row: Float64Array, group: Uint32Array, groups: number): Uint32Array<ArrayBuffer> {
  const order = inOrder(row);
  const next = new Uint32Array(groups + 1);
  for (const each of group) next[each + 1] = (next[each + 1] ?? 0) + 1;
  for (let at = 1; at <= groups; at++) next[at] = (next[at] ?? 0) + (next[at - 1] ?? 0);
  const sorted = new Uint32Array(order.length);
  for (const at of order) {
    const own = group[at] ?? 0;
    const place = next[own] ?? 0;
    sorted[place] = at;
    next[own] = place + 1;
  }
  return sorted;
}

/** The values of a column in this order. */
export function picked<A extends Numbers>(column: A, order: Uint32Array): A {
  const values = column.slice();
  for (let at = 0; at < order.length; at++) values[at] = column[order[at] ?? 0] ?? 0;
  return values as A; // a slice is of the kind that it is cut from
}

/** The column as it came; an empty one where it is of another kind, as in a result without rows. So the next three. */
export function floats(column: Bulk | undefined): Float64Array<ArrayBuffer> {
  return column instanceof Float64Array ? column : new Float64Array();
}

/** For UINTEGER. */
export function wholes(column: Bulk | undefined): Uint32Array<ArrayBuffer> {
  return column instanceof Uint32Array ? column : new Uint32Array();
}

/** For UTINYINT. */
export function bytes(column: Bulk | undefined): Uint8Array<ArrayBuffer> {
  return column instanceof Uint8Array ? column : new Uint8Array();
}

/** For VARCHAR. */
export function texts(column: Bulk | undefined): readonly string[] {
  return Array.isArray(column) ? column : [];
}
