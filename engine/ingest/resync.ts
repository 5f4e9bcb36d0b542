import { LF, OPEN_ARRAY, OPEN_OBJECT, SPACE } from './bytes';

/** So many whole values are looked at, for so many keys. */
const LOOKED_AT = 100;
const MOST_KEYS = 8;
const KEY_WITHIN = 512;
const MOST_READ_AGAIN = 64 * 1024 * 1024;
const GUESSED_WITHIN = 64 * 1024;
const MOST_GUESSED = 50;
/** An object that is no value of a key. */
const ANY_OBJECT = /(?<!:\s{0,100})\{\s{0,100}("(?:[^"\\\n]|\\.){1,200}")\s{0,100}:/gu;
const FIRST_KEY = /^\{\s{0,100}("(?:[^"\\\n]|\\.){1,200}")\s{0,100}:/u;

/**
 * Finds where the next record starts in a JSON text whose brackets or quotes do not add up: at an object that begins with the
 * key that whole records begin with, or, of rows, at a bracket that opens after a comma after one that closes. That can be an
 * object in a list in a record too, so only what does not add up is looked through, and read again from there.
 */
export class Resync {
  /** So much was read again that from here on no record reaches beyond a place where another may start. */
  isOn = false;
  readonly #keys = new Set<string>();
  #hasRows = false;
  #looked = 0;
  #isBroken = false;
  #readAgain = 0;
  #marker: RegExp | undefined;
  /** The piece that was looked through last, as text. */
  #piece: Uint8Array | undefined;
  #text = '';

  get #knows(): boolean {
    return this.#keys.size > 0 || this.#hasRows;
  }

  /** Looks at how a value begins that ended as it should. After the first broken one it may be a part of one. */
  learn(value: Uint8Array): void {
    if (this.#looked >= LOOKED_AT || (this.#isBroken && this.#knows)) return;
    this.#looked += 1;
    if (value[0] === OPEN_ARRAY) this.#hasRows = true;
    else this.#learnKey(value);
    this.#marker = undefined;
  }

  #learnKey(value: Uint8Array): void {
    if (value[0] !== OPEN_OBJECT || this.#keys.size >= MOST_KEYS) return;
    const key = FIRST_KEY.exec(Buffer.from(value.subarray(0, KEY_WITHIN)).toString('latin1'))?.[1];
    if (key !== undefined) this.#keys.add(key);
  }

  /** Where in the piece, from a byte on, the next record starts; its length when none does. */
  next(piece: Uint8Array, from: number): number {
    this.#marker ??= this.#makeMarker();
    if (this.#piece !== piece) {
      this.#piece = piece;
      this.#text = Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
    }
    this.#marker.lastIndex = from;
    return this.#marker.exec(this.#text)?.index ?? piece.length;
  }

  /** An array where records are objects: what is left of a broken one. */
  isOdd(value: Uint8Array): boolean {
    return this.#isBroken && this.#keys.size > 0 && !this.#hasRows && value[0] === OPEN_ARRAY;
  }

  /** What of a value that is broken belongs to it, where another record starts inside; undefined: all of it. */
  split(value: Uint8Array): { own: Uint8Array; rest: Uint8Array; lines: number } | undefined {
    this.#isBroken = true;
    if (this.isOn) return undefined;
    if (!this.#knows) this.#learnKey(value);
    if (!this.#knows) this.#guess(value);
    if (!this.#knows) return undefined;
    const at = this.next(value, 1);
    this.#piece = undefined;
    if (at >= value.length) return undefined;
    const own = value.subarray(0, at);
    this.#readAgain += value.length - at;
    this.isOn = this.#readAgain > MOST_READ_AGAIN;
    return { own, rest: value.subarray(at), lines: linesIn(own) };
  }

  /** No value was whole so far. Of the objects in the broken one, records are the longest. */
  #guess(value: Uint8Array): void {
    const text = Buffer.from(value.subarray(0, GUESSED_WITHIN)).toString('latin1');
    if (text.startsWith('[')) this.#hasRows = true;
    const longest = new Map<string, number>();
    for (const { index, 1: key = '' } of text.matchAll(ANY_OBJECT)) {
      if ((longest.get(key) ?? 0) > 0 || longest.size >= MOST_GUESSED) continue;
      const length = lengthOf(text, index);
      // one that is much shorter than what stands before it is a part of the broken record
      longest.set(key, length * 3 >= index ? length : 0);
    }
    const [best] = [...longest].toSorted(([, one], [, other]) => other - one);
    if (best && best[1] > 0) this.#keys.add(best[0]);
    this.#marker = undefined;
  }

  #makeMarker(): RegExp {
    const keys = [...this.#keys].map((key) => key.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
    const object = String.raw`\{(?=\s{0,100}(?:${keys.join('|')})\s{0,100}:)(?<!:\s{0,100}\{)`;
    const row = String.raw`\[(?<=\]\s{0,100},\s{0,100}\[)`;
    const places = [...(keys.length > 0 ? [object] : []), ...(this.#hasRows ? [row] : [])];
    return new RegExp(places.join('|') || '(?!)', 'gu');
  }
}

/** How long the JSON object is that begins there; 0 when its brackets or quotes do not add up. */
function lengthOf(text: string, start: number): number {
  const parts = /"(?:[^"\\\n]|\\.)*"|[{}[\]"]/gu;
  parts.lastIndex = start;
  const open: string[] = [];
  for (let part = parts.exec(text); part; part = parts.exec(text)) {
    const [token] = part;
    if (token === '"') return 0;
    if (token === '{' || token === '[') open.push(token);
    else if (token === '}' || token === ']') {
      if (open.pop() !== (token === '}' ? '{' : '[')) return 0;
      if (open.length === 0) return parts.lastIndex - start;
    }
  }
  return 0;
}

/** How many line feeds there are. */
export function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}

/** Without the white space at its end. */
export function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) <= SPACE) end -= 1;
  return bytes.subarray(0, end);
}

/** A value of several lines as one line: line ends stand between values only, where a space does as well. */
export function inOneLine(bytes: Uint8Array): Uint8Array {
  let at = bytes.indexOf(LF);
  if (at === -1) return bytes;
  const line = new Uint8Array(bytes);
  for (; at !== -1; at = line.indexOf(LF, at + 1)) line[at] = SPACE;
  return line;
}
