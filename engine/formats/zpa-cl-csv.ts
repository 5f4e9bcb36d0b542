import { isMessageField } from '../ingest/fields';
import type { Format } from './format';
import { wrappedCsv } from './wrapped-csv';

/** Sentinel's table ZPA_CL as CSV, as the Log Analytics portal exports it: a column holds the LSS record as JSON text. */
export const zpaClCsv: Format = {
  recognise: (sample) => wrappedCsv(sample, isMessageField, 'Sentinel ZPA_CL rows, CSV'),
};
