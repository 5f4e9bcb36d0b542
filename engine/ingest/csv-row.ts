import type { RejectReason } from '../../shared/domain';
import { CR, LF, QUOTE, SPACE } from './bytes';

/** A longer row is rejected: DuckDB's CSV reader holds no more. */
export const LONGEST_ROW = 2_000_000;

export interface CsvRow {
  kind: 'row';
  /** Where its last cell ends, and where the next row begins. */
  end: number;
  next: number;
  /** Start and end of each cell in turn, quotes included. */
  edges: number[];
  /** Written so that readers disagree on it: quotes inside a bare cell, spaces around quotes, a bare carriage return. */
  isOdd: boolean;
}

/** What stands at one place of a CSV text. `more`: that cannot be told before more of the text is there. */
type CsvParse = CsvRow | { kind: 'blank' } | { kind: 'bad'; reason: RejectReason } | { kind: 'more' };

/** Parses the row (RFC 4180) that starts at `at`. `isFinal`: the text ends where the buffer ends. */
export function parseRow(text: Buffer, at: number, isFinal: boolean, delimiter: number): CsvParse {
  const limit = at + LONGEST_ROW;
  const lineEnd = text.indexOf(LF, at);
  if (lineEnd === -1 && !isFinal) return text.length > limit ? bad('line-too-long') : { kind: 'more' };
  if (lineEnd > limit || (lineEnd === -1 && text.length > limit)) return bad('line-too-long');
  if (isBlank(text, at, lineEnd === -1 ? text.length : lineEnd)) return { kind: 'blank' };

  const edges: number[] = [];
  let isOdd = false;
  for (let start = at; ;) {
    let end = skipSpaces(text, start);
    if (text[end] === QUOTE) {
      const close = closingQuote(text, end + 1);
      const isOpen = close === -1 || close === text.length - 1;
      if (isOpen && !isFinal && text.length <= limit) return { kind: 'more' };
      if (close === -1 || close > limit) return bad('bad-quoting');
      const after = skipSpaces(text, close + 1);
      if (end > start || after > close + 1) isOdd = true;
      end = after;
    } else {
      for (end = start; end < text.length; end++) {
        const byte = text[end];
        if (byte === delimiter || byte === LF) break;
        if (byte === QUOTE) isOdd = true;
        else if (byte === CR) {
          if (text[end + 1] === LF || end + 1 === text.length) break;
          isOdd = true;
        }
      }
    }
    edges.push(start, end);
    if (text[end] === delimiter) {
      start = end + 1;
      continue;
    }
    const isCut = end >= text.length || (text[end] === CR && end + 1 === text.length);
    if (isCut && !isFinal) return text.length > limit ? bad('bad-quoting') : { kind: 'more' };
    const next = rowEnd(text, end);
    return next === undefined ? bad('bad-quoting') : { kind: 'row', end, next, edges, isOdd };
  }
}

/**
 * Where a row on one line ends, after its line feed, if it has that many cells and is written so that no reader can mistake
 * it. -1 for every other row, which is left to parseRow. `marks` are those of `marksOf` its delimiter.
 */
export function plainRowEnd(text: Buffer, from: number, marks: Uint8Array, cells: number): number {
  const limit = Math.min(text.length, from + LONGEST_ROW);
  let count = 1;
  let isFilled = false; // with something else than white space: parseRow knows blank lines
  for (let at = from; ; at++) {
    // the cell that starts here
    if (text[at] === QUOTE) {
      for (at += 1; ; at++) {
        if (at >= limit || text[at] === LF) return -1;
        if (text[at] !== QUOTE) continue;
        if (text[at + 1] !== QUOTE) break;
        at += 1;
      }
      at += 1;
      isFilled = true;
    } else if (text[at] === SPACE) return -1;
    else {
      const start = at;
      while (at < limit && marks[text[at] ?? 0] === PLAIN) at++;
      if (at > start) isFilled = true;
    }
    if (at >= limit) return -1;
    const mark = marks[text[at] ?? 0];
    if (mark === LINE_END) return count === cells && (isFilled || count > 1) ? at + 1 : -1;
    if (mark !== CELL_END) return -1;
    count += 1;
  }
}

const [PLAIN, CELL_END, LINE_END, ODD] = [0, 1, 2, 3];

/** What a byte means in a bare cell: a table is quicker than comparing each byte with each that means something. */
export function marksOf(delimiter: number): Uint8Array {
  const marks = new Uint8Array(256);
  marks[QUOTE] = ODD;
  marks[CR] = ODD;
  marks[LF] = LINE_END;
  marks[delimiter] = CELL_END;
  return marks;
}

function bad(reason: RejectReason): CsvParse {
  return { kind: 'bad', reason };
}

/** The byte after the line end at `at`; undefined when none is there. */
function rowEnd(text: Buffer, at: number): number | undefined {
  if (at >= text.length) return text.length;
  if (text[at] === LF) return at + 1;
  if (text[at] === CR && (text[at + 1] === LF || at + 1 === text.length)) return Math.min(at + 2, text.length);
  return undefined;
}

/** The quote that ends a cell; doubled ones are part of it. -1 when the text has none. */
function closingQuote(text: Buffer, from: number): number {
  for (let at = text.indexOf(QUOTE, from); at !== -1; at = text.indexOf(QUOTE, at + 2)) {
    if (text[at + 1] !== QUOTE) return at;
  }
  return -1;
}

function skipSpaces(text: Buffer, from: number): number {
  let at = from;
  while (text[at] === SPACE) at++;
  return at;
}

function isBlank(text: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = text[at] ?? 0;
    if (byte !== SPACE && (byte < 9 || byte > CR)) return false;
  }
  return true;
}

/** The values of a row's cells. */
export function cellsOf(text: Buffer, { edges }: CsvRow): string[] {
  return rawCells(text, edges).map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

/** The row written so that no reader can mistake it, with its line end. */
export function rewriteRow(text: Buffer, { edges }: CsvRow, delimiter: number): Buffer {
  const cells = rawCells(text, edges).map((cell) => (cell.startsWith('"') ? cell : `"${cell.replaceAll('"', '""')}"`));
  return Buffer.from(`${cells.join(String.fromCodePoint(delimiter))}\n`);
}

function rawCells(text: Buffer, edges: readonly number[]): string[] {
  const cells: string[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    const cell = text.toString('utf8', edges[index], edges[index + 1]);
    const bare = cell.replaceAll(/^ +| +$/g, '');
    cells.push(bare.startsWith('"') ? bare : cell);
  }
  return cells;
}

/** The rows of a short text as values; what cannot be parsed is left out. */
export function parseRows(text: string, delimiter: string, most: number): string[][] {
  const bytes = Buffer.from(text);
  const rows: string[][] = [];
  for (let at = 0; at < bytes.length && rows.length < most;) {
    const parsed = parseRow(bytes, at, true, delimiter.charCodeAt(0));
    if (parsed.kind === 'row') rows.push(cellsOf(bytes, parsed));
    const lineEnd = bytes.indexOf(LF, at);
    at = parsed.kind === 'row' ? parsed.next : lineEnd === -1 ? bytes.length : lineEnd + 1;
  }
  return rows;
}
