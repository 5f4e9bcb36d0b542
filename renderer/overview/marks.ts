import { LENGTH_BOUNDS } from '../../shared/facets';
import type { FacetCounts, Overview } from '../../shared/facets';
import type { FindingsFilter } from '../../shared/findings-filter';
import { formatDuration, spellDuration } from '../../shared/time';
import { visibleText } from '../../shared/visible-text';
import { NOTHING, hourInWords } from '../findings/filter-words';
import { countOf } from '../format-number';

/** One bar of a chart. */
export interface Mark {
  key: string;
  /** Below it, or beside it. */
  label: string;
  count: number;
  /** The whole of it in words, for whoever does not see it. */
  words: string;
  chosen: boolean;
}

const findings = (count: number): string => countOf(count, 'flagged user');

/** The classes of overlap length; each key is its place in LENGTH_BOUNDS. */
export function lengthMarks(lengths: Overview['lengths'], filter: FindingsFilter): Mark[] {
  return lengths.map((each, at) => {
    const { min, max } = lengthRange(at);
    const chosen = filter.lengthSeconds?.min === min && filter.lengthSeconds.max === max;
    const from = spellDuration(1000 * min);
    const span = max === null ? `${from} or longer` : `${from} to less than ${spellDuration(1000 * max)}`;
    const words = `${span}: ${countOf(each.overlaps, 'overlap')} of ${findings(each.findings)}`;
    const short = formatDuration(1000 * min);
    return { key: String(at), label: max === null ? `${short}+` : short, count: each.overlaps, words, chosen };
  });
}

/** The bounds of a class of lengths, in seconds; the last class has no upper one. */
export function lengthRange(at: number): { min: number; max: number | null } {
  return { min: LENGTH_BOUNDS[at] ?? 0, max: LENGTH_BOUNDS[at + 1] ?? null };
}

/** Where a length lies among the classes: 4.5 is the middle of the fifth. */
export function lengthPlace(seconds: number): number {
  const at = LENGTH_BOUNDS.findLastIndex((bound) => bound <= seconds);
  const { min, max } = lengthRange(at);
  return at + (max === null ? 0 : (seconds - min) / (max - min));
}

/** The 24 hours of the day in a zone, also those in which nothing goes on. */
export function hourMarks({ values }: FacetCounts, filter: FindingsFilter, zone: string): Mark[] {
  const hours = (filter.hoursIn ?? 'UTC') === zone ? filter.hours : undefined;
  return Array.from({ length: 24 }, (_, hour) => {
    const count = values.find(({ value }) => value === String(hour))?.findings ?? 0;
    const words = `${hourInWords(hour)} ${zone}: overlaps of ${findings(count)}`;
    return { key: String(hour), label: String(hour), count, words, chosen: hours?.includes(hour) ?? false };
  });
}

/** The bars of a facet with values, in the order in which the engine counts them. */
export function valueMarks({ values }: FacetCounts, chosen: readonly string[] = []): Mark[] {
  return values.map(({ value, findings: count }) => {
    const label = value === '' ? (NOTHING.countries ?? '') : visibleText(value);
    return { key: value, label, count, words: `${label}: ${findings(count)}`, chosen: chosen.includes(value) };
  });
}

/** So many bars, each high enough to be pressed, fit below one another. */
const ROWS = 6;

/** The first of the bars, and the chosen ones in any case as far as they fit. */
export function fewest(marks: readonly Mark[]): Mark[] {
  const kept = new Set([...marks.filter(({ chosen }) => chosen), ...marks].slice(0, ROWS));
  return marks.filter((mark) => kept.has(mark));
}
