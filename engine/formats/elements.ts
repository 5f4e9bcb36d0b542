import { isMessageField } from '../ingest/fields';
import { elementsOf } from '../ingest/json-elements';
import type { ElementsOf } from '../ingest/json-elements';
import type { Recognised, Sample } from './format';
import { objectOf } from './json';
import { fieldsOf, namesIn, readPlaces, textsIn, wordsOf } from './unwrap';
import type { Places } from './unwrap';

const LOOKED_AT = 200;

/** Records in an array inside a JSON document: recognised when its first elements hold at least two known fields. */
export function elementRecords(
  { text }: Sample,
  of: ElementsOf,
  placesOf: (elements: readonly string[]) => Places,
  title: string,
  how: string,
): Recognised | undefined {
  const elements = elementsOf(text, of).slice(0, LOOKED_AT);
  const places = placesOf(elements);
  const fields = fieldsOf(namesIn(places, elements));
  if (fields.size < 2) return undefined;
  return {
    title,
    because: `${how}, with ${wordsOf(fields)}`,
    cut: { by: 'elements', of },
    keys: (lines) => namesIn(places, lines),
    extractions: (spellings) => readPlaces(places, spellings),
  };
}

/** Rows of a query over Sentinel or Azure Data Explorer: their columns are the fields, or one holds the record as text. */
export function rowPlaces(rows: readonly string[]): Places {
  const columns = new Set(rows.flatMap((row) => Object.keys(objectOf(row) ?? {})));
  const messages = [...columns].filter(isMessageField).map((name) => `/${name}`);
  return { objects: [''], texts: [...new Set([...messages, ...textsIn(rows)])], isRecordText: true };
}
