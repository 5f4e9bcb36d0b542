import type { Format } from './format';
import { isObject } from './json';
import type { Places } from './unwrap';
import { valueRecords } from './values';

const DOCUMENT: Places = { objects: [''], texts: ['/event/original', '/event.original', '/message'] };

/**
 * Documents in the Elastic Common Schema without what Elasticsearch puts around them, by Elastic's package zscaler_zpa:
 * nested or dotted names. event.original, where it is kept, is the LSS record.
 */
export const ecs: Format = {
  recognise: (sample) =>
    valueRecords(
      sample,
      DOCUMENT,
      (value) =>
        Object.keys(value).some((key) => key === 'zscaler_zpa' || key.startsWith('zscaler_zpa.')) ||
        ('@timestamp' in value && (isObject(value['event']) || 'event.original' in value)),
      'Elastic documents (ECS)',
      'zscaler_zpa or event.original',
    ),
};
