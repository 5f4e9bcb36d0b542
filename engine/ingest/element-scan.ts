import { LONGEST_LINE } from './line-scanner';
import { inOneLine, linesIn, trimmed } from './resync';
import type { Resync } from './resync';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, LF, OPEN_ARRAY, OPEN_OBJECT, QUOTE, SPACE } from './bytes';

/** Brackets in brackets: an element that is deeper is broken. */
const DEEPEST = 2 ** 21;
/** What ends an element that has neither brackets nor quotes. */
const AFTER_PLAIN: ReadonlySet<number> = new Set([COMMA, QUOTE, OPEN_ARRAY, OPEN_OBJECT, CLOSE_ARRAY]);

export interface ScannedElement {
  /** The line of the source on which it starts. */
  line: number;
  /** The byte of the source at which it starts. */
  offset: number;
  /** As it stands, in one line; empty when it is too long to be held. */
  bytes: Uint8Array;
  length: number;
  /** Of a whole array: where each cell starts and ends, in turn. Undefined for anything else. */
  cells: readonly number[] | undefined;
}

/**
 * Reads the inside of a JSON array, after its opening bracket, up to the bracket that closes it, and gives each element
 * without parsing it. A broken element costs itself: no string crosses a line end, a bracket that stands where no value
 * can start begins the next element, and where brackets do not add up the next one is looked for (resync.ts).
 */
export class ElementScan {
  /** The line of the source at which the scan stands, from 1. */
  line: number;
  /** Bytes of the source before the piece that `push` is given. */
  before = 0;
  /** The closing bracket has been read. */
  isClosed = false;
  /** What an element that turned out to be broken has swallowed, to be given to `push` again before anything else. */
  again: { bytes: Uint8Array; offset: number; line: number } | undefined;
  readonly #resync: Resync;
  readonly #give: (element: ScannedElement) => void;
  /** The brackets that are open in the element, outermost first. */
  readonly #open: number[] = [];
  #isMismatched = false;
  #inString = false;
  #isEscaped = false;
  #inElement = false;
  /** After a broken string: nothing counts until a line that begins with a bracket. */
  #isSkipping = false;
  #isLineStart = false;
  #isArray = false;
  /** The last byte that is neither white space nor inside a string. */
  #last = 0;
  #firstLine = 1;
  #offset = 0;
  #cells: number[] = [];
  /** What the element has in earlier pieces. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  constructor(line: number, resync: Resync, give: (element: ScannedElement) => void) {
    this.line = line;
    this.#resync = resync;
    this.#give = give;
  }

  /** The scan stands inside an element. */
  get isInside(): boolean {
    return this.#inElement;
  }

  /** Takes bytes from `from` on; returns where it stopped: the end of the piece, or after the closing bracket. */
  push(piece: Uint8Array, from: number): number {
    let at = from;
    while (at < piece.length && !this.isClosed && !this.again) {
      if (!this.#resync.isOn) {
        at = this.#step(piece, at);
        continue;
      }
      // something was broken: no element reaches beyond the place where the next one starts
      const end = this.#resync.next(piece, at + 1);
      const part = end === piece.length ? piece : piece.subarray(0, end);
      while (at < end && !this.isClosed) at = this.#step(part, at);
      if (at === end && end < piece.length && !this.isClosed) this.#startAnew();
    }
    return at;
  }

  #step(piece: Uint8Array, at: number): number {
    if (this.#isSkipping) return this.#skip(piece, at);
    return this.#inElement ? this.#inside(piece, at, at) : this.#between(piece, at);
  }

  #startAnew(): void {
    if (this.#inElement) this.#end(new Uint8Array(), 0, 0, false);
    this.#isSkipping = false;
    this.#isLineStart = false;
  }

  /** The source ends here, unless there is something to be read again. */
  finish(): void {
    if (this.#inElement && !this.#splitBroken(new Uint8Array())) this.#end(new Uint8Array(), 0, 0, false);
  }

  /** The line on which the element begins that goes on for several lines; undefined when none does. */
  get unreadFrom(): number | undefined {
    if (!this.#inElement) return undefined;
    const isLong = this.#heldBytes > LONGEST_LINE || linesIn(trimmed(Buffer.concat(this.#held))) > 0;
    return isLong ? this.#firstLine : undefined;
  }

  #between(piece: Uint8Array, at: number): number {
    const byte = piece[at] ?? 0;
    if (byte === LF) this.line += 1;
    if (byte <= SPACE || byte === COMMA) return at + 1;
    if (byte === CLOSE_ARRAY) {
      this.isClosed = true;
      return at + 1;
    }
    this.#inElement = true;
    this.#firstLine = this.line;
    this.#offset = this.before + at;
    this.#isArray = byte === OPEN_ARRAY;
    this.#inString = byte === QUOTE;
    this.#open.length = 0;
    if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.#open.push(byte);
    this.#cells = this.#isArray ? [1] : [];
    this.#last = byte;
    return this.#inside(piece, at, at + 1);
  }

  /** The hot loop: most of a log is inside strings. The element's bytes in this piece begin at `start`. */
  #inside(piece: Uint8Array, start: number, from: number): number {
    const open = this.#open;
    let last = this.#last;
    let at = from;
    for (; at < piece.length; at++) {
      let byte = piece[at] ?? 0;
      if (this.#inString) {
        const isEscaped = this.#isEscaped;
        this.#isEscaped = false;
        if (isEscaped && byte !== LF) continue;
        while (byte !== QUOTE && byte !== BACKSLASH && byte !== LF && at + 1 < piece.length) byte = piece[++at] ?? 0;
        if (byte === BACKSLASH) this.#isEscaped = true;
        else if (byte === QUOTE) {
          this.#inString = false;
          last = QUOTE;
          if (open.length === 0) return this.#end(piece, start, at + 1, true);
        } else if (byte === LF) {
          if (this.#splitBroken(piece.subarray(start, at))) return at;
          this.#isSkipping = true;
          return this.#end(piece, start, at, false);
        }
      } else if (open.length === 0) {
        if (byte <= SPACE || AFTER_PLAIN.has(byte)) return this.#end(piece, start, at, true);
      } else if (byte === LF) this.line += 1;
      else if (byte > SPACE) {
        if (byte === QUOTE) this.#inString = true;
        else if (byte === COMMA && open.length === 1 && this.#isArray) this.#cell(at - start);
        else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
          const isMember = open[open.length - 1] === OPEN_OBJECT;
          const mayStart = isMember ? last === COLON : last === COMMA || last === OPEN_ARRAY;
          if (!mayStart) return this.#splitBroken(piece.subarray(start, at)) ? at : this.#end(piece, start, at, false);
          if (open.length === DEEPEST) {
            this.#isSkipping = true;
            return this.#end(piece, start, at, false);
          }
          open.push(byte);
        } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
          // the closing brackets come two after the opening ones
          if (open.pop() !== byte - 2) this.#isMismatched = true;
          if (open.length === 0) {
            const isOdd = this.#isMismatched || this.#resync.isOdd(this.#held[0] ?? piece.subarray(start));
            if (isOdd && this.#splitBroken(piece.subarray(start, at + 1))) return at + 1;
            const hasCells = last !== OPEN_ARRAY || this.#cells.length > 1;
            if (this.#isArray && hasCells) this.#cells.push(this.#heldBytes + at - start);
            else this.#cells = [];
            return this.#end(piece, start, at + 1, true);
          }
        }
        last = byte;
      }
    }
    this.#last = last;
    const isHeld = this.#heldBytes <= LONGEST_LINE;
    if (isHeld && this.#heldBytes + at - start > LONGEST_LINE && this.#splitBroken(piece.subarray(start, at)))
      return at;
    this.#hold(piece.subarray(start, at));
    return at;
  }

  #cell(offset: number): void {
    if (this.#heldBytes > LONGEST_LINE) return; // it will not be held
    this.#cells.push(this.#heldBytes + offset, this.#heldBytes + offset + 1);
  }

  #hold(part: Uint8Array): void {
    this.#heldBytes += part.length;
    if (this.#heldBytes > LONGEST_LINE) {
      this.#held = [];
      this.#cells = [];
    } else this.#held.push(new Uint8Array(part));
  }

  /**
   * The element does not add up, and `last` are its last bytes so far. True when other elements start inside: it ends
   * before the first of them, and they are to be read again.
   */
  #splitBroken(last: Uint8Array): boolean {
    if (this.#heldBytes > LONGEST_LINE) return false;
    const split = this.#resync.split(this.#held.length === 0 ? last : Buffer.concat([...this.#held, last]));
    if (!split) return false;
    this.again = {
      bytes: new Uint8Array(split.rest),
      offset: this.#offset + split.own.length,
      line: this.#firstLine + split.lines,
    };
    this.#held = [];
    this.#heldBytes = 0;
    this.#end(split.own, 0, split.own.length, false);
    return true;
  }

  /** The element's last bytes are those of the piece from start to end. Returns `end`. */
  #end(piece: Uint8Array, start: number, end: number, isWhole: boolean): number {
    const length = this.#heldBytes + end - start;
    const last = piece.subarray(start, end);
    const bytes = this.#held.length === 0 ? last : Buffer.concat([...this.#held, last]);
    if (isWhole && !this.#isMismatched) this.#resync.learn(bytes);
    this.#give({
      line: this.#firstLine,
      offset: this.#offset,
      bytes: length > LONGEST_LINE ? new Uint8Array() : inOneLine(bytes),
      length,
      cells: this.#isArray && isWhole ? this.#cells : undefined,
    });
    this.#held = [];
    this.#heldBytes = 0;
    this.#inElement = false;
    this.#inString = false;
    this.#isEscaped = false;
    this.#isMismatched = false;
    return end;
  }

  /** Looks for a line that begins with a bracket: the next element, or the end of the array. */
  #skip(piece: Uint8Array, from: number): number {
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at] ?? 0;
      if (byte === LF) {
        this.line += 1;
        this.#isLineStart = true;
      } else if (byte > SPACE && !(this.#isLineStart && byte === COMMA)) {
        const isBracket = byte === OPEN_ARRAY || byte === OPEN_OBJECT || byte === CLOSE_ARRAY;
        if (isBracket && this.#isLineStart) {
          this.#isSkipping = false;
          this.#isLineStart = false;
          return at;
        }
        this.#isLineStart = false;
      }
    }
    return piece.length;
  }
}
