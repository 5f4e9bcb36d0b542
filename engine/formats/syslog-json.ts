import { mendEmpties } from '../ingest/empty-mender';
import { spellingsOf } from '../ingest/fields';
import type { Format } from './format';
import { selectList } from './format';
import { jsonPath, objectOf } from './json';
import { knownKeys, readableLines, readTextLines } from './text-lines';
import { cellsOf } from './wrapped';

/** How a line begins whose record has a syslog header of RFC 3164 or 5424 in front, or only the priority. */
const HEADER = String.raw`^(?:[0-9]{1,7} )?(<[0-9]{1,3}>|(?:[0-9]{4} )?[A-Z][a-z]{2} +[0-9]{1,2} (?:[0-9]{4} )?[0-9]{2}:[0-9]{2}:[0-9]{2} |[0-9]{4}-[0-9]{2}-[0-9]{2}T[^ ]+ )[^{]*\{`;
const HEADED = new RegExp(HEADER, 'u');
/** A header of RFC 5424 with structured data, whose quoted values may hold braces. */
const STRUCTURED = String.raw`^(?:[0-9]{1,7} )?<[0-9]{1,3}>[0-9]{1,2} (?:[^ ]+ ){5}(?:\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\])+`;
const BEFORE = new RegExp(STRUCTURED, 'u');
/** When a line was sent, where its header says so with a year and a zone. */
const SENT = String.raw`^(?:[0-9]{1,7} )?(?:<[0-9]{1,3}>(?:[0-9]{1,2} )?)?([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})) `;
const IS_SENT = new RegExp(SENT, 'u');
const TIMES = ['time', 'timeGenerated', 'connectionStart', 'connectionEnd'] as const;
const COLLECTED = 'TimeGenerated';

/** LSS JSON records, one a line, behind what a syslog server wrote in front of them. */
export const syslogJson: Format = {
  recognise: (sample) => {
    const records = readableLines(sample, headedRecord);
    const known = knownKeys(records.flatMap(Object.keys));
    if (known.length < 2) return undefined;
    return {
      title: 'LSS JSON lines with a syslog header',
      because: `a syslog header and one JSON object a line, with ${known.slice(0, 3).join(', ')}`,
      cut: { by: 'line', text: true },
      keys: (lines) => lines.flatMap(namesOn),
      // a syslog server hands on what is behind its header
      messages: () => ({
        sql: `select substr(text, greatest(strpos(text, '{'), 1)) as message
          from (select substr(line, length(regexp_extract(line, $structured)) + 1) as text from ${readTextLines()})`,
        values: { structured: STRUCTURED },
      }),
      extractions: (spellings) => {
        const { names } = spellings;
        return [
          {
            sql: `select ${selectList(FAULT, spellings, (name, field) => {
              const cell = `cells[${names.indexOf(name) + 1}]`;
              return field === 'timeGenerated' ? `coalesce(${cell}, nullif(regexp_extract(line, $sent, 1), ''))` : cell;
            })}
              from (
                select line, is_record, case when is_record then ${cellsOf('record', '$paths')} end as cells
                from (
                  select
                    line,
                    starts_with(ltrim(line), '{') or regexp_matches(line, $header) as is_record,
                    substr(message, strpos(message, '{')) as record
                  from (select line, substr(line, length(regexp_extract(line, $structured)) + 1) as message from ${readTextLines()})
                )
              )`,
            values: { paths: names.map(jsonPath), header: HEADER, structured: STRUCTURED, sent: SENT },
          },
        ];
      },
    };
  },
};

/** A record without any time was sent at the time of its header. */
function namesOn(line: string): string[] {
  const names = Object.keys(recordOn(line) ?? {});
  const known = spellingsOf(names);
  const isTimeless = !TIMES.some((field) => known.has(field));
  return isTimeless && IS_SENT.test(line) ? [...names, COLLECTED] : names;
}

const FAULT = `case when not is_record then 'not-a-log-line' when cells is null then 'not-json' end`;

function headedRecord(line: string): Record<string, unknown> | undefined {
  return HEADED.test(line) ? recordOn(line) : undefined;
}

/** A line without a header of RFC 5424 in front, whose structured data can hold braces; any other as it is. */
export function withoutStructuredData(line: string): string {
  return line.replace(BEFORE, '');
}

/** The text behind the syslog header of a line that ends with a JSON object. */
export function isHeaded(line: string): boolean {
  return HEADED.test(line);
}

/** A line without a header between others is a record too. */
export function recordOn(line: string): Record<string, unknown> | undefined {
  const message = withoutStructuredData(line);
  return objectOf(mendEmpties(message.slice(message.indexOf('{'))));
}
