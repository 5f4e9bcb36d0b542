import { fieldOf } from '../ingest/fields';
import { columnOf, csvSampleOf, csvTable, knownColumns, readCsv } from './csv';
import type { CsvSample } from './csv';
import type { Format, Recognised } from './format';
import { selectList } from './format';
import { timeCell } from './times';

/** CSV whose header has LSS names or those of the Sentinel parser ZPAEvent, in any order; other columns do not matter. */
export const csvHeader: Format = {
  recognise: (sample) => {
    const csv = csvSampleOf(sample, (name) => fieldOf(name) !== undefined);
    const known = csv ? knownColumns(csv) : [];
    const fields = new Set(known.map(fieldOf));
    if (!csv || !fields.has('user') || !(fields.has('action') || fields.has('sourceIp'))) return undefined;
    return csvRecords(csv, `a header with ${known.slice(0, 3).join(', ')}`);
  },
};

/** CSV of which each row is a record. */
export function csvRecords(csv: CsvSample, because: string): Recognised {
  // Kibana writes a dash where a document has no such field
  const isKibana = csv.header.includes('@timestamp');
  const column = (name: string): string => {
    const own = columnOf(csv.header, name) ?? 'null';
    return isKibana ? `nullif(${own}, '-')` : own;
  };
  const title = csv.headless ? 'CSV without a header' : 'CSV with a header';
  return {
    title: isKibana ? 'Kibana CSV' : title,
    because,
    cut: {
      by: 'csv',
      delimiter: csv.delimiter,
      cells: csv.header.length,
      ...(csv.headless ? { headless: csv.headless } : {}),
    },
    table: csvTable(csv, true),
    keys: () => csv.header,
    extractions: (spellings, adjustment, isRepaired) => [
      {
        // an empty cell is a user that is not filled in, not a record that has none by nature
        sql: `select ${selectList('null', spellings, (name, field) =>
          field === 'user'
            ? `coalesce(${column(name)}, '')`
            : timeCell(field, name, column(name), adjustment?.timeZone !== undefined),
        )} from ${readCsv(csv, isRepaired)}`,
        values: {},
      },
    ],
  };
}
