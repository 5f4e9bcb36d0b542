import type { Spellings } from '../ingest/names';
import type { Extraction, Format } from './format';
import { jsonPath, jsonSampleOf, keysOf, LINE_FAULT, objectOf, readJsonLines } from './json';
import { firstFilledText, innerKeys, innerPaths, messageFieldsOf, selectWrapped } from './wrapped';

/** Sentinel's table ZPA_CL as JSON: rows that carry the LSS record as JSON text in Message, RawData or SyslogMessage. */
export const zpaCl: Format = {
  recognise: (sample) => {
    const json = jsonSampleOf(sample);
    const messages = messageFieldsOf(json?.objects ?? []);
    if (!json || messages.length === 0) return undefined;
    return {
      title: 'Sentinel ZPA_CL rows, JSON',
      because: `${json.how}, with LSS records as text in ${messages.join(' and ')}`,
      cut: json.cut,
      keys: (lines) => [
        ...keysOf(lines),
        ...innerKeys(recordsOf(lines).flatMap((record) => messages.map((name) => record[name]))),
      ],
      extractions: (spellings) => [readRows(spellings, messages)],
      messages: () => ({
        sql: `select ${firstFilledText('json_extract_string(json, $messagePaths)')} as message from ${readJsonLines()}`,
        values: { messagePaths: messages.map(jsonPath) },
      }),
    };
  },
};

function recordsOf(lines: readonly string[]): Record<string, unknown>[] {
  return lines.map(objectOf).filter((record) => record !== undefined);
}

function readRows(spellings: Spellings, messages: readonly string[]): Extraction {
  const names = spellings.names;
  const from = `select ${LINE_FAULT} as outer_fault, json_extract_string(json, $messagePaths) as messages,
      json_extract_string(json, $innerPaths) as own
    from ${readJsonLines()}`;
  return {
    sql: selectWrapped(from, spellings, (name) => `own[${names.indexOf(name) + 1}]`),
    values: { innerPaths: innerPaths(spellings), messagePaths: messages.map(jsonPath) },
  };
}
