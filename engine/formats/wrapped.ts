import { mendEmpties } from '../ingest/empty-mender';
import { fieldOf, isMessageField } from '../ingest/fields';
import type { Field } from '../ingest/fields';
import type { Spellings } from '../ingest/names';
import { selectList } from './format';
import { jsonPath, objectOf } from './json';

/** Known names inside the JSON texts that these records carry in their message fields. */
export function innerKeys(messages: readonly unknown[]): string[] {
  return messages.flatMap((message) =>
    typeof message === 'string' ? Object.keys(objectOf(mendEmpties(message)) ?? {}) : [],
  );
}

/** The names of the fields that hold a ZPA record as JSON text, judged by the values that they have. */
export function messageFieldsOf(
  records: readonly Record<string, unknown>[],
  isMessage: (name: string) => boolean = isMessageField,
): string[] {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))].filter(isMessage);
  return names.filter((name) => {
    const known = new Set(innerKeys(records.map((record) => record[name])).filter((key) => fieldOf(key) !== undefined));
    return known.size >= 2;
  });
}

/** Without one of these a value is no record, but only what is around one. */
export const TELLING: readonly Field[] = ['user', 'sourceIp', 'action', 'connectorSign', 'auditSign'];

/**
 * The SELECT over rows whose record lies in a text. `from` gives a column `outer_fault` (why the row itself is bad) and
 * `messages`, the texts in which the record may lie; the first that looks like JSON is it. Without one the row's own
 * fields count; a text that is none is no line of a log. Of a row around a record only the time of its collection is taken: its host name is not the device's.
 */
export function selectWrapped(
  from: string,
  spellings: Spellings,
  outer: (name: string, field: string) => string | undefined,
): string {
  const names = spellings.names;
  const cell = (name: string, field: string): string => {
    const inner = `cells[${names.indexOf(name) + 1}]`;
    const own = outer(name, field) ?? 'null';
    return field === 'timeGenerated'
      ? `coalesce(${inner}, ${own})`
      : `case when message is null then ${own} else ${inner} end`;
  };
  const own = TELLING.flatMap((field) => (spellings.get(field) ?? []).map((name) => outer(name, field) ?? 'null'));
  const isEmpty = `coalesce(${own.map((cell) => `nullif(${cell}, '')`).join(', ')}) is null`;
  const fault = `coalesce(
    outer_fault,
    case
      when message is not null and cells is null then 'not-json'
      ${own.length > 0 ? `when message is null and text is not null and ${isEmpty} then 'not-a-log-line'` : ''}
    end
  )`;
  return `select ${selectList(fault, spellings, cell)}
    from (
      select *, ${cellsOf('message', '$innerPaths')} as cells
      from (
        select
          *,
          list_filter(messages, lambda text: starts_with(ltrim(text), '{'))[1] as message,
          ${firstFilledText('messages')} as text
        from (${from})
      )
    )`;
}

/** SQL: the first of these texts that is not blank. */
export function firstFilledText(list: string): string {
  return `list_filter(${list}, lambda text: trim(text) <> '')[1]`;
}

/**
 * SQL: the texts at these paths of a record that lies in a text; null when it is no JSON, even with its empties mended. No
 * try(): one bad text in a thousand makes DuckDB look at all of them one by one.
 */
export function cellsOf(message: string, paths: string): string {
  return `coalesce(
    json_extract_string(try_cast(${message} as json), ${paths}),
    case when not json_valid(${message})
      then json_extract_string(try_cast(${mended(message)} as json), ${paths}) end
  )`;
}

/** What engine/ingest/empty-mender.ts does, in SQL: the text falls into whole strings, empties and the rest. */
function mended(text: string): string {
  return `array_to_string(list_transform(
    regexp_extract_all(${text}, '"(?:[^"\\\\]|\\\\.)*"|:\\s*[,}\\]]|[^":]+|[":]', 0, 's'),
    lambda token: case when token[1] = ':' and length(token) > 1 then ':null' || token[-1] else token end
  ), '')`;
}

/** The paths for `cellsOf`: where in the text each of these spellings of a field would be. */
export function innerPaths(spellings: Spellings): string[] {
  return spellings.names.map(jsonPath);
}
