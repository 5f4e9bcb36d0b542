import { fieldOf } from '../ingest/fields';
import { columnOf, csvSampleOf, knownColumns, readCsv } from './csv';
import { csvTimesOf, timeCell } from './csv-times';
import type { Format } from './format';
import { selectList } from './format';

/** CSV whose header has LSS names or those of the Sentinel parser ZPAEvent, in any order; other columns do not matter. */
export const csvHeader: Format = {
  recognise: (sample) => {
    const csv = csvSampleOf(sample, (name) => fieldOf(name) !== undefined);
    const known = csv ? knownColumns(csv) : [];
    const fields = new Set(known.map(fieldOf));
    if (!csv || !fields.has('user') || !(fields.has('action') || fields.has('sourceIp'))) return undefined;
    const times = csvTimesOf(csv);
    // Kibana writes a dash where a document has no such field
    const isKibana = csv.header.includes('@timestamp');
    const column = (name: string): string => {
      const own = columnOf(csv.header, name) ?? 'null';
      return isKibana ? `nullif(${own}, '-')` : own;
    };
    return {
      title: isKibana ? 'Kibana CSV' : 'CSV with a header',
      because: `a header with ${known.slice(0, 3).join(', ')}`,
      cut: { by: 'csv', delimiter: csv.delimiter, cells: csv.header.length },
      warnings: times.warnings,
      keys: () => csv.header,
      extractions: (spellings) => [
        {
          // an empty cell is a user that is not filled in, not a record that has none by nature
          sql: `select ${selectList('null', spellings, (name, field) =>
            field === 'user' ? `coalesce(${column(name)}, '')` : timeCell(times, field, column(name)),
          )} from ${readCsv(csv)}`,
          values: {},
        },
      ],
    };
  },
};
