import { GrowingList } from './growing';
import type { Growing } from './growing';
import { isUtf8 } from 'node:buffer';
import type { RejectReason } from '../../shared/domain';
import { marksOf, parseRow, plainRowEnd, rewriteRow } from './csv-row';
import type { CsvRow } from './csv-row';
import { FaultList } from './faults';
import type { Faults } from './faults';
import { LF } from './bytes';

const NEW_LINE = Uint8Array.of(LF);

export interface CsvRepair {
  /** The line of the source, from 1, on which each row that was kept starts; the header is not among them. */
  starts: Growing;
  /** The byte of the source at which each of them starts. */
  offsets: Growing;
  /** Rejected rows, by the line on which they start, ascending. */
  faults: Faults;
  lines: number;
  /** The last line has no line end. */
  endsInLine: boolean;
  blankLines: number;
}

/**
 * Reads CSV row by row and writes the whole rows only, so that one broken line costs that line: where a row cannot be
 * parsed, its first line is rejected and reading goes on with the next. Slower than DuckDB, and used only when DuckDB
 * meets something that it does not accept or that does not add up.
 */
export class CsvRows {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #delimiter: number;
  readonly #marks: Uint8Array;
  readonly #cells: number;
  readonly #starts = new GrowingList();
  readonly #offsets = new GrowingList();
  readonly #faults = new FaultList();
  #blankLines = 0;
  /** The first row is behind, or is a record. */
  #hasHeader: boolean;
  /** Lines that are behind. */
  #lines = 0;
  #text: Buffer = Buffer.alloc(0);
  /** Bytes of the source before that text. */
  #before = 0;
  #lastByte = LF;
  /** Inside a line that is too long to be held. */
  #isDropping = false;

  /** `cells`: how many each row must have, the header too. `write` must not keep what it is given. */
  constructor(delimiter: string, cells: number, write: (bytes: Uint8Array) => void, isHeadless = false) {
    this.#hasHeader = isHeadless;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#marks = marksOf(this.#delimiter);
    this.#cells = cells;
    this.#write = write;
  }

  get lines(): number {
    return this.#lines;
  }

  push(piece: Uint8Array): void {
    this.#lastByte = piece.at(-1) ?? this.#lastByte;
    this.#text = Buffer.concat([this.#text, piece]);
    this.#consume(false);
  }

  finish(): CsvRepair {
    this.#consume(true);
    return {
      starts: this.#starts.finish(),
      offsets: this.#offsets.finish(),
      faults: this.#faults.finish(),
      lines: this.#lines,
      endsInLine: this.#lastByte !== LF,
      blankLines: this.#blankLines,
    };
  }

  #consume(isFinal: boolean): void {
    const text = this.#text;
    let at = 0;
    while (at < text.length) {
      if (!this.#isDropping) {
        const end = this.#keepPlainRows(text, at);
        if (end > at) {
          at = end;
          continue;
        }
      }
      const parsed = this.#isDropping ? ({ kind: 'dropped' } as const) : parseRow(text, at, isFinal, this.#delimiter);
      if (parsed.kind === 'more') break;
      const fault = parsed.kind === 'row' ? this.#faultOf(text, at, parsed) : undefined;
      if (parsed.kind === 'row' && fault === undefined) {
        this.#keep(text, at, parsed);
        at = parsed.next;
        continue;
      }
      if (parsed.kind === 'blank') this.#blankLines += 1;
      else if (parsed.kind === 'bad') this.#reject(parsed.reason);
      else if (fault !== undefined) this.#reject(fault);
      at = this.#nextLine(text, at, isFinal);
    }
    this.#text = Buffer.from(text.subarray(at));
    this.#before += at;
  }

  /** Writes the rows from `at` on that are whole and plain, at once. Returns where they end. */
  #keepPlainRows(text: Buffer, at: number): number {
    const ends: number[] = [];
    for (let end = at; end !== -1; end = plainRowEnd(text, end, this.#marks, this.#cells)) ends.push(end);
    // almost always all of them are UTF-8
    let rows = ends.length - 1;
    if (!isUtf8(text.subarray(at, ends[rows]))) {
      rows = ends.findIndex((end, row) => !isUtf8(text.subarray(end, ends[row + 1])));
    }
    for (let row = 0; row < rows; row++) {
      this.#lines += 1;
      if (this.#hasHeader) {
        this.#starts.push(this.#lines);
        this.#offsets.push(this.#before + (ends[row] ?? at));
      }
      this.#hasHeader = true;
    }
    const end = ends[rows] ?? at;
    if (end > at) this.#write(text.subarray(at, end));
    return end;
  }

  #faultOf(text: Buffer, at: number, { next, edges }: CsvRow): RejectReason | undefined {
    const cells = edges.length / 2;
    if (cells < this.#cells) return 'too-few-cells';
    if (cells > this.#cells) return 'too-many-cells';
    return isUtf8(text.subarray(at, next)) ? undefined : 'not-utf8';
  }

  #keep(text: Buffer, at: number, row: CsvRow): void {
    if (this.#hasHeader) {
      this.#starts.push(this.#lines + 1);
      this.#offsets.push(this.#before + at);
    }
    this.#hasHeader = true;
    if (row.isOdd) this.#write(rewriteRow(text, row, this.#delimiter));
    else {
      this.#write(text.subarray(at, row.end));
      this.#write(NEW_LINE);
    }
    this.#lines += 1;
    for (let end = text.indexOf(LF, at); end !== -1 && end < row.end; end = text.indexOf(LF, end + 1)) this.#lines += 1;
  }

  #reject(reason: RejectReason): void {
    this.#faults.add(this.#lines + 1, reason);
  }

  #nextLine(text: Buffer, at: number, isFinal: boolean): number {
    const end = text.indexOf(LF, at);
    this.#isDropping = end === -1 && !isFinal;
    if (!this.#isDropping) this.#lines += 1;
    return end === -1 ? text.length : end + 1;
  }
}
