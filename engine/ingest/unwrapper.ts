import { isUtf8 } from 'node:buffer';
import { asValue } from '../formats/around';
import type { Cut } from '../formats/format';
import { objectOf } from '../formats/json';
import { isTelling, nestedIn } from '../formats/nested';
import { isQueryRow } from '../formats/splunk';
import { isHeaded, recordOn } from '../formats/syslog-json';
import { namesOf } from '../formats/unwrap';
import { BatchWriter } from './batch-writer';
import { LF } from './bytes';
import { cellsOf, parseRow } from './csv-row';
import { mendEmpties } from './empty-mender';
import { eachFault, FaultList } from './faults';
import type { Fault, Faults } from './faults';
import { LONGEST_LINE } from './line-scanner';

const NEW_LINE = Buffer.from('\n');
/** Stands for a value that holds no record: a line of no format. Its class is told by a fault. */
const NOTHING = 'no record';
const NO_BYTES = Buffer.alloc(0);

/**
 * Takes the values of a text, one a line or one a row of CSV, and writes a line for each: the record that lies in its texts,
 * or the value itself where that is a record. What can be neither is noted as a fault. Values that cannot be read, and
 * blank lines, are written as they are.
 */
export class Unwrapper {
  readonly #cut: Cut;
  readonly #isJson: boolean;
  readonly #out: BatchWriter;
  readonly #faults = new FaultList();
  /** Lines that were taken back after they were written: from (not included) and to. */
  readonly #takenBack: { from: number; to: number }[] = [];
  #held: Buffer = NO_BYTES;
  /** Inside a line that is too long to be held. */
  #isPassing = false;
  #awaitsHeader: boolean;
  #lines = 0;

  /** `write` must not keep what it is given. */
  constructor(cut: Cut, write: (bytes: Uint8Array) => void) {
    this.#cut = cut;
    this.#isJson = cut.inside?.isJson ?? true;
    this.#awaitsHeader = cut.by === 'csv' && !cut.headless;
    this.#out = new BatchWriter(write);
  }

  /** Lines written so far. */
  get lines(): number {
    return this.#lines;
  }

  push(piece: Uint8Array): void {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    const text = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    let at = this.#isPassing ? this.#pass(text) : 0;
    for (let end = this.#endOf(text, at); end !== undefined; end = this.#endOf(text, at)) {
      this.#value(text.subarray(at, end));
      at = end;
    }
    this.#held = Buffer.from(text.subarray(at));
    if (this.#held.length <= LONGEST_LINE) return;
    this.#isPassing = true;
    this.#pass(this.#held);
    this.#held = NO_BYTES;
  }

  /** Lines from the one after `from` on are rows that a later part of the query's answer replaces. */
  takeBack(from: number, to: number): void {
    this.#takenBack.push({ from, to });
  }

  finish(): Faults {
    if (this.#isPassing) this.#lines += 1;
    else if (this.#held.length > 0) this.#value(this.#held);
    this.#out.flush();
    const faults = this.#faults.finish();
    if (this.#takenBack.length === 0) return faults;
    const all = new FaultList();
    const isBack = (line: number): boolean => this.#takenBack.some(({ from, to }) => line > from && line <= to);
    for (const { line, reason } of eachFault(faults)) if (!isBack(line)) all.add(line, reason);
    for (const { from, to } of this.#takenBack) if (to > from) all.add(from + 1, 'query-row', to - from);
    return all.finish();
  }

  /** Writes what belongs to a line that is too long; the scanner behind says so. Returns where it ends. */
  #pass(text: Buffer): number {
    const end = text.indexOf(LF) + 1;
    this.#isPassing = end === 0;
    if (end > 0) this.#lines += 1;
    this.#out.push(end === 0 ? text : text.subarray(0, end));
    return end === 0 ? text.length : end;
  }

  /** Where the value that starts there ends, after its line end; undefined when that has not arrived. */
  #endOf(text: Buffer, at: number): number | undefined {
    if (at >= text.length) return undefined;
    if (this.#cut.by !== 'csv') {
      const end = text.indexOf(LF, at);
      return end === -1 ? undefined : end + 1;
    }
    const row = parseRow(text, at, false, this.#cut.delimiter.charCodeAt(0));
    return row.kind === 'row' ? row.next : undefined; // there are whole rows only: csv-rows.ts
  }

  #value(bytes: Buffer): void {
    if (this.#awaitsHeader) {
      this.#awaitsHeader = false;
      return;
    }
    const end = bytes.at(-1) === LF ? bytes.length - 1 : bytes.length;
    const body = bytes.subarray(0, end);
    this.#lines += 1;
    const text = isUtf8(body) ? body.toString() : '';
    if (text.trim() === '') this.#out.push(body);
    else this.#out.push(Buffer.from(this.#recordOf(text, body)));
    if (end < bytes.length) this.#out.push(NEW_LINE);
  }

  #recordOf(text: string, body: Buffer): string {
    const cut = this.#cut;
    const isHead = cut.by === 'line' && cut.text === true;
    const value = cut.by === 'csv' ? this.#row(body, cut.delimiter) : valueOn(text, isHead);
    if (!value) {
      if (isHead) this.#add(isHeaded(text) ? 'not-json' : 'not-a-log-line');
      return text;
    }
    if (isQueryRow(value)) return this.#nothing('query-row');
    const nested = nestedIn(value);
    if (typeof nested === 'object')
      return nested.isJson === this.#isJson ? nested.text : this.#nothing('not-a-log-line');
    if (!isTelling(namesOf(value))) return this.#nothing(nested ?? 'other-log-type');
    if (!this.#isJson) return this.#nothing('not-a-log-line');
    return cut.by === 'csv' ? JSON.stringify(value) : mendEmpties(text.slice(text.indexOf('{')));
  }

  #row(body: Buffer, delimiter: string): Record<string, unknown> | undefined {
    const row = parseRow(body, 0, true, delimiter.charCodeAt(0));
    return row.kind === 'row' ? asValue(this.#cut.inside?.columns ?? [], cellsOf(body, row)) : undefined;
  }

  #nothing(reason: Fault['reason']): string {
    this.#add(reason);
    return NOTHING;
  }

  #add(reason: Fault['reason']): void {
    this.#faults.add(this.#lines, reason);
  }
}

function valueOn(text: string, isHead: boolean): Record<string, unknown> | undefined {
  if (!isHead) return objectOf(mendEmpties(text));
  return isHeaded(text) || text.trimStart().startsWith('{') ? recordOn(text) : undefined;
}
