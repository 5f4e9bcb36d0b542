import type { Format } from './format';
import { selectList } from './format';
import { knownKeys, LINES_AS_SENT, readableLines, readTextLines } from './text-lines';

/**
 * `LEEF:1.0|Zscaler|ZPA|4.1|ZPN_STATUS_AUTHENTICATED|` and then `key=value` pairs with tabs between. LEEF 2.0 can name what
 * stands between them: a character, or its number such as x5E or 0x5E. (IBM QRadar, LEEF event components.)
 */
const HEAD =
  /LEEF:(?:1\.0\|Zscaler\|ZPA\|[^|]*\|[^|]*\||2\.0\|Zscaler\|ZPA\|[^|]*\|[^|]*\|(?:(?:0?x[0-9A-Fa-f]{2}|[^=|]?)\|)?)/u;

/**
 * What IBM's template for QRadar calls the fields that it does not call as LSS does, and the name under which the record
 * has what the line says outside the pairs: its own time, and the event in the header.
 * (IBM QRadar DSM guide, Zscaler Private Access sample event messages.)
 */
const ALIASES: ReadonlyMap<string, readonly string[]> = new Map([
  ['LogTimestamp', ['devTime']],
  ['Username', ['usrName']],
  ['ClientPublicIP', ['src']],
  ['Hostname', ['identHostName']],
  ['Application', ['ApplicationName']],
  ['ClientPrivateIP', ['srcPreNAT']],
  ['ServerIP', ['dst']],
  ['ServicePort', ['dstPort']],
  ['IPProtocol', ['proto']],
]);
const HEADER_TIME = 'LogTimestamp';
const HEADER_EVENT = 'DvcAction';
const LSS_NAMES = new Map([...ALIASES].flatMap(([name, aliases]) => aliases.map((alias) => [alias, name])));

/** LEEF lines as LSS sends them to QRadar, with or without a syslog header. */
export const leef: Format = {
  recognise: (sample) => {
    const records = readableLines(sample, namesOn);
    const known = knownKeys(records.flat());
    if (known.length < 2) return undefined;
    return {
      title: 'QRadar LEEF lines',
      because: `LEEF:…|Zscaler|ZPA| on each line, with ${known.slice(0, 3).join(', ')}`,
      cut: { by: 'line', text: true },
      messages: () => LINES_AS_SENT,
      keys: (lines) => [HEADER_TIME, HEADER_EVENT, ...lines.flatMap((line) => namesOn(line) ?? [])],
      extractions: (spellings) => [
        {
          sql: `select ${selectList(`case when head = '' then 'not-a-log-line' end`, spellings, cell)}
            from (
              select *, list_transform(pairs, lambda pair: regexp_extract(pair, '^[^=:]*')) as names
              from (
                select line, head, string_split(substr(line, strpos(line, head) + length(head)), case
                  when not starts_with(head, 'LEEF:2') or between = '' then chr(9)
                  when length(between) = 1 then between
                  else chr(try_cast('0' || ltrim(between, '0') as integer))
                end) as pairs
                from (
                  select line, head, split_part(head, '|', 6) as between
                  from (select line, regexp_extract(line, $head) as head from ${readTextLines()})
                )
              )
            )`,
          values: { head: HEAD.source, pair: '^[^=]*=', header_time: HEADER_TIME_PATTERN },
        },
      ],
    };
  },
};

const HEADER_TIME_PATTERN = String.raw`^(?:<[0-9]{1,3}>)?([A-Z][a-z]{2} [A-Z][a-z]{2} +[0-9]{1,2} [0-9:]{8} [0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?) `;

/** Whether a line has a LEEF header of ZPA; one of another vendor has not. */
export function isLeefLine(line: string): boolean {
  return HEAD.test(line);
}

function betweenPairs(head: string): string {
  const between = head.startsWith('LEEF:2') ? (head.split('|')[5] ?? '') : '';
  if (between.length <= 1) return between === '' ? '\t' : between;
  return String.fromCodePoint(Number(`0${between.replace(/^0/u, '')}`));
}

/** The names of a line's pairs as LSS calls them; undefined for a line that is no LEEF of ZPA. */
function namesOn(line: string): string[] | undefined {
  const head = HEAD.exec(line);
  if (!head) return undefined;
  const pairs = line.slice(head.index + head[0].length).split(betweenPairs(head[0]));
  return pairs.map((pair) => /^[^=:]*/u.exec(pair)?.[0] ?? '').map((name) => LSS_NAMES.get(name) ?? name);
}

/** A template may leave the format in the key (`TimestampAuthentication:iso8601=`), so names end at a colon too. */
function cell(name: string): string {
  const values = [name, ...(ALIASES.get(name) ?? [])].map(
    // the names are those of the alias table up to the case of ASCII letters
    (key) => `nullif(regexp_replace(pairs[list_position(names, '${key}')], $pair, ''), '')`,
  );
  if (name === HEADER_TIME) values.push(`nullif(regexp_extract(line, $header_time, 1), '')`);
  if (name === HEADER_EVENT) values.push(`split_part(head, '|', 5)`);
  // a pair without a value is a user that is not filled in, not a record that has none by nature
  return `coalesce(${values.join(', ')}, case when ${presence(name)} then '' end)`;
}

function presence(name: string): string {
  return [name, ...(ALIASES.get(name) ?? [])].map((key) => `list_contains(names, '${key}')`).join(' or ');
}
