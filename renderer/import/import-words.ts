import type { InputSummary, LogSummary } from '../../shared/domain';
import { isOrdinary } from '../../shared/sources';
import { LEFT_OUT_WORDS } from '../../shared/words';
import { countOf, formatCount } from '../format-number';

/** How many records of the file were set aside, of whichever class. */
export function setAsideOf(input: InputSummary): number {
  return Object.values(input.setAside).reduce((sum, count) => sum + count, 0);
}

/** `3,433 records = 3,402 events + 29 set aside + 2 rejected` */
export function sumInWords({ inputs, records, events, rejected }: LogSummary): string {
  const setAside = inputs.reduce((sum, input) => sum + setAsideOf(input), 0);
  const parts = `${countOf(events, 'event')} + ${formatCount(setAside)} set aside + ${formatCount(rejected)} rejected`;
  const adds = events + setAside + rejected === records;
  return `${countOf(records, 'record')} ${adds ? '=' : 'but'} ${parts}`;
}

/** Files of which there is something to know first, the worst before; the others in their order. */
export function worstFirst(inputs: readonly InputSummary[]): InputSummary[] {
  const rank = ({ incomplete, rejected, warnings }: InputSummary): number =>
    incomplete !== undefined ? 0 : rejected > 0 ? 1 : warnings.length > 0 ? 2 : 3;
  return inputs.toSorted((a, b) => rank(a) - rank(b));
}

export interface ImportNote {
  /** Empty where it is said of the log as a whole. */
  file: string;
  text: string;
  /** True where records are missing, not only doubtful. */
  incomplete: boolean;
}

/** What a person must know before trusting the findings, the worst first. */
export function importNotes(log: LogSummary): ImportNote[] {
  const { inputs, warnings } = log;
  const missing = inputs.flatMap(({ name, incomplete }) =>
    incomplete === undefined ? [] : [{ file: name, text: incomplete, incomplete: true }],
  );
  const whole = warnings.map((text) => ({ file: '', text, incomplete: false }));
  const ofFiles = inputs.flatMap(({ name, warnings: texts }) =>
    texts.map((text) => ({ file: name, text, incomplete: false })),
  );
  const archives = (log.archives ?? []).flatMap(({ name, incomplete }) =>
    incomplete === undefined ? [] : [{ file: name, text: incomplete, incomplete: true }],
  );
  const leftOut = (log.leftOut?.rows ?? []).flatMap(({ name, reason }) =>
    isOrdinary(reason) ? [] : [{ file: name, text: `left out: ${LEFT_OUT_WORDS[reason]}`, incomplete: false }],
  );
  return [...archives, ...missing, ...leftOut, ...whole, ...ofFiles];
}

/** `1 incomplete, 4 warnings` */
export function noteCounts(notes: readonly ImportNote[]): string {
  const incomplete = notes.filter((note) => note.incomplete).length;
  const warnings = notes.length - incomplete;
  const parts = [
    ...(incomplete > 0 ? [`${formatCount(incomplete)} incomplete`] : []),
    ...(warnings > 0 ? [countOf(warnings, 'warning')] : []),
  ];
  return parts.join(', ');
}
