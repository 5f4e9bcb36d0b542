import type { Format } from './format';
import { isObject } from './json';
import type { Places } from './unwrap';
import { valueRecords } from './values';

const EVENT: Places = { objects: [''], texts: ['/@rawstring'], isRecordText: true };

/** Events of Falcon LogScale: LSS names with the prefix Vendor. and, where it is exported, the LSS record in @rawstring. */
export const logscale: Format = {
  recognise: (sample) =>
    valueRecords(
      sample,
      EVENT,
      (value) =>
        '@rawstring' in value || isObject(value['Vendor']) || Object.keys(value).some((key) => /^Vendor\./iu.test(key)),
      'LogScale JSON',
      'Vendor. names or @rawstring',
    ),
};
