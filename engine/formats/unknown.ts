import { spellingsOf } from '../ingest/fields';
import type { Recognised } from './format';
import { selectList } from './format';
import { readJsonLines } from './json';

/** A file without ZPA records that was opened together with others: all its lines are set aside. */
export const unknownFormat: Recognised = {
  title: 'not recognised',
  because: 'it has no field of a ZPA log',
  cut: { by: 'line' },
  keys: () => [],
  extractions: () => [
    {
      sql: `select ${selectList(`'other-log-type'`, spellingsOf([]), () => 'null')} from ${readJsonLines()}`,
      values: {},
    },
  ],
};
