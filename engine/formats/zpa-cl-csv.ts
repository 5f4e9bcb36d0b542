import { isMessageField } from '../ingest/fields';
import { parseRows } from '../ingest/csv-row';
import { columnOf, csvSampleOf, readCsv } from './csv';
import type { CsvSample } from './csv';
import type { Format } from './format';
import { innerKeys, innerPaths, messageFieldsOf, selectWrapped } from './wrapped';

const MANY = 1_000_000;

/** Sentinel's table ZPA_CL as CSV, as the Log Analytics portal exports it: a column holds the LSS record as JSON text. */
export const zpaClCsv: Format = {
  recognise: (sample) => {
    const csv = csvSampleOf(sample, isMessageField);
    const messages = csv ? messageFieldsOf(csv.rows.map((row) => recordOf(csv.header, row))) : [];
    if (!csv || messages.length === 0) return undefined;
    const columns = messages.map((name) => columnOf(csv.header, name) ?? 'null');
    return {
      title: 'Sentinel ZPA_CL rows, CSV',
      because: `a header with ${messages.join(' and ')}, whose cells hold LSS records as text`,
      cut: { by: 'csv', delimiter: csv.delimiter, cells: csv.header.length },
      keys: (lines) => [...csv.header, ...innerKeys(messagesOn(lines, csv, messages))],
      extractions: (spellings) => [
        {
          sql: selectWrapped(
            `select *, null::varchar as outer_fault, [${columns.join(', ')}] as messages from ${readCsv(csv)}`,
            spellings,
            (name) => columnOf(csv.header, name),
          ),
          values: { innerPaths: innerPaths(spellings) },
        },
      ],
    };
  },
};

function recordOf(header: readonly string[], row: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(header.map((name, index) => [name, row[index]]));
}

function messagesOn(
  lines: readonly string[],
  { delimiter, header }: CsvSample,
  messages: readonly string[],
): unknown[] {
  const rows = parseRows(lines.join('\n'), delimiter, MANY);
  return rows.flatMap((row) => messages.map((name) => row[header.indexOf(name)]));
}
