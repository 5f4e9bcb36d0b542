import { BatchWriter } from './batch-writer';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, LF, QUOTE, SPACE } from './bytes';

const NULL = Buffer.from('null');

/**
 * Writes `null` where JSON has nothing between a colon and the next comma or bracket, as older LSS templates leave it
 * (`"TrustedNetworks": ,"PosturesHit": }`). Such a place is never valid JSON, so what is valid stays as it is, byte for
 * byte; text inside strings is not looked at, and no string crosses a line end. No line is added or taken away.
 */
export class EmptyMender {
  readonly #out: BatchWriter;
  #inString = false;
  #isEscaped = false;
  /** Nothing but white space since a colon. */
  #awaitsValue = false;
  /** Something has been written that was not there. */
  hasMended = false;

  /** `write` must not keep what it is given. */
  constructor(write: (bytes: Uint8Array) => void, bufferBytes?: number) {
    this.#out = new BatchWriter(write, bufferBytes);
  }

  push(piece: Uint8Array): void {
    let start = 0;
    let inString = this.#inString;
    let isEscaped = this.#isEscaped;
    let awaitsValue = this.#awaitsValue;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at] ?? 0;
      if (byte === LF) {
        inString = false;
        isEscaped = false;
      } else if (inString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte > SPACE) {
        if (awaitsValue && (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY)) {
          this.#out.push(piece.subarray(start, at));
          this.#out.push(NULL);
          this.hasMended = true;
          start = at;
        }
        awaitsValue = byte === COLON;
        inString = byte === QUOTE;
      }
    }
    this.#out.push(piece.subarray(start));
    this.#inString = inString;
    this.#isEscaped = isEscaped;
    this.#awaitsValue = awaitsValue;
  }

  finish(): void {
    this.#out.flush();
  }
}

/** Where there may be one, perhaps inside a string. */
const EMPTY = /:[\0- ]*[,}\]]/u;
const SMALL_BUFFER = 4096;

/** A short text with its empties mended. Most have none, and many are looked at to recognise a file. */
export function mendEmpties(text: string): string {
  if (!EMPTY.test(text)) return text;
  const out: Uint8Array[] = [];
  const mender = new EmptyMender((bytes) => out.push(new Uint8Array(bytes)), SMALL_BUFFER);
  mender.push(Buffer.from(text));
  mender.finish();
  return Buffer.concat(out).toString();
}
