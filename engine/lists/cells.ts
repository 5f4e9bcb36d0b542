import { DoppelError } from '../../shared/errors';
import type { Cell } from '../db';

/** A cell of a column that is text and never null; anything else is a mistake of ours. */
export function textOf(cell: Cell | undefined): string {
  if (typeof cell === 'string') return cell;
  throw wrong(cell, 'text');
}

/** A number, or an error that names what came instead: the SQL is at fault, not the user. */
export function numberOf(cell: Cell | undefined): number {
  if (typeof cell === 'number') return cell;
  throw wrong(cell, 'a number');
}

/** A list of texts, or such an error. */
export function textsOf(cell: Cell | undefined): string[] {
  if (Array.isArray(cell)) return cell.map(textOf);
  throw wrong(cell, 'a list');
}

/** A cell of a column that may be null. */
export function orNull<T>(cell: Cell | undefined, read: (cell: Cell | undefined) => T): T | null {
  return cell === null ? null : read(cell);
}

/** A text out of a fixed set of words. */
export function wordOf<W extends string>(cell: Cell | undefined, words: readonly W[]): W {
  const word = words.find((candidate) => candidate === cell);
  if (word !== undefined) return word;
  throw wrong(cell, `one of ${words.join(', ')}`);
}

function wrong(cell: Cell | undefined, wanted: string): DoppelError {
  return new DoppelError('internal', `A query returned ${JSON.stringify(cell)} where ${wanted} belongs.`);
}
