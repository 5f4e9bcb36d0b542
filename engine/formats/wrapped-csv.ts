import { parseRows } from '../ingest/csv-row';
import { columnOf, csvSampleOf, csvTable, readCsv } from './csv';
import type { CsvSample } from './csv';
import type { Recognised, Sample } from './format';
import { timeCell } from './times';
import { firstFilledText, innerKeys, innerPaths, messageFieldsOf, selectWrapped } from './wrapped';

const MANY = 1_000_000;

/** CSV of which a column that `isMessage` holds the LSS record as JSON text, with or without a syslog header in front. */
export function wrappedCsv(
  sample: Sample,
  isMessage: (name: string) => boolean,
  title: string,
): Recognised | undefined {
  const csv = csvSampleOf(sample, isMessage);
  const messages = csv ? messagesOf(csv, isMessage) : [];
  if (!csv || messages.length === 0) return undefined;
  const because = `a header with ${messages.join(' and ')}, whose cells hold LSS records as text`;
  return { title, because, ...readMessages(csv, messages) };
}

/** The columns among those that `isMessage` whose cells hold records. */
export function messagesOf(csv: CsvSample, isMessage: (name: string) => boolean): string[] {
  return messageFieldsOf(
    csv.rows.map((row) => recordOf(csv.header, row, isMessage)),
    isMessage,
  );
}

/** How rows are read whose columns `messages` hold the records. */
export function readMessages(csv: CsvSample, messages: readonly string[]): Omit<Recognised, 'title' | 'because'> {
  const columns = messages.map((name) => columnOf(csv.header, name) ?? 'null');
  const texts = columns.map((column) => `substr(${column}, greatest(1, strpos(${column}, '{')))`);
  return {
    cut: {
      by: 'csv',
      delimiter: csv.delimiter,
      cells: csv.header.length,
      ...(csv.headless ? { headless: csv.headless } : {}),
    },
    table: csvTable(csv, false),
    keys: (lines) => [...csv.header, ...innerKeys(messagesOn(lines, csv, messages))],
    messages: (isRepaired) => ({
      sql: `select ${firstFilledText(`[${columns.join(', ')}]`)} as message from ${readCsv(csv, isRepaired)}`,
      values: {},
    }),
    extractions: (spellings, adjustment, isRepaired) => [
      {
        sql: selectWrapped(
          `select *, null::varchar as outer_fault, [${texts.join(', ')}] as messages from ${readCsv(csv, isRepaired)}`,
          spellings,
          (name, field) => {
            const column = columnOf(csv.header, name);
            return column && timeCell(field, name, column, adjustment?.timeZone !== undefined);
          },
        ),
        values: { innerPaths: innerPaths(spellings) },
      },
    ],
  };
}

function recordOf(
  header: readonly string[],
  row: readonly string[],
  isMessage: (name: string) => boolean,
): Record<string, unknown> {
  return Object.fromEntries(
    header.map((name, index) => [name, isMessage(name) ? withoutHeader(row[index] ?? '') : row[index]]),
  );
}

function messagesOn(lines: readonly string[], { delimiter, header }: CsvSample, messages: readonly string[]): string[] {
  const rows = parseRows(lines.join('\n'), delimiter, MANY);
  return rows.flatMap((row) => messages.map((name) => withoutHeader(row[header.indexOf(name)] ?? '')));
}

/** A message without what a syslog server wrote in front of the record. */
function withoutHeader(message: string): string {
  return message.slice(Math.max(0, message.indexOf('{')));
}
