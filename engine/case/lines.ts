import { readUpTo } from './file-system';
import type { CaseFs } from './file-system';
import { LONGEST_LINE } from './record';

/** One line of a journal. `bytes` is undefined when the line is too long to be one of ours, or its newline is missing. */
export interface Line {
  start: number;
  /** Where the next line starts. */
  end: number;
  bytes: Buffer | undefined;
}

const CHUNK = 1024 * 1024;
const NEWLINE = 10;

/** The lines of an open file, in memory bounded by the longest line allowed, in time linear in the file. */
export function* lines(disk: CaseFs, fd: number): Generator<Line> {
  let start = 0; // of the line at hand
  let position = 0; // of what is read next
  let parts: Buffer[] = [];
  let held = 0;
  for (;;) {
    const chunk = readUpTo(disk, fd, CHUNK, position);
    if (chunk.length === 0) break;
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const end = position + at + 1;
      const tooLong = end - start > LONGEST_LINE;
      yield { start, end, bytes: tooLong ? undefined : joined(parts, chunk.subarray(from, at)) };
      parts = [];
      held = 0;
      from = at + 1;
      start = end;
    }
    const rest = chunk.subarray(from);
    if (held <= LONGEST_LINE) parts.push(rest);
    held += rest.length;
    if (held > LONGEST_LINE) parts = [];
    position += chunk.length;
  }
  if (position > start) yield { start, end: position, bytes: undefined };
}

/** The line that starts at `start`, which the journal's index knows to be one. */
export function lineAt(disk: CaseFs, fd: number, start: number): Buffer {
  for (let length = 4096; ; length *= 8) {
    const bytes = readUpTo(disk, fd, length, start);
    const end = bytes.indexOf(NEWLINE);
    if (end >= 0) return bytes.subarray(0, end);
    if (bytes.length < length) throw new Error(`no line at byte ${start}`);
  }
}

function joined(parts: Buffer[], last: Buffer): Buffer {
  return parts.length === 0 ? last : Buffer.concat([...parts, last]);
}
