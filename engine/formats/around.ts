import { parseRows } from '../ingest/csv-row';
import { elementsOf } from '../ingest/json-elements';
import type { ElementsOf } from '../ingest/json-elements';
import { columnNames, csvTable, DELIMITERS, placeName, sampleRows } from './csv';
import type { Cut, Recognised, Sample, Table } from './format';
import { jsonSampleOf, objectOf } from './json';
import { isTelling, nestedIn } from './nested';
import type { Nested } from './nested';
import { isHeaded, recordOn } from './syslog-json';
import { readableLines } from './text-lines';

const LOOKED_AT = 200;
const SHORT = 256 * 1024;
const MANY = 1_000_000;

/** A way to take a text apart into values that may have records in their texts. */
interface Outer {
  name: string;
  cut: Cut;
  table?: Table;
  valuesOf(lines: readonly string[]): (Record<string, unknown> | undefined)[];
  /** The first values, each as the line that it is once the text is cut. */
  lines: readonly string[];
}

/**
 * How a text is read whose records lie in texts that `own`, the format that knows what is around them, does not look into:
 * a row of ZPA_CL in an event of Splunk, a line of the CSV template in a syslog message. `inner` knows what is inside.
 * Undefined: it has no such records.
 */
export function nestedRecords(
  sample: Sample,
  own: Recognised | undefined,
  inner: (sample: Sample) => Recognised | undefined,
): Recognised | undefined {
  for (const outer of outersOf(sample, own)) {
    const found = within(outer, own, inner, []);
    if (found) return found;
  }
  return undefined;
}

/** `own` as it is, and how to read it when records that lie deeper turn up beyond the sample. */
export function withDeeper(
  sample: Sample,
  own: Recognised,
  inner: (sample: Sample) => Recognised | undefined,
): Recognised {
  return {
    ...own,
    deeper: (lines) => {
      for (const outer of outersOf(sample, own)) {
        const found = within(outer, own, inner, lines);
        if (found) return found;
      }
      return undefined;
    },
  };
}

function within(
  outer: Outer,
  own: Recognised | undefined,
  inner: (sample: Sample) => Recognised | undefined,
  more: readonly string[],
): Recognised | undefined {
  const lines = [...outer.lines, ...more];
  const values = outer.valuesOf(lines);
  const nested = values
    .map((value) => value && nestedIn(value))
    .map((each) => (typeof each === 'object' ? each : undefined));
  const unseen = nested.find((each, index) => each && !(own && isTelling(own.keys([lines[index] ?? '']))));
  if (!unseen) return undefined;
  // what has no text with a record in it may be a record itself
  const records = nested.map((each, index) => each?.text ?? bareText(outer, lines[index] ?? '', values[index]));
  const found = inner({ text: `${records.join('\n')}\n`, lines: records });
  if (found?.cut.by !== 'line') return undefined;
  const isJson = found.cut.text !== true;
  // the columns around the records tell how dates are written, but nobody can say what they stand for
  const { table: _, ...rest } = found;
  return {
    ...rest,
    title: `${found.title}, as text in ${own?.title ?? outer.name}`,
    because: `${wordsFor(unseen)}: ${found.because}`,
    cut: { ...outer.cut, inside: { isJson, ...(outer.table ? { columns: outer.table.columns } : {}) } },
    ...(outer.table ? { table: outer.table } : {}),
  };
}

function bareText({ cut }: Outer, line: string, value: Record<string, unknown> | undefined): string {
  return cut.by === 'csv' ? JSON.stringify(value ?? {}) : line.slice(Math.max(0, line.indexOf('{')));
}

function wordsFor({ path }: Nested): string {
  return `records as text in ${path.toReversed().join(' in ')}`;
}

function* outersOf(sample: Sample, own: Recognised | undefined): Generator<Outer> {
  const cut = own?.cut;
  if (cut?.by === 'elements') yield elements(sample, cut.of);
  else if (cut?.by === 'csv') yield* csvOuters(sample, own);
  else if (cut?.by === 'line' && cut.text) yield* headedLines(sample);
  else {
    if (!cut) for (const of of elementsIn(sample)) yield elements(sample, of);
    const json = jsonSampleOf(sample);
    if (json)
      yield { name: `JSON, ${json.how}`, cut: json.cut, valuesOf: (lines) => lines.map(objectOf), lines: json.values };
    if (cut) return;
    yield* headedLines(sample);
    yield* csvOuters(sample, undefined);
  }
}

/** Which arrays of a JSON document may have records for elements. */
function elementsIn({ text }: Sample): ElementsOf[] {
  if (/"tables"\s*:\s*\[|"FrameType"\s*:/iu.test(text)) return ['rows'];
  if (/"hits"\s*:\s*\{[^[]{0,500}"hits"\s*:\s*\[/u.test(text)) return ['hits'];
  return /^\s*\{[^{]*"(?:preview|fields|init_offset)"/u.test(text) ? ['results', 'rows'] : [];
}

function elements(sample: Sample, of: ElementsOf): Outer {
  const lines = elementsOf(sample.text.slice(0, SHORT), of).slice(0, LOOKED_AT);
  return { name: 'a JSON document', cut: { by: 'elements', of }, valuesOf: (each) => each.map(objectOf), lines };
}

function* headedLines(sample: Sample): Generator<Outer> {
  const lines = readableLines(sample, (line) => (isHeaded(line) ? line : undefined));
  if (lines.length === 0) return;
  yield { name: 'syslog lines', cut: { by: 'line', text: true }, valuesOf: (each) => each.map(recordOn), lines };
}

function* csvOuters(sample: Sample, own: Recognised | undefined): Generator<Outer> {
  const known = own?.cut.by === 'csv' ? own.cut : undefined;
  for (const delimiter of known ? [known.delimiter] : DELIMITERS) {
    const rows = sampleRows(sample, delimiter).slice(0, LOOKED_AT);
    const [first] = rows;
    // a line of text is one cell too
    if (!first || (first.length < 2 && !known)) continue;
    const names = columnNames(first);
    const places = first.map((_, index) => placeName(index));
    const isHeadless = known ? known.headless === true : typeof nestedIn(asValue(places, first)) === 'object';
    const header = known && own?.table ? own.table.columns : isHeadless ? places : names;
    const headless = isHeadless ? ({ headless: true } as const) : {};
    const lines = rows.slice(isHeadless ? 0 : 1).map((row) => row.map(quoted).join(delimiter));
    yield {
      name: isHeadless ? 'CSV without a header' : 'CSV',
      cut: { by: 'csv', delimiter, cells: header.length, ...headless },
      table: csvTable({ delimiter, header: [...header], rows, ...headless }, false),
      valuesOf: (each) => each.map((line) => rowOf(line, delimiter, header)),
      lines,
    };
  }
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function rowOf(line: string, delimiter: string, header: readonly string[]): Record<string, unknown> | undefined {
  const [row] = parseRows(line, delimiter, MANY);
  return row?.length === header.length ? asValue(header, row) : undefined;
}

/** A row as a value; without a prototype, for its names come from a file. */
export function asValue(header: readonly string[], row: readonly string[]): Record<string, unknown> {
  const value: Record<string, unknown> = Object.create(null);
  for (const [index, name] of header.entries()) if (!(name in value)) value[name] = row[index] ?? '';
  return value;
}
