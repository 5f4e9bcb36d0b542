import { CR, LF } from './bytes';

/** How characters and lines are written in a text. */
export interface Encoding {
  charset: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Length of the byte order mark. */
  markBytes: number;
  /** Lines end in a carriage return alone. */
  bareReturns: boolean;
}

/** Of a copy that the engine made. */
export const UTF8: Encoding = { charset: 'utf-8', markBytes: 0, bareReturns: false };

/** By the byte order mark, else by the zero bytes that UTF-16 has in ASCII text. */
export function encodingOf(head: Uint8Array): Encoding {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf)
    return { charset: 'utf-8', markBytes: 3, bareReturns: hasBareReturns(head) };
  const charset = utf16Of(head);
  const markBytes = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) ? 2 : 0;
  return { charset, markBytes: charset === 'utf-8' ? 0 : markBytes, bareReturns: hasBareReturns(head) };
}

function utf16Of(head: Uint8Array): Encoding['charset'] {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== undefined && a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  if (a === 0 && b !== undefined && b !== 0 && c === 0 && d !== 0) return 'utf-16be';
  return 'utf-8';
}

function hasBareReturns(head: Uint8Array): boolean {
  return head.includes(CR) && !head.includes(LF);
}

/** True when DuckDB can read the text as it is. */
export function isPlain({ charset, markBytes, bareReturns }: Encoding): boolean {
  return charset === 'utf-8' && markBytes === 0 && !bareReturns;
}

/** Turns a text that arrives in pieces into UTF-8 with line feeds and without a byte order mark. */
export class Decoder {
  readonly #encoding: Encoding;
  readonly #utf16: TextDecoder | undefined;
  #mark: number;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
    this.#mark = encoding.markBytes;
    this.#utf16 = encoding.charset === 'utf-8' ? undefined : new TextDecoder(encoding.charset, { ignoreBOM: true });
  }

  decode(piece: Uint8Array): Uint8Array {
    const skip = Math.min(this.#mark, piece.length);
    this.#mark -= skip;
    const rest = piece.subarray(skip);
    return this.#lines(this.#utf16 ? Buffer.from(this.#utf16.decode(rest, { stream: true })) : rest);
  }

  /** What was left of a character that is cut off. */
  finish(): Uint8Array {
    return this.#lines(this.#utf16 ? Buffer.from(this.#utf16.decode()) : new Uint8Array());
  }

  #lines(text: Uint8Array): Uint8Array {
    return this.#encoding.bareReturns ? text.map((byte) => (byte === CR ? LF : byte)) : text;
  }
}
