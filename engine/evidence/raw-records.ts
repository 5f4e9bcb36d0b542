import { throwIfCancelled } from '../../shared/errors';
import type { RawProblem } from '../../shared/evidence';
import type { Cut } from '../formats/format';
import { COMMA, LF, SPACE } from '../ingest/bytes';
import type { Encoding } from '../ingest/decode';
import type { LineScan } from '../ingest/line-scanner';
import { numberAt } from '../ingest/growing';
import type { Growing } from '../ingest/growing';
import { lastAtOrBefore } from '../ingest/read-lines';
import type { Container } from '../ingest/unpack';
import { recordEnd } from './record-end';
import type { SourceCheck } from './source-file';
import type { TextReader } from './text-reader';

/** More of one record's text is not given. */
export const RAW_BYTES = 64 * 1024;

/** How the raw text of an input's records is found again. */
export interface RawText {
  /** What is read: the file itself, or a private copy that holds its text byte for byte. */
  path: string;
  container: Container;
  encoding: Encoding;
  cut: Cut;
  /** Undefined for a private copy, which nobody else changes. */
  check: SourceCheck | undefined;
  /** A place in the text is the same place in the file that the user has. */
  isInPlace: boolean;
  /** The byte of the text at which each record starts, by ordinal - 1; undefined where lines tell. */
  offsets: Growing | undefined;
  /** Where some lines of the text start; undefined where that is not known. */
  marks: LineScan['marks'] | undefined;
  /** The physical line, from 1, of a record by its ordinal. */
  lineOf: (ordinal: number) => number;
}

/** A record as it stands in its file. */
export interface RawRecord {
  /** The byte at which it starts in the file; null where the file is packed or is not plain UTF-8. */
  offset: number | null;
  /** Its text without line end, no more of it than was asked for; null when there is a problem. */
  raw: string | null;
  isCut: boolean;
  problem: RawProblem | null;
}

/** Goes through a text once, forward, and skips what it can. */
export class Seeker {
  readonly #source: RawText;
  readonly #reader: TextReader;
  #signal: AbortSignal | undefined;
  readonly #most: number;
  /** What has been read and not passed, the byte of the text at which it starts, and the line that this byte is on. */
  #text: Buffer = Buffer.alloc(0);
  #offset = 0;
  #line = 1;
  #isOver = false;

  constructor(source: RawText, reader: TextReader, most: number) {
    this.#source = source;
    this.#reader = reader;
    this.#most = most;
  }

  /** Ordinals ascend from call to call. */
  async record(ordinal: number, signal: AbortSignal | undefined): Promise<RawRecord> {
    this.#signal = signal;
    const { offsets, lineOf, cut, isInPlace } = this.#source;
    const offset = offsets && numberAt(offsets, ordinal - 1);
    if (offset === undefined) await this.#goToLine(lineOf(ordinal));
    else await this.#goToByte(offset);
    let end = recordEnd(cut, this.#text, this.#isOver);
    while (end === undefined && this.#text.length <= this.#most) {
      await this.#more();
      end = recordEnd(cut, this.#text, this.#isOver);
    }
    if (this.#text.length === 0) return { offset: null, raw: null, isCut: false, problem: 'file-changed' };
    const length = Math.min(end ?? this.#text.length, this.#roomOf(ordinal));
    const raw = this.#text.toString('utf8', 0, wholeCharacters(this.#text, length, this.#most));
    return { offset: isInPlace ? this.#offset : null, raw, isCut: length > this.#most, problem: null };
  }

  /** Of JSON, bytes up to where the next value starts: a broken one has no end of its own. */
  #roomOf(ordinal: number): number {
    const { cut, offsets } = this.#source;
    const next = cut.by === 'line' || cut.by === 'csv' || !offsets ? undefined : numberAt(offsets, ordinal);
    if (next === undefined) return Infinity;
    let room = next - this.#offset;
    while (room > 1 && isBetween(this.#text[room - 1])) room -= 1;
    return room;
  }

  async #goToLine(line: number): Promise<void> {
    const { marks } = this.#source;
    const mark = marks ? lastAtOrBefore(marks.lines, line) : -1;
    const markOffset = marks?.offsets[mark] ?? 0;
    if (markOffset > this.#offset + this.#text.length && this.#jump(markOffset)) this.#line = marks?.lines[mark] ?? 1;
    let at = 0;
    while (this.#line < line) {
      const end = this.#text.indexOf(LF, at);
      if (end !== -1) {
        this.#line += 1;
        at = end + 1;
        continue;
      }
      this.#pass(this.#text.length);
      at = 0;
      if (this.#isOver) return;
      await this.#more();
    }
    this.#pass(at);
  }

  async #goToByte(offset: number): Promise<void> {
    if (offset > this.#offset + this.#text.length) this.#jump(offset);
    while (offset > this.#offset + this.#text.length && !this.#isOver) {
      this.#pass(this.#text.length);
      await this.#more();
    }
    this.#pass(Math.min(this.#text.length, offset - this.#offset));
  }

  /** False where the text can only be read on. */
  #jump(offset: number): boolean {
    if (!this.#reader.seek) return false;
    this.#reader.seek(offset);
    this.#offset = offset;
    this.#text = Buffer.alloc(0);
    return true;
  }

  #pass(bytes: number): void {
    this.#text = this.#text.subarray(bytes);
    this.#offset += bytes;
  }

  async #more(): Promise<void> {
    throwIfCancelled(this.#signal);
    const piece = await this.#reader.next();
    if (!piece) this.#isOver = true;
    else this.#text = this.#text.length === 0 ? piece : Buffer.concat([this.#text, piece]);
  }
}

function isBetween(byte: number | undefined): boolean {
  return byte !== undefined && (byte <= SPACE || byte === COMMA);
}

/** At most so many bytes, and no character cut in two. */
function wholeCharacters(text: Buffer, end: number, most: number): number {
  if (end <= most) return end;
  let at = most;
  while (at > most - 4 && ((text[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}
