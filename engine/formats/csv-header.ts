import { fieldOf } from '../ingest/fields';
import { columnOf, csvSampleOf, knownColumns, readCsv } from './csv';
import type { Format } from './format';
import { selectList } from './format';

/** CSV whose header has LSS names or those of the Sentinel parser ZPAEvent, in any order; other columns do not matter. */
export const csvHeader: Format = {
  recognise: (sample) => {
    const csv = csvSampleOf(sample, (name) => fieldOf(name) !== undefined);
    const known = csv ? knownColumns(csv) : [];
    const fields = new Set(known.map(fieldOf));
    if (!csv || !fields.has('user') || !(fields.has('action') || fields.has('sourceIp'))) return undefined;
    const column = (name: string): string => columnOf(csv.header, name) ?? 'null';
    return {
      title: 'CSV with a header',
      because: `a header with ${known.slice(0, 3).join(', ')}`,
      cut: { by: 'csv', delimiter: csv.delimiter, cells: csv.header.length },
      keys: () => csv.header,
      extractions: (spellings) => [
        {
          // an empty cell is a user that is not filled in, not a record that has none by nature
          sql: `select ${selectList('null', spellings, (name, field) =>
            field === 'user' ? `coalesce(${column(name)}, '')` : column(name),
          )} from ${readCsv(csv)}`,
          values: {},
        },
      ],
    };
  },
};
