import { isUtf8 } from 'node:buffer';
import { CR, LF, SPACE } from './bytes';

/** Ends a text for some readers. */
const NUL = 0;
/** Begins the delimiter that no text has: engine/formats/text-lines.ts. */
const START = 1;
const MARK = 63; // a question mark: a line of them is no record of any format

/**
 * Whole lines as a reader of lines takes them, with every byte still where it was: a carriage return that ends no line
 * becomes a space, a NUL and a U+0001 become question marks, and so does every byte of a line that is not UTF-8. Returns the same block when it is clean.
 */
export function cleanLines(block: Uint8Array): Uint8Array {
  if (isUtf8(block) && !block.includes(NUL) && !block.includes(START) && !hasInnerReturn(block)) return block;
  const clean = new Uint8Array(block);
  for (let start = 0; start < clean.length;) {
    const found = clean.indexOf(LF, start);
    const end = found === -1 ? clean.length : found;
    const line = clean.subarray(start, end);
    if (isUtf8(line)) cleanLine(line);
    else line.fill(MARK);
    start = end + 1;
  }
  return clean;
}

function hasInnerReturn(block: Uint8Array): boolean {
  for (let at = block.indexOf(CR); at !== -1; at = block.indexOf(CR, at + 1)) {
    if (at + 1 < block.length && block[at + 1] !== LF) return true;
  }
  return false;
}

function cleanLine(line: Uint8Array): void {
  for (const [at, byte] of line.entries()) {
    if (byte === NUL || byte === START) line[at] = MARK;
    else if (byte === CR && at < line.length - 1) line[at] = SPACE;
  }
}
