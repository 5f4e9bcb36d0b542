import type { Cut } from '../formats/format';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, CR, LF, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from '../ingest/bytes';
import { parseRow } from '../ingest/csv-row';

/**
 * Where the record ends that a text begins with; undefined when that cannot be told before more of the text is there.
 * `isFinal`: the text ends where the buffer ends. A line end is no part of a record.
 */
export function recordEnd(cut: Cut, text: Buffer, isFinal: boolean): number | undefined {
  if (cut.by === 'line') return lineEnd(text, isFinal);
  if (cut.by !== 'csv') return bracketEnd(text, isFinal);
  const row = parseRow(text, 0, isFinal, cut.delimiter.charCodeAt(0));
  if (row.kind === 'more') return undefined;
  return row.kind === 'row' ? row.end : lineEnd(text, isFinal);
}

function lineEnd(text: Buffer, isFinal: boolean): number | undefined {
  const found = text.indexOf(LF);
  if (found === -1 && !isFinal) return undefined;
  const end = found === -1 ? text.length : found;
  return text[end - 1] === CR ? end - 1 : end;
}

/** A JSON object or array up to its last bracket; what is neither ends with its line. */
function bracketEnd(text: Buffer, isFinal: boolean): number | undefined {
  if (text[0] !== OPEN_OBJECT && text[0] !== OPEN_ARRAY) return lineEnd(text, isFinal);
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --depth === 0) return at + 1;
  }
  return isFinal ? text.length : undefined;
}
