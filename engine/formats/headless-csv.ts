import { columnNames, placeName, sampleRows } from './csv';
import type { CsvSample } from './csv';
import type { Format } from './format';
import { messagesOf, readMessages } from './wrapped-csv';

const LOOKED_AT = 200;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/u;
const COLLECTED = 'TimeGenerated';

/**
 * What `.export` of Azure Data Explorer writes by default: CSV or TSV without a header. Only a column that holds whole LSS
 * records as JSON text says by itself what it is; the first column of ISO times is taken for that of their collection.
 */
export const headlessCsv: Format = {
  recognise: (sample) => {
    for (const delimiter of [',', '\t']) {
      const csv = headless(sampleRows(sample, delimiter).slice(0, LOOKED_AT), delimiter);
      const [message] = csv ? messagesOf(csv, () => true) : [];
      if (!csv || message === undefined) continue;
      const named = withHeader(csv, sampleRows(sample, delimiter)[0]);
      if (named) {
        const name = named.header[csv.header.indexOf(message)] ?? message;
        const because = `a header with ${name}, whose cells hold LSS records as text`;
        return { title: 'CSV with LSS records as text', because, ...readMessages(named, [name]) };
      }
      return {
        title: 'Azure Data Explorer export without a header',
        because: `rows of ${csv.header.length} cells, of which ${message} holds LSS records as text`,
        ...readMessages(csv, [message]),
      };
    }
    return undefined;
  },
};

/** The same rows below names, when the first of them holds no record: a header whose names say nothing to Doppel. */
function withHeader(
  { delimiter, header, rows: [first, ...rows] }: CsvSample,
  top: string[] | undefined,
): CsvSample | undefined {
  if (!first || first.length !== top?.length || first.some((cell) => /[{:]/u.test(cell))) return undefined;
  const names = columnNames(first);
  return new Set(names).size === header.length ? { delimiter, header: names, rows } : undefined;
}

/** Rows with names for their columns; undefined when they do not have one length. */
function headless(rows: string[][], delimiter: string): CsvSample | undefined {
  const [first] = rows;
  if (!first || first.length < 2) return undefined;
  const same = rows.filter((row) => row.length === first.length);
  if (same.length * 3 < rows.length) return undefined;
  const time = first.findIndex((text) => ISO_TIME.test(text));
  const header = first.map((_, index) => (index === time ? COLLECTED : placeName(index)));
  return { delimiter, header, rows: same, headless: true };
}
