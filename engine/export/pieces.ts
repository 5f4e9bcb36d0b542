import Papa from 'papaparse';
import { DoppelError } from '../../shared/errors';
import { neutralise } from './neutralise';

/** Rows of one piece of a CSV text: some hundred kB. */
export const ROWS_A_PIECE = 4000;
const NEWLINE = '\r\n';
/** A cursor is the generation of the findings times this, plus the place of the next row. */
const PLACES = 2 ** 32;

export interface Piece {
  text: string;
  /** Where the next piece begins; null after the last one. */
  next: number | null;
  /** Rows up to the end of this piece, and of the whole text, without the header. */
  done: number;
  total: number;
}

/** The place of the row that a piece begins with. */
export function placeOf(cursor: number): number {
  return cursor % PLACES;
}

interface Rows {
  columns: readonly string[];
  rows: readonly (string | number)[][];
  /** Of the whole list. */
  total: number;
  generation: number;
}

/**
 * One piece of a CSV text (RFC 4180); the first one holds the header. Texts are quoted whether they must be or not, and
 * what a spreadsheet would run is neutralised unless `raw`. Throws when the findings are no longer those of the cursor.
 */
export function pieceOf({ columns, rows, total, generation }: Rows, cursor: number, raw: boolean): Piece {
  const first = cursor === 0;
  if (!first && Math.floor(cursor / PLACES) !== generation) {
    throw new DoppelError('bad-params', 'The findings have changed since the export began. Export them again.');
  }
  const safe = raw ? (value: string): string => value : neutralise;
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? safe(cell) : cell)));
  const body = cells.length === 0 ? '' : Papa.unparse(cells, { quotes: quoted(rows), newline: NEWLINE }) + NEWLINE;
  const next = placeOf(cursor) + rows.length;
  return {
    text: first ? columns.join(',') + NEWLINE + body : body,
    next: next < total ? generation * PLACES + next : null,
    done: next,
    total,
  };
}

/** The columns of text: those of the first row, for every row has the same. */
function quoted(rows: Rows['rows']): boolean[] {
  return rows[0]?.map((cell) => typeof cell === 'string') ?? [];
}
