import type { Format } from './format';
import { wrappedCsv } from './wrapped-csv';

/** What Splunk exports as CSV: _raw is the event as it came in. */
export const splunkCsv: Format = {
  recognise: (sample) => wrappedCsv(sample, (name) => name.trim().toLowerCase() === '_raw', 'Splunk CSV export'),
};
