import type { Format } from './format';
import { wrappedCsv } from './wrapped-csv';

const NAMES: ReadonlySet<string> = new Set(['event.original', '@rawstring']);

/** What Kibana and LogScale export as CSV where the event is kept as it came in; that is preferred to what was made of it. */
export const rawCsv: Format = {
  recognise: (sample) =>
    wrappedCsv(sample, (name) => NAMES.has(name.trim().toLowerCase()), 'CSV with LSS records as text'),
};
