import { FIELD_WORDS, MAPPED_FIELDS } from '../../shared/choices';
import type { Preview, Reading } from '../../shared/choices';
import { REJECT_REASONS, SET_ASIDE_CLASSES } from '../../shared/domain';
import type { InputSummary } from '../../shared/domain';
import { REJECT_WORDS, SET_ASIDE_WORDS } from '../../shared/words';

/** What became of a row of a preview, in words: an event, or why not. */
export function outcomeWords(outcome: Preview['rows'][number]['outcome']): string {
  if (outcome === null) return 'not read yet';
  const setAside = SET_ASIDE_CLASSES.find((each) => each === outcome);
  if (setAside) return `set aside: ${SET_ASIDE_WORDS[setAside]}`;
  const rejected = REJECT_REASONS.find((each) => each === outcome);
  return rejected ? `rejected: ${REJECT_WORDS[rejected]}` : outcome;
}

/** `user from "Account", source IP from "Client"`; empty where the format itself says what is what. */
export function mappingWords({ mapping }: Pick<Reading, 'mapping'>): string {
  return MAPPED_FIELDS.flatMap((field) => {
    const column = mapping[field];
    return column === undefined ? [] : [`${FIELD_WORDS[field].words} from "${column}"`];
  }).join(', ');
}

/** How many of the shown rows are events. */
export function previewSum({ format, rows }: Pick<Preview, 'format' | 'rows'>): string {
  if (format === null)
    return 'Choose the columns of the user, the source IP and the time: the file cannot be read yet.';
  const events = rows.filter(({ outcome }) => outcome === 'event').length;
  const first = rows.length === 1 ? 'The first row gives' : `The first ${rows.length} rows give`;
  return `${first} ${events === 1 ? '1 event' : `${events} events`}.`;
}

const DOUBTS_SHOWN = 5;

/** What could as well be otherwise about how these files are read, the first few, each file named. */
export function doubtsOf(inputs: readonly Pick<InputSummary, 'name' | 'reading'>[]): string[] {
  const doubts = inputs.flatMap(({ name, reading }) =>
    reading.notes.filter(({ sure }) => sure === 'open').map(({ text }) => `${name}: ${text}`),
  );
  return [...new Set(doubts)].slice(0, DOUBTS_SHOWN);
}
