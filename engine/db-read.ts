/** How the values that DuckDB gives become plain ones. It knows them by their shape: DuckDB itself is imported in db.ts alone. */
import { DoppelError } from '../shared/errors';
import type { Bulk, Cell } from './db';

/** Some rows of a result. */
interface Chunk {
  getColumnVector(column: number): { readonly itemCount: number; getItem(row: number): unknown };
  getColumnValues(column: number): readonly unknown[];
}

/** The numbers of a column, written into `all`, which has room for each row. Throws `internal` for a null. */
export function numbersOf<A extends Exclude<Bulk, string[]>>(chunks: readonly Chunk[], column: number, all: A): A {
  let at = 0;
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(column);
    for (let row = 0; row < vector.itemCount; row++) {
      const item = vector.getItem(row);
      if (typeof item !== 'number') throw new DoppelError('internal', 'A bulk query returned null for a number.');
      all[at++] = item;
    }
  }
  return all;
}

/** The texts of a column. Throws `internal` for anything else, null included. */
export function textsOf(chunks: readonly Chunk[], column: number): string[] {
  return chunks.flatMap((chunk) =>
    chunk.getColumnValues(column).map((item) => {
      if (typeof item === 'string') return item;
      throw new DoppelError('internal', 'A bulk query returned a value that is neither DOUBLE nor VARCHAR.');
    }),
  );
}

/** DuckDB's value as a plain one. Queries return no other types than these; another is a mistake of ours. */
export function plain(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'object' && 'items' in value && Array.isArray(value.items)) return value.items.map(plain);
  throw new DoppelError('internal', `A query returned a value of a type that has no plain form.`);
}
