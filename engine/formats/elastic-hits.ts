import { elementRecords } from './elements';
import type { Format } from './format';
import { isObject } from './json';
import type { Places } from './unwrap';
import { valueRecords } from './values';

/** A hit has its document in _source or, for a query that asks so, dotted names with arrays of values in fields. */
const HIT: Places = {
  objects: ['/_source', '/fields'],
  texts: [
    '/_source/event/original',
    '/_source/event.original',
    '/fields/event.original/0',
    '/_source/message',
    '/fields/message/0',
  ],
};
const TITLE = 'Elasticsearch hits';

/** The answer of a search, or one hit a line as elasticdump writes them. event.original, where kept, is the LSS record. */
export const elasticHits: Format = {
  recognise: (sample) =>
    (/"hits"\s*:\s*\{[^[]{0,500}"hits"\s*:\s*\[/u.test(sample.text)
      ? elementRecords(sample, 'hits', () => HIT, TITLE, 'hits inside the answer of a search')
      : undefined) ??
    valueRecords(
      sample,
      HIT,
      ({ _source, _index, fields }) => isObject(_source) || (_index !== undefined && isObject(fields)),
      TITLE,
      '_source',
    ),
};
