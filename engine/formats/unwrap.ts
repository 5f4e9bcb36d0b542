import { FIELD_WORDS, MAPPED_FIELDS } from '../../shared/choices';
import { spellingsOf } from '../ingest/fields';
import type { Field } from '../ingest/fields';
import { foldedName, Spellings } from '../ingest/names';
import { mendEmpties } from '../ingest/empty-mender';
import type { Extraction } from './format';
import { selectList } from './format';
import { isObject, jsonPath, LINE_FAULT, objectOf, readJsonLines } from './json';
import { cellsOf, TELLING } from './wrapped';

/** Where in a JSON value its record lies. All are JSON pointers; the empty one is the value itself. */
export interface Places {
  /** Objects with the record's fields, which may lie in further objects; the first that fills a field counts. */
  objects: readonly string[];
  /** Texts that may hold the record as LSS wrote it; the first that does is preferred to all fields. */
  texts: readonly string[];
  /** Such a text is nothing but the record, so that one which is none is no line of a log. */
  isRecordText?: true;
  /** Where `true` or an array says that the value is a row of the query and no record: it is set aside. */
  notWhen?: readonly string[];
  /** The same, but only of a value that has nothing at `beside`: the last row of a search can say so and be a record too. */
  notAlone?: { when: readonly string[]; beside: string };
}

const DEEPEST = 6;
/** So many values show which texts hold records. */
const FOR_TEXTS = 20;
/** A syslog header before a record is not longer than this; RE2 counts no further than 1000. */
const HEADER = 512;
const HEADED = new RegExp(`^[^{]{0,${HEADER}}(\\{[^]*\\})\\s*$`, 'u');
/** Leads nowhere. */
const NOWHERE = '/-';

/** The names of the fields of these values: JSON pointers to those beside the text, plain names inside it. */
export function namesIn(places: Places, lines: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const line of lines) {
    const value = objectOf(line);
    if (!value) continue;
    for (const pointer of places.objects) addPointers(valueAt(value, pointer), pointer, names, 0);
    for (const name of Object.keys(messageOf(places, value) ?? {})) names.add(name);
  }
  return names;
}

/** The names of the known fields of a value, which may lie in further objects: JSON pointers. */
export function namesOf(value: Record<string, unknown>): Set<string> {
  const names = new Set<string>();
  addPointers(value, '', names, 0);
  return names;
}

/** How many different things Doppel finds under these names. */
export function fieldsOf(names: Iterable<string>): Set<Field> {
  return new Set(spellingsOf(names).keys());
}

/** The first few of these fields as people call them, for why a format was recognised; a time of collection says nothing. */
export function wordsOf(fields: Iterable<Field>): string {
  const known = MAPPED_FIELDS.filter((each) => new Set<Field>(fields).has(each));
  return known
    .slice(0, 3)
    .map((each) => FIELD_WORDS[each].words)
    .join(', ');
}

/** The record in the first text of a value that holds one. */
function messageOf({ texts }: Places, value: Record<string, unknown>): Record<string, unknown> | undefined {
  for (const pointer of texts) {
    const text = valueAt(value, pointer);
    const json = typeof text === 'string' ? jsonIn(text) : undefined;
    const record = json === undefined ? undefined : objectOf(mendEmpties(json));
    if (record) return record;
    if (isObject(text)) return text; // a column of Azure Data Explorer can be dynamic
  }
  return undefined;
}

/** Where these values have a text that holds a record, whatever its name is. */
export function textsIn(values: readonly string[]): string[] {
  const looked = values
    .slice(0, FOR_TEXTS)
    .map(objectOf)
    .filter((value) => value !== undefined);
  const names = new Set(looked.flatMap((value) => Object.keys(value)));
  return [...names]
    .map((name) => `/${step(name)}`)
    .filter((pointer) => {
      const found = looked.flatMap((value) => Object.keys(messageOf({ objects: [], texts: [pointer] }, value) ?? {}));
      return fieldsOf(found).size >= 2;
    });
}

/** A key as a step of a JSON pointer. */
function step(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The JSON object that a text is, or ends with behind a header. */
export function jsonIn(text: string): string | undefined {
  return text.trimStart().startsWith('{') ? text : HEADED.exec(text)?.[1];
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, key) => {
      if (typeof inner !== 'object' || inner === null) return undefined;
      const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
      const own: unknown = Object.hasOwn(inner, name) ? Reflect.get(inner, name) : undefined;
      return own;
    }, value);
}

function addPointers(value: unknown, pointer: string, names: Set<string>, depth: number): void {
  if (!isObject(value) || depth > DEEPEST) return;
  for (const [key, inner] of Object.entries(value)) {
    const own = `${pointer}/${step(key)}`;
    if (isObject(inner)) addPointers(inner, own, names, depth + 1);
    // an object that is itself looked for, such as the values of an audit record, lies in others
    if (!isObject(inner) || foldedName(own).includes('.')) names.add(Array.isArray(inner) ? `${own}/0` : own);
  }
}

/** Reads one value a line. Of what is around a text only the time of collection is taken. */
export function readPlaces(places: Places, found: Spellings): Extraction[] {
  const all = [...found].map(([field, names]) => [field, elementsFirst(names)] as const);
  const spellings = new Spellings(found.columns, all);
  const userStatus = (spellings.get('action') ?? []).filter((name) => /user_status/iu.test(name));
  if (userStatus.length > 0 && !spellings.has('user')) spellings.set('user', [NOWHERE]);
  const { names } = spellings;
  const own = names.filter((name) => name.startsWith('/'));
  const inner = names.filter((name) => !name.startsWith('/'));
  const cell = (name: string, field: string): string => {
    const at = own.indexOf(name);
    if (at === -1) return `cells[${inner.indexOf(name) + 1}]`;
    if (field === 'timeGenerated') return `own[${at + 1}]`;
    const text = field === 'user' ? userIn(`own[${at + 1}]`) : `own[${at + 1}]`;
    return `case when message is null then ${text} end`;
  };
  // a User Status document without a user has one that is not filled in, while others have none by nature
  const userIn = (user: string): string =>
    userStatus.reduce(
      (text, name) => `coalesce(${text}, case when own[${own.indexOf(name) + 1}] <> '' then '' end)`,
      user,
    );
  const known = TELLING.flatMap((field) => spellings.get(field) ?? []);
  const telling = known.filter((name) => name.startsWith('/'));
  const isEmpty = `len(list_filter([${telling.map((name) => `own[${own.indexOf(name) + 1}]`).join(', ')}], lambda text: text <> '')) = 0`;
  const fault = `coalesce(
    outer_fault,
    case
      when is_none then 'query-row'
      when message is not null and cells is null then 'not-json'
      ${places.isRecordText && known.length > 0 ? `when message is null and any_text and ${isEmpty} then 'not-a-log-line'` : ''}
    end
  )`;
  return [
    {
      sql: `select ${selectList(fault, spellings, cell)}
        from (
          select *, ${cellsOf('message', '$inner')} as cells
          from (
            select *, len(list_filter(texts, lambda text: trim(text) <> '')) > 0 as any_text, list_filter(
              list_transform(texts, lambda text: case
                when starts_with(ltrim(text), '{') then text
                else nullif(regexp_extract(text, '^[^{]{0,${HEADER}}(\\{.*\\})\\s*$', 1, 's'), '')
              end),
              lambda text: text is not null
            )[1] as message
            from (
              select
                ${LINE_FAULT} as outer_fault,
                -- an empty object stands for a row that a later one replaced
                starts_with(json::varchar, '{}') or ${saysSo('$notWhen')}
                  or (${saysSo('$notAlone')} and json_extract(json, $beside) is null) as is_none,
                json_extract_string(json, $texts) as texts,
                json_extract_string(json, $own) as own
              from ${readJsonLines()}
            )
          )
        )`,
      values: {
        inner: filled(inner.map(jsonPath)),
        own: filled(own),
        texts: filled(places.texts),
        notWhen: filled(places.notWhen ?? []),
        notAlone: filled(places.notAlone?.when ?? []),
        beside: places.notAlone?.beside ?? NOWHERE,
      },
    },
  ];
}

/** Where a field is an array in some values and plain in others, its element is asked for first: a plain one has none. */
function elementsFirst(names: readonly string[]): string[] {
  const own = new Set(names);
  return names
    .filter((name) => !name.endsWith('/0') || !own.has(name.slice(0, -2)))
    .flatMap((name) => (own.has(`${name}/0`) ? [`${name}/0`, name] : [name]));
}

/** SQL: whether the value has `true` or an array at one of these paths. */
function saysSo(paths: string): string {
  return `len(list_filter(json_extract_string(json, ${paths}), lambda text: text = 'true' or starts_with(text, '['))) > 0`;
}

function filled(pointers: readonly string[]): string[] {
  return pointers.length > 0 ? [...pointers] : [NOWHERE];
}
