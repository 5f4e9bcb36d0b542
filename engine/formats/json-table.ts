import type { Recognised, Table } from './format';
import { anyObjects, keysOf, objectOf, readObjects } from './json';
import type { JsonSample } from './json';

/** The keys of JSON objects as columns. */
export function jsonTable(values: readonly string[]): Table {
  const columns = [...keysOf(values)];
  const rows = values.flatMap((line) => {
    const value = objectOf(line);
    return value ? [columns.map((name) => textOf(value[name]))] : [];
  });
  return { columns, rows, header: null, isMappable: true };
}

/** What lies deeper cannot be mapped. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** JSON objects of which each is a record. `isMapped`: somebody chose what the keys stand for. */
export function jsonObjects(json: JsonSample, title: string, because: string, isMapped = false): Recognised {
  return {
    title,
    because,
    cut: json.cut,
    table: jsonTable(json.values),
    keys: keysOf,
    // names that come from a file are bound, never part of the SQL
    extractions: (spellings) =>
      isMapped ? [anyObjects(spellings, [...spellings.values()].flat())] : readObjects(spellings),
  };
}
