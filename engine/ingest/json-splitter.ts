import { GrowingList } from './growing';
import type { Growing } from './growing';
import { LONGEST_LINE } from './line-scanner';
import { inOneLine, linesIn, Resync, trimmed } from './resync';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, LF, OPEN_ARRAY, OPEN_OBJECT, QUOTE, SPACE } from './bytes';

/** Brackets in brackets: a value that is deeper is broken, and its inside is no place to look for others. */
const DEEPEST = 2 ** 21;
const NEW_LINE = Uint8Array.of(LF);
/** Stands for a value that is too long to be held. */
const TOO_LONG = Buffer.from('value too long');

export interface JsonSplit {
  /** The line of the source, from 1, on which each value starts. */
  starts: Growing;
  /** The byte of the source at which each value starts. */
  offsets: Growing;
  /** Numbers (from 1) of values that were too long. */
  tooLong: number[];
  /** The source ends inside a value, or inside the array. */
  endsInValue: boolean;
  /** It does so over several lines, from this one on. */
  unreadFrom: number | undefined;
  endsInArray: boolean;
  /** Lines of the source. */
  lines: number;
}

/**
 * Cuts JSON values apart without parsing them: those of a top-level array, and those that stand one after another. Each
 * is written on a line of its own. A broken value costs itself: a string cannot cross a line end, an object that starts
 * where none may start is the next value, and where brackets do not add up the next one is looked for (resync.ts). What
 * belongs to no value is written as one, to be rejected.
 */
export class JsonSplitter {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #starts = new GrowingList();
  readonly #offsets = new GrowingList();
  /** Bytes of the source before the piece at hand. */
  #before = 0;
  readonly #tooLong: number[] = [];
  /** The brackets that are open, outermost first; the top-level array is not among them. */
  readonly #open: number[] = [];
  #inArray = false;
  #inValue = false;
  #inString = false;
  #isEscaped = false;
  /** After a broken string, or too many brackets: nothing counts until a line that begins with an object. */
  #isSkipping = false;
  #isLineStart = false;
  /** A bracket was closed by one of the other kind. */
  #isMismatched = false;
  readonly #resync = new Resync();
  /** The last byte of the value that is neither white space nor inside a string. */
  #last = 0;
  #line = 1;
  #valueBytes = 0;
  /** What the value has in earlier pieces, as it stands; empty when that is too long to be held. */
  #pieces: Uint8Array[] = [];
  readonly #out: Uint8Array;
  #filled = 0;

  /** `write` must not keep what it is given. */
  constructor(write: (bytes: Uint8Array) => void, bufferBytes = 256 * 1024) {
    this.#write = write;
    this.#out = new Uint8Array(bufferBytes);
  }

  /** Values that have started so far. */
  get values(): number {
    return this.#starts.length;
  }

  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length;) {
      if (!this.#resync.isOn) {
        at = this.#step(piece, at);
        continue;
      }
      // something was broken: no value reaches beyond the place where the next one starts
      const end = this.#resync.next(piece, at + 1);
      const part = piece.subarray(0, end);
      while (at < end) at = this.#step(part, at);
      if (end < piece.length && this.#inValue) this.#finishValue();
      if (end < piece.length) this.#isSkipping = false;
    }
    this.#before += piece.length;
  }

  #step(piece: Uint8Array, at: number): number {
    if (this.#isSkipping) return this.#skip(piece, at);
    return this.#inString || this.#open.length > 0 ? this.#inside(piece, at) : this.#between(piece, at);
  }

  finish(): JsonSplit {
    const isOpen = (): boolean => this.#inValue && (this.#inString || this.#open.length > 0);
    while (isOpen() && this.#splitBroken(new Uint8Array()));
    const endsInValue = isOpen();
    const line = this.#starts.last;
    const isLong = this.#pieces.length === 0 || linesIn(trimmed(Buffer.concat(this.#pieces))) > 0;
    if (this.#inValue) this.#finishValue();
    this.#flush();
    return {
      starts: this.#starts.finish(),
      offsets: this.#offsets.finish(),
      tooLong: this.#tooLong,
      endsInValue,
      unreadFrom: endsInValue && isLong ? line : undefined,
      endsInArray: this.#inArray,
      lines: this.#line,
    };
  }

  /** Inside brackets or a string, up to the end of the value or of the piece. The hot loop: its state is in locals. */
  #inside(piece: Uint8Array, from: number, start = from): number {
    const open = this.#open;
    let last = this.#last;
    let inString = this.#inString;
    let isEscaped = this.#isEscaped;
    let at = from;
    for (; at < piece.length; at++) {
      let byte = piece[at] ?? 0;
      if (inString) {
        if (!isEscaped) {
          // most of a log is inside strings
          while (byte !== QUOTE && byte !== BACKSLASH && byte !== LF && at + 1 < piece.length) byte = piece[++at] ?? 0;
        }
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) {
          inString = false;
          if (open.length === 0) return this.#finishAt(piece, start, at + 1);
        }
        if (byte === LF) {
          if (this.#splitBroken(piece.subarray(start, at))) return at;
          this.#isSkipping = true;
          return this.#finishAt(piece, start, at);
        }
      } else if (byte === LF) this.#line += 1;
      else if (byte > SPACE) {
        if (byte === QUOTE) inString = true;
        else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
          const isMisplaced = byte === OPEN_OBJECT && open[open.length - 1] === OPEN_OBJECT && last !== COLON;
          if (isMisplaced) return this.#splitBroken(piece.subarray(start, at)) ? at : this.#finishAt(piece, start, at);
          if (open.length === DEEPEST) {
            this.#isSkipping = true;
            return this.#finishAt(piece, start, at);
          }
          open.push(byte);
        } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
          // the closing brackets come two after the opening ones
          if (open.pop() !== byte - 2) this.#isMismatched = true;
          if (open.length === 0) {
            const isOdd = this.#isMismatched || this.#resync.isOdd(this.#pieces[0] ?? piece.subarray(start));
            if (isOdd && this.#splitBroken(piece.subarray(start, at + 1))) return at + 1;
            if (!this.#isMismatched && this.#pieces.length === 0) this.#resync.learn(piece.subarray(start, at + 1));
            return this.#finishAt(piece, start, at + 1);
          }
        }
        last = byte;
      }
    }
    this.#last = last;
    this.#inString = inString;
    this.#isEscaped = isEscaped;
    const isHeld = this.#valueBytes <= LONGEST_LINE;
    if (isHeld && this.#valueBytes + at - start > LONGEST_LINE && this.#splitBroken(piece.subarray(start, at)))
      return at;
    this.#keep(piece, start, at);
    return at;
  }

  /** Between values, or in one without brackets. Takes one byte, or up to the end of such a value. */
  #between(piece: Uint8Array, at: number): number {
    const byte = piece[at] ?? 0;
    const isStructure =
      byte <= SPACE ||
      byte === COMMA ||
      byte === OPEN_OBJECT ||
      byte === OPEN_ARRAY ||
      byte === QUOTE ||
      byte === CLOSE_ARRAY;
    if (this.#inValue && isStructure) return this.#finishAt(piece, at, at);
    if (byte === LF) this.#line += 1;
    if (byte <= SPACE || byte === COMMA) return at + 1;
    const isArrayEdge = this.#inArray ? byte === CLOSE_ARRAY : byte === OPEN_ARRAY;
    if (isArrayEdge) {
      this.#inArray = !this.#inArray;
      return at + 1;
    }
    if (!this.#inValue) {
      this.#inValue = true;
      this.#starts.push(this.#line);
      this.#offsets.push(this.#before + at);
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#open.push(byte);
    if (byte === QUOTE) this.#inString = true;
    this.#last = byte;
    return this.#inString || this.#open.length > 0 ? this.#inside(piece, at + 1, at) : this.#keep(piece, at, at + 1);
  }

  /** Looks for a line that begins with an object. */
  #skip(piece: Uint8Array, from: number): number {
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at] ?? 0;
      if (byte === LF) {
        this.#line += 1;
        this.#isLineStart = true;
      } else if (byte > SPACE && !(this.#isLineStart && byte === COMMA)) {
        if (byte === OPEN_OBJECT && this.#isLineStart) {
          this.#isSkipping = false;
          this.#isLineStart = false;
          return at;
        }
        this.#isLineStart = false;
      }
    }
    return piece.length;
  }

  /**
   * The value does not add up, and `last` are its last bytes so far. True when other values start inside: it ends before the
   * first of them, and they are read.
   */
  #splitBroken(last: Uint8Array): boolean {
    if (this.#valueBytes > LONGEST_LINE) return false;
    const value = this.#pieces.length === 0 ? last : Buffer.concat([...this.#pieces, last]);
    const split = this.#resync.split(value);
    if (!split) return false;
    const before = this.#before;
    this.#line = (this.#starts.last ?? 1) + split.lines;
    this.#before = (this.#offsets.last ?? 0) + split.own.length;
    this.#pieces = [];
    this.#valueBytes = 0;
    this.#finishAt(split.own, 0, split.own.length);
    this.push(split.rest);
    this.#before = before;
    return true;
  }

  /** Returns `end`. */
  #keep(piece: Uint8Array, start: number, end: number): number {
    this.#valueBytes += end - start;
    if (this.#valueBytes > LONGEST_LINE) this.#pieces = [];
    else if (end > start) this.#pieces.push(new Uint8Array(piece.subarray(start, end)));
    return end;
  }

  /** The value's last bytes are those of the piece from start to end. Returns `end`. */
  #finishAt(piece: Uint8Array, start: number, end: number): number {
    this.#valueBytes += end - start;
    this.#finishValue(piece.subarray(start, end));
    return end;
  }

  #finishValue(last?: Uint8Array): void {
    if (this.#valueBytes > LONGEST_LINE) {
      this.#tooLong.push(this.#starts.length);
      this.#emit(TOO_LONG);
    } else {
      for (const piece of this.#pieces) this.#emit(inOneLine(piece));
      if (last) this.#emit(inOneLine(last));
    }
    this.#emit(NEW_LINE);
    this.#pieces = [];
    this.#valueBytes = 0;
    this.#inValue = false;
    this.#inString = false;
    this.#isEscaped = false;
    this.#isMismatched = false;
    this.#open.length = 0;
  }

  /** Writes in large pieces: values are small. */
  #emit(bytes: Uint8Array): void {
    if (this.#filled + bytes.length > this.#out.length) this.#flush();
    if (bytes.length > this.#out.length) return this.#write(bytes);
    this.#out.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  #flush(): void {
    if (this.#filled > 0) this.#write(this.#out.subarray(0, this.#filled));
    this.#filled = 0;
  }
}

/** The values of a short text, each as the text of one line. */
export function splitJson(text: string): string[] {
  const out: Uint8Array[] = [];
  const splitter = new JsonSplitter((bytes) => out.push(new Uint8Array(bytes)));
  splitter.push(Buffer.from(text));
  splitter.finish();
  const lines = Buffer.concat(out).toString().split('\n');
  lines.pop();
  return lines;
}
