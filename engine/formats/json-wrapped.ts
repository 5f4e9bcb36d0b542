import type { Format } from './format';
import { isObject, jsonSampleOf } from './json';
import { fieldsOf, namesIn, textsIn } from './unwrap';
import { valueRecords } from './values';

/** What collectors put a whole record under: Splunk's HTTP Event Collector, Azure diagnostics, Docker and others. */
const OBJECTS = ['/event', '/data', '/properties'];

/** JSON of any collector that carries the LSS record in an object or in a text, whatever that is called. */
export const jsonWrapped: Format = {
  recognise: (sample) => {
    const values = jsonSampleOf(sample)?.values ?? [];
    const objects = OBJECTS.filter((pointer) => fieldsOf(namesIn({ objects: [pointer], texts: [] }, values)).size >= 2);
    const texts = textsIn(values);
    if (objects.length === 0 && texts.length === 0) return undefined;
    const names = new Set([...objects, ...texts].map((pointer) => pointer.slice(1)));
    return valueRecords(
      sample,
      { objects, texts },
      (value) => [...names].some((name) => typeof value[name] === 'string' || isObject(value[name])),
      'JSON around LSS records',
      [...names].join(' and '),
    );
  },
};
