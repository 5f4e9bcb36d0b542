import { fieldOf, isMessageField } from '../ingest/fields';
import { mendEmpties } from '../ingest/empty-mender';
import { isObject, objectOf } from './json';
import { isLeefLine } from './leef';
import { isTemplateLine } from './lss-template';
import { withoutStructuredData } from './syslog-json';
import { fieldsOf, jsonIn, namesOf } from './unwrap';
import { TELLING } from './wrapped';

/** A record that lies as text in a field of a value, or in texts in that text. */
export interface Nested {
  /** The record on one line: JSON, or a line of another format. */
  text: string;
  isJson: boolean;
  /** The names of the fields that lead to it, the outermost first. */
  path: readonly string[];
}

/** What a value turned out to hold instead of a record. */
type NotNested = 'not-json' | 'not-a-log-line';

/** What collectors, stores and searches call the text of a record; of several that hold one the first counts. */
const NAMES = [
  'event.original',
  '@rawstring',
  '_raw',
  'message',
  'rawdata',
  'syslogmessage',
  'log',
  'msg',
  'data',
  'result',
  'event',
  'record',
  'body',
  'payload',
];
/** Texts in texts in texts in a text. */
const MOST_TEXTS = 4;
/** Objects in objects. */
const MOST_OBJECTS = 6;
/** No text of a record is shorter. */
const SHORTEST = 20;

/** Whether names of these fields are those of a record, and not only those of what a store puts around it. */
export function isTelling(names: Iterable<string>): boolean {
  const fields = fieldsOf(names);
  return fields.size >= 2 && TELLING.some((field) => fields.has(field));
}

/**
 * The record in the texts of a value. Undefined: it has none, and no text that should be one; a word says what such a text
 * is instead. Of what is around the record only the time of collection is kept.
 */
export function nestedIn(value: Record<string, unknown>, depth = 1): Nested | NotNested | undefined {
  let fault: NotNested | undefined;
  for (const { name, text, isNamed } of candidatesIn(value)) {
    const found = recordIn(text, depth);
    if (typeof found === 'object') return { ...found, path: [name, ...found.path], text: collectedAt(value, found) };
    if (isNamed) fault ??= found;
  }
  return fault;
}

interface Candidate {
  name: string;
  text: string;
  isNamed: boolean;
}

/** Texts under the names above; without those all texts, unless the value is a record itself. */
function candidatesIn(value: Record<string, unknown>): Candidate[] {
  const all: (Candidate & { rank: number })[] = [];
  collect(value, '', 0, all);
  const named = all.filter(({ isNamed }) => isNamed).toSorted((a, b) => a.rank - b.rank);
  const others = all.filter(({ isNamed, text }) => !isNamed && text.length >= SHORTEST && /[{|]|zpa-lss/u.test(text));
  return others.length === 0 || isTelling(namesOf(value)) ? named : [...named, ...others];
}

function collect(
  value: Record<string, unknown>,
  path: string,
  depth: number,
  into: (Candidate & { rank: number })[],
): void {
  for (const [key, own] of Object.entries(value)) {
    const name = path === '' ? key : `${path}.${key}`;
    const inner: unknown = Array.isArray(own) ? own[0] : own;
    if (isObject(inner) && depth < MOST_OBJECTS) collect(inner, name, depth + 1, into);
    if (typeof inner !== 'string' || inner === '') continue;
    const folded = name.toLowerCase();
    const rank = folded.includes('.') ? NAMES.findIndex((each) => isAtEnd(folded, each)) : NAMES.indexOf(folded);
    const isNamed = rank !== -1 || isMessageField(key);
    into.push({ name, text: inner, isNamed, rank: rank === -1 ? NAMES.length : rank });
  }
}

function isAtEnd(path: string, name: string): boolean {
  return path === name || path.endsWith(`.${name}`);
}

function recordIn(text: string, depth: number): Nested | NotNested | undefined {
  if (isTemplateLine(text) || isLeefLine(text)) return { text: inOneLine(text), isJson: false, path: [] };
  const json = jsonIn(withoutStructuredData(text));
  if (json === undefined && text.trim() === '') return undefined;
  if (json === undefined) return text.includes('{"') ? 'not-json' : 'not-a-log-line';
  const mended = mendEmpties(json);
  const object = objectOf(mended);
  if (!object) return 'not-json';
  const deeper = depth < MOST_TEXTS ? nestedIn(object, depth + 1) : undefined;
  if (typeof deeper === 'object') return deeper;
  return isTelling(namesOf(object)) ? { text: inOneLine(mended), isJson: true, path: [] } : deeper;
}

/** Line ends are white space in JSON, and in a line of text they can only stand at its end. */
function inOneLine(text: string): string {
  return text.trim().replaceAll(/[\r\n]/gu, ' ');
}

/** The record with the time at which the value around it was collected, unless it has such a time itself. */
function collectedAt(value: Record<string, unknown>, { text, isJson }: Nested): string {
  const own = isJson ? collectionIn(value) : undefined;
  if (!own || collectionIn(objectOf(text) ?? {})) return text;
  const [name, time] = own;
  const isZoned = !/\[utc\]$/iu.test(name.trim()) || /(?:Z|[+-]\d{2}:?\d{2})\s*$/u.test(time);
  return `{"TimeGenerated":${JSON.stringify(isZoned ? time : `${time}Z`)},${text.slice(text.indexOf('{') + 1)}`;
}

function collectionIn(value: Record<string, unknown>): [name: string, time: string] | undefined {
  for (const [name, time] of Object.entries(value)) {
    if (typeof time === 'string' && time !== '' && fieldOf(name) === 'timeGenerated') return [name, time];
  }
  return undefined;
}
