import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Cut } from '../formats/format';
import { Allowance } from '../sources/allowance';
import type { AllowanceState } from '../sources/allowance';
import { cleanLines } from './clean-lines';
import { CopyWriter } from './copy-writer';
import { CsvRows } from './csv-rows';
import { Decoder } from './decode';
import { EmptyMender } from './empty-mender';
import type { Growing } from './growing';
import { JsonElements } from './json-elements';
import type { ElementsTarget } from './json-elements';
import type { Encoding } from './decode';
import { JsonSplitter } from './json-splitter';
import { LineScanner } from './line-scanner';
import { allFaults, FaultList, hasFault } from './faults';
import type { Faults } from './faults';
import type { LineScan } from './line-scanner';
import { Unwrapper } from './unwrapper';
import { unpackerOf } from './unpack';
import type { Container } from './unpack';

export interface PrepareJob {
  /** A real path. */
  path: string;
  /** What the file is called on screen. */
  name: string;
  container: Container;
  encoding: Encoding;
  cut: Cut;
  /** Write the text, plain and a record a line, to this path, which does not exist yet. */
  copyTo?: string;
  /** Leave CSV rows that are broken out of the copy. */
  repair?: boolean;
  /** What unpacking it may come to. */
  allowance: AllowanceState;
}

/** What one pass over an input found and, when asked for, wrote. */
export interface Prepared {
  /** Of the file as it lies: size and SHA-256 in lower-case hex. */
  bytes: number;
  sha256: string;
  /** The text that DuckDB is to read: the file itself or the copy. */
  text: { path: string; bytes: number };
  /** Lines of that text. */
  scan: LineScan;
  /** Rows that the text must give when it is loaded. */
  rows: number;
  /** The line of the source on which each row starts, where that is not the line of the text. */
  starts: Growing | undefined;
  /** The byte of the source's text (unpacked, as UTF-8) at which each row starts; undefined where `starts` is. */
  offsets: Growing | undefined;
  /** The text that DuckDB is to read is the source's text, byte for byte. */
  isVerbatim: boolean;
  /** Lines of the source, and whether the last of them has no line end. */
  sourceLines: number;
  endsInLine: boolean;
  /** Lines of the source that are blank; 0 where blank lines mean nothing. */
  blankLines: number;
  /** Rows that were left out of the copy, by the line of the source, ascending. */
  leftOut: Faults;
  /** What is wrong with the container: what comes after is not there. */
  damage: string | undefined;
  /** What has been unpacked by now of all that its allowance counts. */
  unpackedBytes: number;
  /** How the text ends before it should, in words. */
  endsEarly: string | undefined;
  /** Lines of JSON whose brackets or quotes do not add up: records may lie there that were not read. */
  unread: { from: number; to: number } | undefined;
}

interface PrepareHooks {
  /** Bytes of the file read and lines or records of its text found, so far: told now and then. */
  progress: (bytes: number, records: number) => void;
  /** Is asked before each piece, and may let others have their turn; false: cancelled. */
  goesOn: () => boolean | Promise<boolean>;
}

/** Large enough for the calls that read it to cost nothing, small enough to be read and looked at in a millisecond. */
const PIECE = 1024 * 1024;
const REPORT_MS = 50;
/** What a small piece of an archive unpacks to is held in memory at once. */
const PACKED_PIECE = 64 * 1024;

/**
 * One pass over a file: what it is as evidence (hash, size), how its text falls into records, and a plain copy of it
 * where DuckDB could not read the file itself. Undefined when cancelled.
 */
export async function prepareInput(job: PrepareJob, hooks: PrepareHooks): Promise<Prepared | undefined> {
  const hash = createHash('sha256');
  const writer = job.copyTo === undefined ? undefined : new CopyWriter(job.copyTo);
  const file = await open(job.path, 'r');
  try {
    const unpacker = await unpackerOf(job.container, file);
    const { size } = await file.stat();
    const pieceBytes = job.container === 'plain' ? Math.min(PIECE, size + 1) : PACKED_PIECE;
    const decoder = new Decoder(job.encoding);
    const text = new TextPass(job, writer);
    let [bytes, reported] = [0, 0];
    const allowance = new Allowance(job.allowance);
    const take = (out: Uint8Array): void => {
      if (job.container !== 'plain') allowance.unpacked(out.length);
      if (job.copyTo !== undefined) allowance.written(out.length, dirname(job.copyTo));
      text.push(decoder.decode(out));
    };
    const buffer = Buffer.allocUnsafe(pieceBytes);
    while (await hooks.goesOn()) {
      // in step: what another thread reads has left this processor's cache when it is hashed
      const piece = buffer.subarray(0, readSync(file.fd, buffer, 0, pieceBytes, bytes));
      if (piece.length === 0) break;
      hash.update(piece);
      bytes += piece.length;
      for await (const out of unpacker.push(piece)) take(out);
      const now = performance.now();
      if (now - reported < REPORT_MS) continue;
      reported = now;
      hooks.progress(bytes, text.records);
    }
    if (!(await hooks.goesOn())) return undefined;
    for (const out of await unpacker.finish()) take(out);
    text.push(decoder.finish());
    const found = text.finish();
    writer?.finish();
    return {
      bytes,
      sha256: hash.digest('hex'),
      text: writer && job.copyTo !== undefined ? { path: job.copyTo, bytes: writer.bytes } : { path: job.path, bytes },
      damage: unpacker.damage,
      unpackedBytes: allowance.state.unpackedBytes,
      ...found,
    };
  } finally {
    writer?.close();
    await file.close();
  }
}

/** The passes over the text, by how it falls into records. */
class TextPass {
  readonly #scanner: LineScanner;
  readonly #mender: EmptyMender | undefined;
  readonly #json: JsonSplitter | undefined;
  readonly #elements: JsonElements | undefined;
  readonly #csv: CsvRows | undefined;
  readonly #unwrapper: Unwrapper | undefined;
  #isCleaned = false;

  constructor({ cut, repair }: PrepareJob, writer: CopyWriter | undefined) {
    const isCsv = cut.by === 'csv' && !cut.inside;
    const isText = cut.inside ? !cut.inside.isJson : cut.by === 'line' && cut.text === true;
    const cleaned = (bytes: Uint8Array): Uint8Array => {
      const clean = cleanLines(bytes);
      if (clean !== bytes) this.#isCleaned = true;
      return clean;
    };
    const scanner = new LineScanner({
      quotes: isCsv,
      header: isCsv && !cut.headless,
      write: writer ? (bytes) => writer.write(isText ? cleaned(bytes) : bytes) : undefined,
    });
    this.#scanner = scanner;
    if (cut.inside) this.#unwrapper = new Unwrapper(cut, (bytes) => scanner.push(bytes));
    const isJson = cut.by === 'json' || (cut.by === 'line' && !cut.text);
    if (writer && isJson && !cut.inside) this.#mender = new EmptyMender((bytes) => scanner.push(bytes));
    const sink = this.#unwrapper ?? this.#mender ?? scanner;
    if (cut.by === 'json') this.#json = new JsonSplitter((bytes) => sink.push(bytes));
    if (cut.by === 'elements') this.#elements = new JsonElements(cut.of, targetOf(scanner, writer, this.#unwrapper));
    if (cut.by === 'csv' && (repair || cut.inside)) {
      const write = (bytes: Uint8Array): void => sink.push(bytes);
      this.#csv = new CsvRows(cut.delimiter, cut.cells, write, cut.headless);
    }
  }

  get records(): number {
    return this.#json?.values ?? this.#elements?.elements ?? this.#csv?.lines ?? this.#scanner.lines;
  }

  push(text: Uint8Array): void {
    (this.#json ?? this.#elements ?? this.#csv ?? this.#unwrapper ?? this.#mender ?? this.#scanner).push(text);
  }

  finish(): Omit<Prepared, 'bytes' | 'sha256' | 'text' | 'damage' | 'unpackedBytes'> {
    const found = this.#finishRecords();
    const isTooLong = hasFault(found.scan.faults, 'line-too-long');
    const isVerbatim = !found.starts && !isTooLong && !this.#isCleaned && !this.#mender?.hasMended && !this.#unwrapper;
    return { ...found, isVerbatim };
  }

  #finishRecords(): Omit<Prepared, 'bytes' | 'sha256' | 'text' | 'damage' | 'unpackedBytes' | 'isVerbatim'> {
    const none = {
      offsets: undefined,
      blankLines: 0,
      leftOut: new FaultList().finish(),
      endsEarly: undefined,
      unread: undefined,
    };
    if (this.#json) {
      const { starts, offsets, tooLong, endsInValue, endsInArray, unreadFrom, lines } = this.#json.finish();
      this.#mender?.finish();
      const scan = this.#finishScan();
      const long = new FaultList();
      for (const value of tooLong) long.add(value, 'line-too-long');
      scan.faults = allFaults(scan.faults, long.finish());
      const cut = endsInArray ? 'the file ends inside its JSON array' : undefined;
      const endsEarly = endsInValue ? 'the file ends in the middle of a record' : cut;
      return {
        ...none,
        scan,
        rows: starts.length,
        starts,
        offsets,
        sourceLines: lines,
        endsInLine: false,
        endsEarly,
        unread: spanOf(unreadFrom, lines),
      };
    }
    if (this.#elements) return { ...none, ...this.#finishElements(this.#elements) };
    if (this.#csv) {
      const { starts, offsets, faults, blankLines, lines, endsInLine } = this.#csv.finish();
      const scan = this.#finishScan();
      return {
        ...none,
        scan,
        rows: starts.length,
        starts,
        offsets,
        sourceLines: lines,
        endsInLine,
        blankLines,
        leftOut: faults,
      };
    }
    this.#mender?.finish();
    const scan = this.#finishScan();
    const { lines, gaps, blankLines, endsInLine } = scan;
    const rows = lines - gaps.lengths.reduce((sum, length) => sum + length, 0);
    return { ...none, scan, rows, starts: undefined, sourceLines: lines, endsInLine, blankLines };
  }

  #finishScan(): LineScan {
    const faults = this.#unwrapper?.finish();
    const scan = this.#scanner.finish();
    if (faults) scan.faults = allFaults(scan.faults, faults);
    return scan;
  }

  #finishElements(
    elements: JsonElements,
  ): Pick<Prepared, 'scan' | 'rows' | 'starts' | 'offsets' | 'sourceLines' | 'endsInLine' | 'endsEarly' | 'unread'> {
    const { starts, offsets, faults, endsInElement, endsInside, unreadFrom, isPartial, lines } = elements.finish();
    const scan = this.#finishScan();
    scan.faults = allFaults(scan.faults, faults);
    const inside = endsInside ? 'the file ends before its JSON does' : undefined;
    const cut = endsInElement ? 'the file ends in the middle of a record' : inside;
    const partial = isPartial ? 'the query reports an error: records may be missing from its result' : undefined;
    return {
      scan,
      rows: starts.length,
      starts,
      offsets,
      sourceLines: lines,
      endsInLine: false,
      endsEarly: cut ?? partial,
      unread: spanOf(unreadFrom, lines),
    };
  }
}

function spanOf(from: number | undefined, to: number): Prepared['unread'] {
  return from === undefined ? undefined : { from, to };
}

function targetOf(
  scanner: LineScanner,
  writer: CopyWriter | undefined,
  unwrapper: Unwrapper | undefined,
): ElementsTarget {
  if (unwrapper) {
    return {
      write: (bytes) => unwrapper.push(bytes),
      // places are lines
      get bytes() {
        return unwrapper.lines;
      },
      blank: (from, to) => unwrapper.takeBack(from, to),
    };
  }
  return {
    write: (bytes) => scanner.push(bytes),
    get bytes() {
      return writer?.bytes ?? 0;
    },
    blank: (from, to) => writer?.blank(from, to),
  };
}
