/**
 * How many findings each value of a facet has, as somebody sees before choosing it. The counts of a facet are of the
 * findings that all other conditions of the filter let through: its own condition is left out, so that what is chosen
 * can be widened.
 */
import * as v from 'valibot';
import { FindingsFilter } from './findings-filter';
import { ZoneText } from './time-zone';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Each is the list condition of that name in a FindingsFilter. */
export const FACETS = ['status', 'verdict', 'countries', 'ipBlocks', 'devices', 'tags', 'assignee', 'notes'] as const;
export type Facet = (typeof FACETS)[number];

/** How many values at most are told of one facet. */
const MOST_VALUES = 1000;
const Top = v.pipe(Count, v.minValue(1), v.maxValue(MOST_VALUES));

export const FacetCounts = v.object({
  /** The most frequent first, then the chosen ones that are not among them. Empty text: as in the filter. */
  values: v.array(v.object({ value: v.string(), findings: Count })),
  /** How many more values there are. */
  more: Count,
});
export type FacetCounts = v.InferOutput<typeof FacetCounts>;

/** The bounds of the classes of overlap length, in seconds, about evenly apart on a logarithmic scale; the last is open. */
export const LENGTH_BOUNDS = [0, 10, 60, 300, 900, 3600, 14_400, 86_400, 604_800] as const;

export const Overview = v.object({
  /** One for each of LENGTH_BOUNDS: the overlaps at least so long and shorter than the next, and the findings that have one. */
  lengths: v.array(v.object({ overlaps: Count, findings: Count })),
  /** The source IPs in the overlaps of most findings. */
  ips: FacetCounts,
  countries: FacetCounts,
  /** Hours of the day, as text, in which overlaps of most findings go on. */
  hours: FacetCounts,
});
export type Overview = v.InferOutput<typeof Overview>;

export const facetMethods = {
  /** What the findings have in common, each part as a facet is counted: without its own condition. `timeZone`: of the hours. */
  'overview.get': {
    params: v.strictObject({ filter: v.optional(FindingsFilter), timeZone: v.optional(ZoneText) }),
    result: Overview,
  },
  /** For each facet asked for, its `top` most frequent values. */
  'findings.facets': {
    params: v.strictObject({
      filter: v.optional(FindingsFilter),
      top: v.strictObject(v.entriesFromList(FACETS, v.optional(Top))),
    }),
    result: v.object(v.entriesFromList(FACETS, v.optional(FacetCounts))),
  },
} as const;
