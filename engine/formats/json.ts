import type { Spellings } from '../ingest/names';
import { splitJson } from '../ingest/json-splitter';
import type { Cut, Extraction, Sample } from './format';
import { selectList } from './format';
import { firstFilled } from './text-lines';

/**
 * How DuckDB reads JSON lines of up to so many bytes. It reads twice as many at a time in each thread, and at the end a thread
 * that has nothing left to do spins until the others are through with theirs.
 */
const readOf = (longest: number): string =>
  `format = 'newline_delimited', maximum_object_size = ${longest}, hive_partitioning = false`;
/** Lines longer than this have been replaced before it reads (LONGEST_LINE of engine/ingest/line-scanner.ts). */
const READ = readOf(16 * 1024 * 1024);
/** Where another way is tried when a line is longer. */
const READ_SHORT = readOf(4 * 1024 * 1024);
/** Splitting a whole MiB to recognise a file is more than is needed. */
const SPLIT_CHARACTERS = 256 * 1024;
const LOOKED_AT = 200;

/** The beginning of a text of JSON values: how it is cut, and its first values, each as one line. */
export interface JsonSample {
  cut: Cut;
  values: string[];
  /** What each of the values is, where it is an object. */
  parsed: (Record<string, unknown> | undefined)[];
  /** Those that are objects. */
  objects: Record<string, unknown>[];
  how: string;
}

/** A dozen formats ask about the same text. */
const known = new WeakMap<Sample, JsonSample | undefined>();

/** Undefined for a text that does not look like JSON at all. */
export function jsonSampleOf(sample: Sample): JsonSample | undefined {
  if (!known.has(sample)) known.set(sample, readSample(sample));
  return known.get(sample);
}

function readSample({ text, lines }: Sample): JsonSample | undefined {
  const first = text.trimStart()[0];
  if (first !== '[') {
    const filled = firstFilled(lines, LOOKED_AT);
    const parsed = parsedOf(filled);
    // a damaged line here and there does not make a log of lines anything else
    if (parsed.objects.length > 0 && parsed.objects.length * 3 >= filled.length)
      return { cut: { by: 'line' }, ...parsed, how: 'one JSON object a line' };
  }
  if (first !== '[' && first !== '{') return undefined;
  return {
    cut: { by: 'json' },
    ...parsedOf(splitJson(text.slice(0, SPLIT_CHARACTERS)).slice(0, LOOKED_AT)),
    how: first === '[' ? 'a JSON array' : 'JSON objects one after another',
  };
}

function parsedOf(values: string[]): Pick<JsonSample, 'values' | 'parsed' | 'objects'> {
  const parsed = values.map(objectOf);
  return { values, parsed, objects: parsed.filter((object) => object !== undefined) };
}

/** The JSON object on a line; undefined when the line holds none. */
export function objectOf(line: string): Record<string, unknown> | undefined {
  if (!/^\s*\{/.test(line)) return undefined; // an exception for every line of a CSV would take its time
  try {
    return asObject(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Whether a JSON value is an object: not null, and no list. Its own keys are to be read, never its prototype. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for what is no JSON object. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
  return isObject(value) ? value : undefined;
}

/** All keys of the objects on these lines. */
export function keysOf(lines: readonly string[]): Set<string> {
  const keys = new Set<string>();
  for (const line of lines) for (const key of Object.keys(objectOf(line) ?? {})) keys.add(key);
  return keys;
}

/** Reads one plain object a line. */
export function readObjects(spellings: Spellings): Extraction[] {
  const { names } = spellings;
  const folded = new Set(names.map((name) => name.toLowerCase()));
  // DuckDB's typed reader folds names, so two that differ in letter case only are beyond it
  const isTyped = names.length > 0 && folded.size === names.length;
  return isTyped ? [typedObjects(spellings, names), ...anyObjects(spellings, names)] : anyObjects(spellings, names);
}

/**
 * DuckDB parses each line once, straight into columns: the fast way for clean files. It stops at the first bad line,
 * for with ignore_errors it would lose the good line after a cut one. A line without any of the names may be no object.
 */
function typedObjects(spellings: Spellings, names: readonly string[]): Extraction {
  const columns = names.map((name) => `${identifier(name)}: 'VARCHAR'`).join(', ');
  const nothing = names.map((name) => `${identifier(name)} is null`).join(' and ');
  return {
    sql: `select ${selectList(`case when ${nothing} then 'not-an-object' end`, spellings, identifier)}
      from read_json($path, ${READ_SHORT}, records = true, ignore_errors = false, columns = {${columns}})`,
    values: {},
    unsure: 'not-an-object',
  };
}

/**
 * Parses each line by itself, so that a bad line costs only itself; where one is very long, in another go. `deep`: where names
 * stand that are no keys.
 */
export function anyObjects(
  spellings: Spellings,
  names: readonly string[],
  deep?: ReadonlyMap<string, readonly string[]>,
): Extraction[] {
  const way = (read: string): Extraction => ({
    sql: `select ${selectList(LINE_FAULT, spellings, (name) => `cells[${names.indexOf(name) + 1}]`)}
      from (select json, json_extract_string(json, $paths) as cells from ${readJsonLines(read)})`,
    values: { paths: names.map((name) => deepPath(deep?.get(name) ?? [name])) },
  });
  return [way(READ_SHORT), { ...way(READ), isSecondTry: true }];
}

// json_type parses the whole line once more, and what is JSON and begins with a brace is an object
export const LINE_FAULT = `case when json is null then 'not-json' when starts_with(json::varchar, '{') then null
  when json_type(json) <> 'OBJECT' then 'not-an-object' end`;

/** One row a line that is not blank; the column json is null where the line is not JSON. */
export function readJsonLines(read = READ): string {
  return `read_json_objects($path, ${read}, ignore_errors = true)`;
}

/** A name as an SQL identifier. Names are those of the alias table up to the case of ASCII letters. */
function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The JSON path of DuckDB for a name at the top level. Escaped, as names come from the log. */
export function jsonPath(name: string): string {
  return deepPath([name]);
}

function deepPath(keys: readonly string[]): string {
  return `$${keys.map((key) => `."${key.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`).join('')}`;
}
