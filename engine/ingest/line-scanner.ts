import { isUtf8 } from 'node:buffer';
import { FaultList } from './faults';
import type { Faults } from './faults';
import { GapList } from './lines';
import type { Gaps } from './lines';
import { CR, LF, QUOTE } from './bytes';

/** A longer line (or quoted row) is rejected without being held in memory. */
export const LONGEST_LINE = 8 * 1024 * 1024;
/** What stands in a copy for such a line: text that is no record of any format. */
const TOO_LONG = Buffer.from('line too long\n');

const MARK_BYTES = 1024 * 1024;

/** What one pass over a text says about its lines. */
export interface LineScan {
  /** Physical lines; an unfinished last line counts. */
  lines: number;
  /** Lines on which no record starts: blank lines and, where quotes count, the inside of rows. */
  gaps: Gaps;
  blankLines: number;
  faults: Faults;
  longestLine: number;
  /** Where some lines start in the text, about one a MiB, so that any line can be read again. */
  marks: { lines: Uint32Array; offsets: Float64Array };
  /** The last line has no line end. */
  endsInLine: boolean;
  /** Where quotes count: a quoted cell is open at the end. */
  endsInQuotes: boolean;
}

interface LineScannerOptions {
  /** A line break inside double quotes does not end a row (CSV). */
  quotes: boolean;
  /** The first row names the columns and is no record. */
  header?: boolean;
  /** Receives the text again, line by line, with each line that is too long replaced by a short one. */
  write?: ((bytes: Uint8Array) => void) | undefined;
}

/** Finds lines in a text that arrives in pieces. Linear in the text, whatever the lengths of its lines. */
export class LineScanner {
  readonly #options: LineScannerOptions;
  readonly #gaps = new GapList();
  readonly #faults = new FaultList();
  /** Pieces of a line whose end has not arrived. */
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #tooLong = false;
  #inQuotes = false;
  #lines = 0;
  #blankLines = 0;
  #longest = 0;
  readonly #markLines: number[] = [];
  readonly #markOffsets: number[] = [];
  #offset = 0;
  #awaitsHeader: boolean;

  constructor(options: LineScannerOptions) {
    this.#options = options;
    this.#awaitsHeader = options.header === true;
  }

  /** Lines seen so far. */
  get lines(): number {
    return this.#lines;
  }

  /** Takes the next piece; keeps no reference to it. */
  push(piece: Uint8Array): void {
    const first = piece.indexOf(LF);
    if (first === -1) return this.#keep(piece);
    let start = 0;
    if (this.#pendingBytes > 0 || this.#tooLong) {
      this.#keep(piece.subarray(0, first + 1));
      this.#finishPending();
      start = first + 1;
    }
    const end = piece.lastIndexOf(LF) + 1;
    if (end > start) this.#block(piece.subarray(start, end));
    if (end < piece.length) this.#keep(piece.subarray(end));
  }

  finish(): LineScan {
    const endsInLine = this.#pendingBytes > 0 || this.#tooLong;
    if (endsInLine) this.#finishPending();
    return {
      lines: this.#lines,
      gaps: this.#gaps.finish(),
      blankLines: this.#blankLines,
      faults: this.#faults.finish(),
      longestLine: this.#longest,
      marks: { lines: Uint32Array.from(this.#markLines), offsets: Float64Array.from(this.#markOffsets) },
      endsInLine,
      endsInQuotes: this.#inQuotes,
    };
  }

  #keep(piece: Uint8Array): void {
    this.#pendingBytes += piece.length;
    if (this.#pendingBytes > LONGEST_LINE) {
      this.#tooLong = true;
      this.#pending = [];
    } else if (!this.#tooLong) this.#pending.push(new Uint8Array(piece));
  }

  #finishPending(): void {
    if (this.#tooLong) {
      this.#lines += 1;
      this.#longest = Math.max(this.#longest, this.#pendingBytes);
      this.#faults.add(this.#lines, 'line-too-long');
      this.#offset += TOO_LONG.length;
      this.#options.write?.(TOO_LONG);
    } else this.#block(Buffer.concat(this.#pending));
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#tooLong = false;
  }

  /** Whole lines; the very last one of the text may lack its line end. */
  #block(block: Uint8Array): void {
    if (this.#offset >= (this.#markOffsets.at(-1) ?? -MARK_BYTES) + MARK_BYTES) {
      this.#markLines.push(this.#lines + 1);
      this.#markOffsets.push(this.#offset);
    }
    const valid = isUtf8(block);
    if (this.#options.quotes && (this.#inQuotes || block.includes(QUOTE))) this.#quotedLines(block, valid);
    else this.#plainLines(block, valid);
    this.#offset += block.length;
    this.#options.write?.(block);
  }

  #plainLines(block: Uint8Array, valid: boolean): void {
    for (let start = 0; start < block.length;) {
      const found = block.indexOf(LF, start);
      const end = found === -1 ? block.length : found;
      this.#line(block, start, end, valid);
      start = end + 1;
    }
  }

  #line(block: Uint8Array, start: number, end: number, valid: boolean): void {
    this.#lines += 1;
    if (end - start > this.#longest) this.#longest = end - start;
    if (isBlank(block, start, end)) {
      this.#blankLines += 1;
      this.#gaps.add(this.#lines);
      return;
    }
    if (this.#awaitsHeader) {
      this.#awaitsHeader = false;
      this.#gaps.add(this.#lines);
    }
    if (!valid && !isUtf8(block.subarray(start, end))) this.#faults.add(this.#lines, 'not-utf8');
  }

  #quotedLines(block: Uint8Array, valid: boolean): void {
    let inQuotes = this.#inQuotes;
    let quote = -1; // the first one that has not been counted
    for (let start = 0; start < block.length;) {
      const opened = inQuotes; // whether this line began inside quotes
      const found = block.indexOf(LF, start);
      const end = found === -1 ? block.length : found;
      if (quote < start) quote = nextQuote(block, start);
      for (; quote < end; quote = nextQuote(block, quote + 1)) inQuotes = !inQuotes;
      this.#quotedLine(block, start, end, valid, opened);
      start = end + 1;
    }
    this.#inQuotes = inQuotes;
  }

  #quotedLine(block: Uint8Array, start: number, end: number, valid: boolean, opened: boolean): void {
    if (!opened) return this.#line(block, start, end, valid);
    this.#lines += 1;
    if (end - start > this.#longest) this.#longest = end - start;
    this.#gaps.add(this.#lines);
    if (!valid && !isUtf8(block.subarray(start, end))) this.#faults.add(this.#lines, 'not-utf8');
  }
}

/** The place of the next quote; the end of the block when there is none. A call takes as long as looking at these bytes. */
function nextQuote(block: Uint8Array, from: number): number {
  const near = Math.min(from + 16, block.length);
  for (let at = from; at < near; at++) if (block[at] === QUOTE) return at;
  const found = block.indexOf(QUOTE, near);
  return found === -1 ? block.length : found;
}

/** Nothing but white space, as DuckDB sees it when it leaves a line out. */
function isBlank(block: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = block[at] ?? 0;
    if (byte !== 32 && (byte < 9 || byte > CR)) return false;
  }
  return true;
}
