import { GrowingList } from './growing';
import type { Growing } from './growing';
import { BatchWriter } from './batch-writer';
import { ElementScan } from './element-scan';
import type { ScannedElement } from './element-scan';
import { JsonOutline } from './json-outline';
import type { OutlineObject } from './json-outline';
import { LONGEST_LINE } from './line-scanner';
import { Resync } from './resync';
import { FaultList } from './faults';
import type { Faults } from './faults';

const NEW_LINE = Buffer.from('\n');
const COMMA = Buffer.from(',');
const OPEN = Buffer.from('{');
const CLOSE = Buffer.from('}');
/** What stands for an element that cannot be written: no JSON, so that it is rejected, for the reason that is told. */
const UNWRITTEN = {
  'line-too-long': Buffer.from('value too long'),
  'too-few-cells': Buffer.from('too few cells'),
  'too-many-cells': Buffer.from('too many cells'),
};

/** The key of the array whose elements are the records, in lower case. */
export type ElementsOf = 'rows' | 'hits' | 'results';

/** Where the elements are written, and where they can be made to count for nothing. */
export interface ElementsTarget {
  /** Must not keep what it is given. */
  write(bytes: Uint8Array): void;
  /** Bytes written so far, or lines: all of what `write` was given, when that was whole lines. */
  readonly bytes: number;
  /** Replaces each line between two such places by an empty object. */
  blank(from: number, to: number): void;
}

export interface ElementsFound {
  /** The line of the source, from 1, on which each element starts. */
  starts: Growing;
  /** The byte of the source at which each element starts. */
  offsets: Growing;
  /** Elements that were not written; `line` is their number among all, from 1. */
  faults: Faults;
  /** The source ends inside an element, or inside what is around them. */
  endsInElement: boolean;
  endsInside: boolean;
  /** It ends inside an element of several lines, from this one on; or the brackets after it do not add up. */
  unreadFrom: number | undefined;
  /** The source says of itself that it is not the whole result. */
  isPartial: boolean;
  /** Lines of the source. */
  lines: number;
}

/**
 * Takes the records out of a JSON document that wraps them: each element of every array that stands under the key `of`
 * is written on a line of its own. Where the elements are arrays and their columns are named before them, an object with
 * these names is written, cell by cell as it stands. Memory is that of one element. Sources of the shapes: the Log
 * Analytics query API (tables, columns, rows), Azure Data Explorer REST v1 and v2 (progressive results too, where a
 * fragment can replace the ones before it), Elasticsearch (hits.hits) and Splunk (results).
 */
export class JsonElements {
  readonly #of: ElementsOf;
  readonly #target: ElementsTarget;
  readonly #out: BatchWriter;
  readonly #outline: JsonOutline;
  readonly #starts = new GrowingList();
  readonly #offsets = new GrowingList();
  /** Bytes of the source before the piece at hand. */
  #before = 0;
  readonly #faults = new FaultList();
  /** By table id: the columns that a header named, and where the rows that count lie. */
  readonly #columns = new Map<string, readonly string[]>();
  readonly #ranges = new Map<string, { from: number; to: number }[]>();
  /** The array that is being read, when there is one, and what stands before each cell of its rows. */
  #scan: ElementScan | undefined;
  readonly #resync = new Resync();
  #prefixes: readonly Buffer[] | undefined;
  #isPartial = false;

  constructor(of: ElementsOf, target: ElementsTarget) {
    this.#of = of;
    this.#target = target;
    this.#out = new BatchWriter((bytes) => target.write(bytes));
    this.#outline = new JsonOutline((object) => this.#closed(object));
  }

  /** Elements that have been found so far. */
  get elements(): number {
    return this.#starts.length;
  }

  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length;) {
      if (this.#scan) {
        this.#scan.before = this.#before;
        at = this.#scan.push(piece, at);
        this.#readAgain(this.#scan);
        if (this.#scan?.isClosed) this.#leave(this.#scan);
      } else {
        at = this.#outline.push(piece, at);
        const array = this.#outline.opened;
        if (array?.key === this.#of && array.isArray) this.#enter(array.parent);
      }
    }
    this.#before += piece.length;
  }

  finish(): ElementsFound {
    let endsInElement = false;
    let unreadFrom: number | undefined;
    do {
      endsInElement = this.#scan?.isInside === true;
      unreadFrom = this.#scan?.unreadFrom;
      this.#scan?.finish();
    } while (this.#scan && this.#readAgain(this.#scan));
    const endsInside = this.#scan !== undefined || this.#outline.isInside;
    if (this.#scan) this.#leave(this.#scan);
    this.#out.flush();
    return {
      starts: this.#starts.finish(),
      offsets: this.#offsets.finish(),
      faults: this.#faults.finish(),
      endsInElement,
      endsInside,
      unreadFrom: unreadFrom ?? (this.#outline.isMismatched ? this.#starts.last : undefined),
      isPartial: this.#isPartial,
      lines: this.#outline.line,
    };
  }

  /** Reads what a broken element has swallowed; false when none has. */
  #readAgain(scan: ElementScan): boolean {
    const { again } = scan;
    if (!again) return false;
    scan.again = undefined;
    scan.line = again.line;
    const before = this.#before;
    this.#before = again.offset;
    this.push(again.bytes);
    this.#before = before;
    return true;
  }

  #enter(owner: OutlineObject | undefined): void {
    const columns = owner?.columns ?? this.#columns.get(owner?.scalars.get('tableid') ?? '');
    this.#prefixes = columns?.map((name) => Buffer.from(`${JSON.stringify(name)}:`));
    this.#out.flush();
    if (owner) owner.from = this.#target.bytes;
    this.#scan = new ElementScan(this.#outline.line, this.#resync, (element) => this.#element(element));
  }

  #leave(scan: ElementScan): void {
    this.#outline.line = scan.line;
    this.#outline.closeArray();
    this.#scan = undefined;
  }

  #element({ line, offset, bytes, length, cells }: ScannedElement): void {
    this.#starts.push(line);
    this.#offsets.push(offset);
    if (length > LONGEST_LINE) this.#reject('line-too-long');
    else if (cells && this.#prefixes) this.#row(bytes, cells, this.#prefixes);
    else {
      // Azure Data Explorer reports a failure in the place of a row
      if (this.#of === 'rows' && bytes[0] === OPEN[0]) this.#isPartial = true;
      this.#out.push(bytes);
    }
    this.#out.push(NEW_LINE);
  }

  #reject(reason: keyof typeof UNWRITTEN): void {
    this.#faults.add(this.#starts.length, reason);
    this.#out.push(UNWRITTEN[reason]);
  }

  #row(bytes: Uint8Array, cells: readonly number[], prefixes: readonly Buffer[]): void {
    if (cells.length < prefixes.length * 2) return this.#reject('too-few-cells');
    if (cells.length > prefixes.length * 2) return this.#reject('too-many-cells');
    for (const [index, prefix] of prefixes.entries()) {
      this.#out.push(index === 0 ? OPEN : COMMA);
      this.#out.push(prefix);
      this.#out.push(bytes.subarray(cells[index * 2], cells[index * 2 + 1]));
    }
    if (prefixes.length === 0) this.#out.push(OPEN);
    this.#out.push(CLOSE);
  }

  #closed({ key, scalars, columns, from }: OutlineObject): void {
    if (key === 'error' || key === 'oneapierrors' || key === 'exceptions') this.#isPartial = true;
    if (scalars.get('haserrors') === 'true' || scalars.get('timed_out') === 'true') this.#isPartial = true;
    const table = scalars.get('tableid');
    if (table === undefined) return;
    if (columns) this.#columns.set(table, columns);
    if (from === undefined) return;
    this.#out.flush();
    const ranges = this.#ranges.get(table) ?? [];
    if (scalars.get('tablefragmenttype') === 'DataReplace') {
      for (const range of ranges.splice(0)) this.#target.blank(range.from, range.to);
    }
    ranges.push({ from, to: this.#target.bytes });
    this.#ranges.set(table, ranges);
  }
}

/** The elements in a short text, each as the text of one line. Rows that a later fragment replaces are among them. */
export function elementsOf(text: string, of: ElementsOf): string[] {
  const out: Uint8Array[] = [];
  const elements = new JsonElements(of, {
    write: (bytes) => out.push(new Uint8Array(bytes)),
    bytes: 0,
    blank: () => undefined,
  });
  elements.push(Buffer.from(text));
  elements.finish();
  const lines = Buffer.concat(out).toString().split('\n');
  lines.pop();
  return lines;
}
