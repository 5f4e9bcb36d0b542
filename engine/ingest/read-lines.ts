import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { LineScan } from './line-scanner';
import { readAt } from './read-at';

const PIECE = 64 * 1024;
/** Records that stand together have the same names, and parsing them takes time. */
const LINES_A_PLACE = 8;
/** Of a text up to this size all lines are the sample: looking at them is cheaper than loading it twice for a rare name. */
const WHOLE_BYTES = 8 * 1024 * 1024;

/** Whether `sampleLines` gives all lines of a text of so many bytes. */
export function isWholeSample(bytes: number): boolean {
  return bytes <= WHOLE_BYTES;
}

/** All lines of a small text; of another a few whole lines from `places` spots spread evenly over it. */
export async function sampleLines(path: string, bytes: number, places: number): Promise<string[]> {
  const file = await open(path, 'r');
  try {
    if (isWholeSample(bytes)) return (await readAt(file, 0, bytes)).toString('utf8').split('\n');
    const step = Math.max(PIECE, Math.floor(bytes / places));
    const starts = Array.from({ length: Math.ceil(bytes / step) }, (_, index) => index * step);
    // asked for at once: a pass over the bytes that goes on meanwhile would come between one place and the next
    const pieces = await Promise.all(starts.map((at) => readAt(file, at, PIECE)));
    return pieces.flatMap((bytesThere, index) => {
      const piece = bytesThere.toString('utf8').split('\n');
      if (index > 0) piece.shift();
      if (index * step + PIECE < bytes) piece.pop();
      return piece.slice(0, LINES_A_PLACE);
    });
  } finally {
    await file.close();
  }
}

/** The text of these physical lines, ascending; a line that is not there is left out. */
export async function readLines(path: string, { marks }: LineScan, wanted: readonly number[]): Promise<string[]> {
  const file = await open(path, 'r');
  try {
    const found: string[] = [];
    let block: { first: number; lines: string[] } = { first: 1, lines: [] };
    let mark = -1;
    for (const line of wanted) {
      const next = lastAtOrBefore(marks.lines, line);
      if (next !== mark) {
        mark = next;
        block = { first: marks.lines[mark] ?? 1, lines: await blockAt(file, marks.offsets, mark) };
      }
      const text = block.lines[line - block.first];
      if (text !== undefined) found.push(text);
    }
    return found;
  } finally {
    await file.close();
  }
}

async function blockAt(file: FileHandle, offsets: Float64Array, mark: number): Promise<string[]> {
  const start = offsets[mark] ?? 0;
  const end = offsets[mark + 1] ?? (await file.stat()).size;
  return (await readAt(file, start, end - start)).toString('utf8').split('\n');
}

/** The index of the last value that is not above `value`; -1 when there is none. */
export function lastAtOrBefore(ascending: Uint32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
