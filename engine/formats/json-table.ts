import type { Recognised, Table } from './format';
import { anyObjects, asObject, keysOf, readObjects } from './json';
import type { JsonSample } from './json';

/** What lies deeper, and more than so many, are no columns. */
const DEEPEST = 6;
const MOST_DEEP = 300;

/** The keys of JSON objects as columns; those of objects in them by their path, such as `event.user.name`. */
export function jsonTable(objects: readonly Record<string, unknown>[]): Table {
  // a key that only ever holds an object says nothing but what lies in it
  const top = new Set(objects.flatMap((object) => Object.keys(object).filter((key) => !asObject(object[key]))));
  const deep = new Map<string, readonly string[]>();
  for (const object of objects) collectDeep(object, [], top, deep);
  const columns = [...top, ...deep.keys()];
  const paths = columns.map((name) => deep.get(name) ?? [name]);
  const rows = objects.map((object) => paths.map((path) => textOf(valueOf(object, path))));
  return { columns, rows, header: null, isMappable: true, deep };
}

function collectDeep(
  object: Record<string, unknown>,
  path: readonly string[],
  top: ReadonlySet<string>,
  deep: Map<string, readonly string[]>,
): void {
  for (const [key, value] of Object.entries(object)) {
    const inner = asObject(value);
    if (!inner && path.length === 0) continue;
    const here = [...path, key];
    if (inner && here.length < DEEPEST) collectDeep(inner, here, top, deep);
    // a key that has dots in it goes before a path that is written the same
    const name = here.join('.');
    if (inner || top.has(name) || deep.has(name) || deep.size >= MOST_DEEP) continue;
    deep.set(name, here);
  }
}

/** What lies at the end of a path of keys; undefined where there is nothing. */
export function valueOf(object: Record<string, unknown>, path: readonly string[]): unknown {
  let value: unknown = object;
  for (const key of path) {
    const inner = asObject(value);
    value = inner && Object.hasOwn(inner, key) ? inner[key] : undefined;
  }
  return value;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** JSON objects of which each is a record. `isMapped`: somebody chose what the keys stand for. */
export function jsonObjects(json: JsonSample, title: string, because: string, isMapped = false): Recognised {
  const table = jsonTable(json.objects);
  return {
    title,
    because,
    cut: json.cut,
    table,
    keys: keysOf,
    // names that come from a file are bound, never part of the SQL
    extractions: (spellings) => {
      const { names } = spellings;
      const hasDeep = names.some((name) => table.deep?.has(name));
      return isMapped || hasDeep ? anyObjects(spellings, names, table.deep) : readObjects(spellings);
    },
  };
}
