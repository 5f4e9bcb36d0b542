/** What has to be true of the account of an input, whatever is in it. */
import type { InputSummary, LogSummary } from '../../shared/domain';
import type { FuzzInput } from './inputs';

/** Of a golden log with a record a line: how it is read, and its lines that are events. */
export interface Known {
  format: string;
  events: ReadonlySet<string>;
}

/** Every record is in one class; undefined when that is so. */
function unbalanced({ records, events, setAside, rejected }: InputSummary): string[] {
  const sum = Object.values(setAside).reduce((total, n) => total + n, events + rejected);
  return sum === records ? [] : [`${records} records, but ${sum} accounted for`];
}

/** Nothing was wrong with how it was packed, so nothing may be missing but what the text itself says. */
function missing({ incomplete }: InputSummary, { text }: FuzzInput): string[] {
  return text && incomplete?.includes('were expected') ? [`incomplete though its archive is whole: ${incomplete}`] : [];
}

/** A text with a record a line has as many records as lines; and no line that was not touched is lost. */
function recounted(input: InputSummary, { text, sample }: FuzzInput, known: ReadonlyMap<string, Known>): string[] {
  const of = sample && known.get(sample.name);
  if (!text || !of || input.incomplete !== undefined) return [];
  if (input.format !== of.format && !PACKED.some((packed) => input.format === `${of.format}, ${packed}`)) return [];
  const content = text.toString('latin1');
  const lines = content.split(content.includes('\n') ? '\n' : '\r');
  if (lines.at(-1) === '') lines.pop();
  const intact = lines.filter((line) => of.events.has(line)).length;
  // with little of the log left, what is in the file can be read as one JSON value after another, by the same name
  const isByLine = intact * 2 >= lines.length;
  return [
    ...(input.records === lines.length || !isByLine ? [] : [`${input.records} records of ${lines.length} lines`]),
    ...(input.events >= intact ? [] : [`${input.events} events, but ${intact} lines were not touched`]),
  ];
}
const PACKED = ['gzip', 'zstd'];

export function defectsOf(input: InputSummary, made: FuzzInput, known: ReadonlyMap<string, Known>): string[] {
  return [...unbalanced(input), ...missing(input, made), ...recounted(input, made, known)];
}

/** The log's own numbers are the sums of those of its files. */
export function wrongTotals(log: LogSummary): string[] {
  return (['records', 'events', 'rejected', 'orphanCloses', 'duplicates'] as const).flatMap((count) => {
    const sum = log.inputs.reduce((total, input) => total + input[count], 0);
    return sum === log[count] ? [] : [`${log[count]} ${count} in all, but ${sum} in the files`];
  });
}

/** What of an account does not depend on which other files are open. */
export function ownAccount({ format, records, events, setAside, rejected, incomplete }: InputSummary): string {
  return JSON.stringify({ format, records, events, setAside, rejected, incomplete });
}
