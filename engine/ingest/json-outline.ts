import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, LF, OPEN_ARRAY, OPEN_OBJECT, QUOTE, SPACE } from './bytes';

/** Longer strings are no keys and no values that matter. */
const LONGEST_STRING = 4096;
/** What is kept of one table's list of columns, and how deep brackets are followed. */
const MOST_COLUMNS = 10_000;
const DEEPEST = 1000;

/** A bracket that is open. */
export interface OutlineObject {
  isArray: boolean;
  /** The key under which it stands, in lower case; empty for none. */
  key: string;
  parent: OutlineObject | undefined;
  /** Its own values that are no objects or arrays, by key in lower case, for the few keys that matter. */
  scalars: Map<string, string>;
  /** The names of the columns of its rows, once they are known. */
  columns: string[] | undefined;
  /** For the reader of elements: where their output begins. */
  from?: number;
}

const SCALARS = new Set(['frametype', 'tableid', 'tablefragmenttype', 'haserrors', 'timed_out']);
const COLUMN_LISTS = new Set(['columns', 'fields']);
const COLUMN_NAMES = new Set(['name', 'columnname']);

/** Follows the brackets and keys of a JSON text around the arrays that matter, holding only what is open. */
export class JsonOutline {
  line = 1;
  /** The bracket that the last push stopped behind; undefined when it stopped at the end of the piece. */
  opened: OutlineObject | undefined;
  /** A bracket was closed that was never opened, or opened by one of the other kind. */
  isMismatched = false;
  readonly #onClosed: (object: OutlineObject) => void;
  #top: OutlineObject | undefined;
  #depth = 0;
  #key = '';
  #isKey = true;
  #inString = false;
  #isEscaped = false;
  #token = '';

  constructor(onClosed: (object: OutlineObject) => void) {
    this.#onClosed = onClosed;
  }

  get isInside(): boolean {
    return this.#top !== undefined || this.#inString;
  }

  /** Takes bytes from `from` on; returns where it stopped: behind an array that opened, or at the end of the piece. */
  push(piece: Uint8Array, from: number): number {
    this.opened = undefined;
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at] ?? 0;
      if (byte === LF) {
        this.line += 1;
        this.#inString = false; // no string crosses a line end
        this.#isEscaped = false;
      }
      if (this.#inString) this.#stringByte(byte);
      else if (byte === QUOTE) {
        this.#inString = true;
        this.#token = '';
      } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
        this.#open(byte === OPEN_ARRAY);
        if (byte === OPEN_ARRAY) {
          this.opened = this.#top;
          return at + 1;
        }
      } else if (byte > SPACE) this.#plainByte(byte);
    }
    return piece.length;
  }

  /** The array behind which the last push stopped has been read by somebody else. */
  closeArray(): void {
    this.#close(true);
  }

  #stringByte(byte: number): void {
    if (!this.#isEscaped && byte === QUOTE) {
      this.#inString = false;
      this.#token = unescaped(this.#token);
      return;
    }
    this.#isEscaped = !this.#isEscaped && byte === BACKSLASH;
    if (this.#token.length < LONGEST_STRING) this.#token += String.fromCharCode(byte);
  }

  #plainByte(byte: number): void {
    if (byte === COLON) {
      this.#key = this.#token.toLowerCase();
      this.#isKey = false;
      this.#token = '';
    } else if (byte === COMMA) this.#finishValue();
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.#close(byte === CLOSE_ARRAY);
    else if (this.#token.length < LONGEST_STRING) this.#token += String.fromCharCode(byte);
  }

  #open(isArray: boolean): void {
    this.#depth += 1;
    const key = this.#isKey ? '' : this.#key;
    if (this.#depth <= DEEPEST) {
      this.#top = { isArray, key, parent: this.#top, scalars: new Map(), columns: undefined };
      if (isArray && COLUMN_LISTS.has(key) && this.#top.parent) this.#top.parent.columns = [];
    }
    this.#isKey = true;
    this.#token = '';
  }

  #close(isArray: boolean): void {
    this.#finishValue();
    const isOther = this.#depth <= DEEPEST && this.#top?.isArray !== isArray;
    if (this.#depth === 0 || isOther) this.isMismatched = true;
    if (this.#depth === 0) return;
    if (this.#depth <= DEEPEST && this.#top) {
      const closed = this.#top;
      this.#top = closed.parent;
      this.#onClosed(closed);
    }
    this.#depth -= 1;
  }

  /** A value without brackets, or what is left after one with brackets. */
  #finishValue(): void {
    const top = this.#top;
    if (this.#token !== '' && top && this.#depth <= DEEPEST) {
      if (top.isArray) addColumn(top, this.#token);
      else if (COLUMN_NAMES.has(this.#key) && top.parent?.isArray) addColumn(top.parent, this.#token);
      else if (SCALARS.has(this.#key)) top.scalars.set(this.#key, this.#token);
    }
    this.#token = '';
    this.#isKey = true;
  }
}

/** A column that a list names, as an object with its name or as the name alone. */
function addColumn(list: OutlineObject, name: string): void {
  const columns = COLUMN_LISTS.has(list.key) ? list.parent?.columns : undefined;
  if (columns && columns.length < MOST_COLUMNS) columns.push(name);
}

/** The bytes between two quotes, as text. */
function unescaped(bytes: string): string {
  try {
    const text: unknown = JSON.parse(`"${Buffer.from(bytes, 'latin1').toString('utf8')}"`);
    return typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}
