import type { Column } from '../plan';
import { columnName } from './expression';
import type { Surroundings } from './expression';
import type { Bare } from './relation';

export const plain = (at: Bare): Surroundings => ({ ...at, orderBy: '' });
export const names = (columns: readonly Column[]): string[] => columns.map((column) => columnName(column.id));
export const list = (items: readonly string[]): string => (items.length === 0 ? '1 as nothing' : items.join(', '));
export const assigned = (columns: readonly Column[], values: readonly string[]): string[] =>
  columns.map((column, index) => {
    const [name, value] = [columnName(column.id), values[index] ?? 'null'];
    return name === value ? name : `${value} as ${name}`;
  });
