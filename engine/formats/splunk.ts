import { elementRecords } from './elements';
import type { Format } from './format';
import { isObject } from './json';
import type { Places } from './unwrap';
import { valueRecords } from './values';

/**
 * Rows with "preview": true are of an unfinished search, and come again when it is finished. The last result says
 * "lastrow": true, as does a line without a result behind it.
 */
const RESULT: Places = {
  objects: ['/result', ''],
  texts: ['/result/_raw', '/_raw'],
  isRecordText: true,
  notWhen: ['/preview'],
  notAlone: { when: ['/lastrow', '/messages'], beside: '/result' },
};
/** What RESULT sets aside. */
export function isQueryRow({ preview, lastrow, messages, result }: Record<string, unknown>): boolean {
  return preview === true || ((lastrow === true || Array.isArray(messages)) && result === undefined);
}

const TITLE = 'Splunk JSON';

/**
 * What Splunk exports: {"preview","offset","result":{...}} a line, {"results":[...]}, {"fields":[...],"rows":[...]}, or the
 * results alone. _raw, where it is JSON, is the LSS record; else the fields that Splunk took out of it count, of several
 * values the first. Lines without a result (messages, lastrow) are set aside.
 */
export const splunk: Format = {
  recognise: (sample) =>
    (/^\s*\{[^{]*"(?:preview|fields|init_offset)"/u.test(sample.text)
      ? (elementRecords(sample, 'results', () => RESULT, TITLE, 'results of a search') ??
        elementRecords(sample, 'rows', () => RESULT, `${TITLE} rows`, 'fields and rows of a search'))
      : undefined) ??
    valueRecords(
      sample,
      RESULT,
      ({ result, _raw }) => isObject(result) || typeof _raw === 'string',
      `${TITLE} export`,
      'result or _raw',
    ),
};
