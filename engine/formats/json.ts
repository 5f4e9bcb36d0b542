import type { Spellings } from '../ingest/fields';
import type { Extraction } from './format';
import { selectList } from './format';

/** A line longer than this is not loaded; DuckDB's own limit is higher. */
const LIMITS = `format = 'newline_delimited', maximum_object_size = 16777216, hive_partitioning = false`;

/** The JSON object on a line; undefined when the line holds none. */
export function objectOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    // an object by the check; its own keys are read, never its prototype
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** All keys of the objects on these lines. */
export function keysOf(lines: readonly string[]): Set<string> {
  return new Set(lines.flatMap((line) => Object.keys(objectOf(line) ?? {})));
}

/** Reads one plain object a line. */
export function readObjects(spellings: Spellings): Extraction[] {
  const names = [...spellings.values()].flat();
  const folded = new Set(names.map((name) => name.toLowerCase()));
  // DuckDB's typed reader folds names, so two that differ in letter case only are beyond it
  const typed = names.length > 0 && folded.size === names.length;
  return typed ? [typedObjects(spellings, names), anyObjects(spellings, names)] : [anyObjects(spellings, names)];
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
      from read_json($path, ${LIMITS}, records = true, ignore_errors = false, columns = {${columns}})`,
    values: {},
    unsure: 'not-an-object',
  };
}

/** Parses each line by itself, so that a bad line costs only itself. */
function anyObjects(spellings: Spellings, names: readonly string[]): Extraction {
  const index = new Map(names.map((name, at) => [name, at + 1]));
  return {
    sql: `select ${selectList(
      `case when json is null then 'not-json' when json_type(json) <> 'OBJECT' then 'not-an-object' end`,
      spellings,
      (name) => `cells[${index.get(name) ?? 0}]`,
    )}
      from (
        select json, json_extract_string(json, $paths) as cells
        from read_json_objects($path, ${LIMITS}, ignore_errors = true)
      )`,
    values: { paths: names.map(jsonPath) },
  };
}

/** A name as an SQL identifier. Names are those of the alias table up to the case of ASCII letters. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function jsonPath(name: string): string {
  return `$."${name.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`;
}
