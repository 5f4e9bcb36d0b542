import { EXTRACTED } from '../ingest/fields';
import { sqlStep, sqlSteps } from '../sql';
import type { Format } from './format';
import { selectCells, TEMPLATE_NAMES } from './lss-template-columns';
import sqlText from './lss-template.sql?raw';
import { LINES_AS_SENT, readableLines, readTextLines } from './text-lines';

const STEPS = sqlSteps(sqlText);

/** `Mon Mar  2 08:15:03 2026 User Activity zpa-lss: `, with or without a syslog header in front; then the delimiter. What JSON and quotes are around is none. */
const PREFIX = String.raw`^((?:[^,\t{["][^,\t]{0,199}?)?([A-Z][a-z]{2} [A-Z][a-z]{2} +[0-9]{1,2} [0-9:]{8} [0-9]{4}) ([A-Za-z][A-Za-z ]{2,60}) zpa-lss: ?`;

const TIME = String.raw`(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)?`;
const DEGREE = String.raw`-?[0-9]*(?:\.[0-9]+)?`;
const ADDRESS = String.raw`(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[0-9A-Za-z]+)?)`;
const ANY = String.raw`[^\x1f]*`;
const cells = (...patterns: string[]): string => patterns.join(String.raw`\x1f`);
const times = (count: number, pattern: string): string[] => Array.from({ length: count }, () => pattern);

/** Cells that stand together and can be checked. */
const ANCHORS = {
  /** IPProtocol DoubleEncryption Username ServicePort ClientPublicIP ClientPrivateIP ClientLatitude ClientLongitude */
  activity_head: cells('[0-9]+', '[0-9]+', ANY, '[0-9]*', `${ADDRESS}?`, ANY, DEGREE, DEGREE),
  /** TimestampConnectionStart to TimestampZENLastTxConnector, ZENTotalBytesRxClient to ZENBytesTxConnector */
  activity_tail: cells(...times(14, TIME), ...times(8, '[0-9]+')),
  /** PublicIP Latitude Longitude CountryCode TimestampAuthentication TimestampUnAuthentication TotalBytesRx TotalBytesTx */
  status_middle: cells(`${ADDRESS}?`, DEGREE, DEGREE, ANY, TIME, TIME, '[0-9]*', '[0-9]*'),
  /** TimestampRequestReceiveStart to TimestampResponseTransmitFinish */
  browser_times: cells(...times(9, TIME)),
  /** StatusCode RequestSize ResponseSize ApplicationPort ClientPublicIp ClientPublicPort */
  browser_address: cells(...times(4, '[0-9]+'), `${ADDRESS}?`, '[0-9]*'),
};
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;

const MARKED = new RegExp(`${PREFIX}([,\t]))`, 'u');

/** Whether a line begins as one of the default templates writes it. */
export function isTemplateLine(line: string): boolean {
  return MARKED.test(line);
}

/** LSS log receivers with Zscaler's default CSV or TSV template, of every length that it has had. */
export const lssTemplate: Format = {
  recognise: (sample) => {
    const [first] = readableLines(sample, (line) => MARKED.exec(line) ?? undefined);
    if (!first) return undefined;
    const [, , , kind = '', delimiter = ','] = first;
    const name = delimiter === ',' ? 'CSV' : 'TSV';
    return {
      title: `LSS ${name} template`,
      because: `“${kind} zpa-lss:” and ${delimiter === ',' ? 'commas' : 'tabs'} on each line, without a header`,
      cut: { by: 'line', text: true },
      keys: () => TEMPLATE_NAMES,
      messages: () => LINES_AS_SENT,
      extractions: (spellings) => [
        {
          sql: `with lines as not materialized (select line from ${readTextLines()}),
            places as not materialized (${sqlStep(STEPS, 'place')})
            ${spellings.columns === EXTRACTED ? sqlStep(STEPS, 'read') : selectCells(spellings)}`,
          values: { ...ANCHORS, prefix: `${PREFIX}${delimiter})`, quoted: QUOTED, delimiter },
        },
      ],
    };
  },
};
