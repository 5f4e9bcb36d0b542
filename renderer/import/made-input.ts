/** For tests: one file that was read, with nothing chosen about how. */
import type { Reading } from '../../shared/choices';
import type { InputSummary } from '../../shared/domain';

export const MADE_READING: Reading = {
  columns: [],
  mapping: {},
  guesses: {},
  header: null,
  dateOrder: null,
  timeZone: 'UTC',
  shape: '',
  choices: {},
  notes: [],
};

/** For tests: one file of an import in which nothing went wrong, but for what is given. */
export function madeInput(part: Partial<InputSummary>): InputSummary {
  return {
    name: 'day.ndjson',
    path: 'day.ndjson',
    bytes: 10,
    sha256: '00',
    format: 'LSS JSON lines',
    recognisedBy: 'its fields',
    reading: MADE_READING,
    file: 'a',
    records: 0,
    events: 0,
    orphanCloses: 0,
    duplicates: 0,
    setAside: {},
    rejected: 0,
    warnings: [],
    ...part,
  };
}
