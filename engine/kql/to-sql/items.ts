import type { Column } from '../plan';
import { columnName } from './expression';
import type { Surroundings } from './expression';
import type { Bare } from './relation';

/** Surroundings without an order of rows, for expressions that stand outside of any window. */
export const plain = (at: Bare): Surroundings => ({ ...at, orderBy: '' });
/** The names by which SQL knows these columns. */
export const names = (columns: readonly Column[]): string[] => columns.map((column) => columnName(column.id));
/** Items of a select, which must not be empty: a plan may need no column at all, only the number of rows. */
export const list = (items: readonly string[]): string => (items.length === 0 ? '1 as nothing' : items.join(', '));
/** Items that give each column its value; null where there are fewer values. */
export const assigned = (columns: readonly Column[], values: readonly string[]): string[] =>
  columns.map((column, index) => {
    const [name, value] = [columnName(column.id), values[index] ?? 'null'];
    return name === value ? name : `${value} as ${name}`;
  });
