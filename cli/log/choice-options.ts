import { DATE_ORDERS, FIELD_WORDS, MAPPED_FIELDS } from '../../shared/choices';
import type { Choices } from '../../shared/choices';
import { parseTimeZone } from '../../shared/time-zone';
import { usage } from '../parse-options';

export const CHOICE_OPTIONS = {
  map: { type: 'string' },
  'no-header': { type: 'boolean' },
  'time-zone': { type: 'string' },
  'date-order': { type: 'string' },
  mapping: { type: 'string', multiple: true },
  reading: { type: 'string', multiple: true },
} as const;

export const CHOICE_HELP = `How to read the files, where they do not say it themselves:
  --map user=Account,ip="Client Addr",time=When
                            which columns hold what; of these:
${columnNames()}
  --no-header               the first row of a CSV file is a record; its columns are "column 1", "column 2" ...
  --time-zone Europe/Berlin zone of times that do not name theirs (UTC); also an offset such as +02:00
  --date-order day-first|month-first
                            how to read dates such as 3/2/2026 (as the first rows show, else month-first)
  --mapping FILE            take these choices from a file; the options above override it
  --reading NAME            take the choices that were saved in the window under this name
                            several --mapping and --reading: each for the files of its own columns or format
`;

/** The names that --map takes, eight a line. */
function columnNames(): string {
  const names = MAPPED_FIELDS.map((field) => FIELD_WORDS[field].option);
  const lines = Array.from({ length: Math.ceil(names.length / 8) }, (_, row) => names.slice(row * 8, row * 8 + 8));
  return lines.map((line) => `                            ${line.join(', ')}`).join(',\n');
}

export interface ChoiceValues {
  map?: string | undefined;
  'no-header'?: boolean | undefined;
  'time-zone'?: string | undefined;
  'date-order'?: string | undefined;
}

/** What the options decide about how files are read. Throws `usage`. */
export function parseChoices(command: string, values: ChoiceValues): Choices {
  const choices: Choices = {};
  if (values.map !== undefined) choices.mapping = parseMapping(command, values.map);
  if (values['no-header']) choices.header = false;
  const zone = values['time-zone'];
  if (zone !== undefined) {
    if (!parseTimeZone(zone))
      throw usage(command, `--time-zone takes a zone such as Europe/Berlin or +02:00, not "${zone}".`);
    choices.timeZone = zone;
  }
  const order = values['date-order'];
  if (order !== undefined) {
    const found = DATE_ORDERS.find((candidate) => candidate === order);
    if (!found) throw usage(command, `--date-order takes ${DATE_ORDERS.join(' or ')}, not "${order}".`);
    choices.dateOrder = found;
  }
  return choices;
}

/** `user=Account,ip="Client Addr"`. A quote inside quotes is doubled. */
function parseMapping(command: string, text: string): NonNullable<Choices['mapping']> {
  const mapping: NonNullable<Choices['mapping']> = {};
  const pair = /\s*([a-z]+)\s*=\s*(?:"((?:[^"]|"")*)"|([^,"]*))\s*(?:,|$)/gy;
  let end = 0;
  for (const [whole, option, quoted, bare = ''] of text.matchAll(pair)) {
    const field = MAPPED_FIELDS.find((candidate) => FIELD_WORDS[candidate].option === option);
    const column = quoted === undefined ? bare.trim() : quoted.replaceAll('""', '"');
    if (!field || column === '') break;
    mapping[field] = column;
    end += whole.length;
  }
  if (end < text.length || end === 0) {
    const rest = text.slice(end);
    throw usage(command, `--map takes pairs such as user=Account,ip="Client Addr"; it stumbles at "${rest}".`);
  }
  return mapping;
}
