/**
 * Which findings to show, count, chart or export: one filter, the same for all of them. Every condition is optional; a
 * finding must meet them all, and of a list any one entry.
 */
import * as v from 'valibot';
import { Status, VERDICTS } from './decisions';
import { ZoneText } from './time-zone';

const Ms = v.pipe(v.number(), v.safeInteger());
const Seconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const Entry = v.pipe(v.string(), v.maxLength(1000));
const list = <S extends v.GenericSchema>(entry: S) => v.pipe(v.array(entry), v.minLength(1), v.maxLength(10_000));

/** The entry of the filter's `notes` for a finding with a note. */
const WITH_NOTES = 'with notes';

/** How many findings can be named one by one. */
const MOST_IDS = 100_000;

export const FindingsFilter = v.strictObject({
  /** Part of the user, of a source IP in an overlap, of a session id, of a device's host name, of an application that they were let to, or of a tag, ignoring case. */
  text: v.optional(v.pipe(v.string(), v.maxLength(500))),
  /** A finding that nobody has touched is new. */
  status: v.optional(list(Status)),
  /** Empty text: no verdict yet. */
  verdict: v.optional(list(v.picklist(['', ...VERDICTS]))),
  /** Empty text: no tag. */
  tags: v.optional(list(Entry)),
  /** Empty text: nobody. */
  assignee: v.optional(list(Entry)),
  /** Whether anybody has written a note about it; empty text: nobody has. */
  notes: v.optional(list(v.picklist(['', WITH_NOTES]))),
  /** Country codes of the user's records; empty text: the log has none. */
  countries: v.optional(list(Entry)),
  /** Host names of the user's records; empty text: the log has none. */
  devices: v.optional(list(Entry)),
  // The next five are about one overlap: the user must have one that meets them all.
  /** Source IPs, of either side. */
  ips: v.optional(list(Entry)),
  /** Blocks of source IPs, of either side, as ip-block.ts writes them. */
  ipBlocks: v.optional(list(Entry)),
  /** It goes on at some time of [from, to); epoch ms, null = no bound. */
  time: v.optional(v.strictObject({ from: v.nullable(Ms), to: v.nullable(Ms) })),
  /** Its length is within [min, max), in seconds; null = no bound. */
  lengthSeconds: v.optional(v.strictObject({ min: v.nullable(Seconds), max: v.nullable(Seconds) })),
  /** It goes on in one of these hours of the day. */
  hours: v.optional(list(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(23)))),
  /** The time zone that the hours are of; UTC where it is absent. No condition of its own. */
  hoursIn: v.optional(ZoneText),
  /** These findings and no others. */
  ids: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(MOST_IDS))),
});
export type FindingsFilter = v.InferOutput<typeof FindingsFilter>;

export const FINDING_SORTS = [
  'DstUserName',
  'distinctIps',
  'maxConcurrentIps',
  'overlapCount',
  'overlapSeconds',
  'firstOverlap',
  'lastOverlap',
  'countries',
  'status',
  'verdict',
  'assignee',
  'tags',
  'notes',
] as const;

/** The order of a list: by one of its columns. */
export const sortBy = <C extends readonly [string, ...string[]]>(columns: C) =>
  v.strictObject({ by: v.picklist(columns), descending: v.boolean() });
export const FindingSort = sortBy(FINDING_SORTS);
export type FindingSort = v.InferOutput<typeof FindingSort>;

/**
 * A list of findings. A list that depends on decisions is worked out once for each `edition`, any number, and stays as it
 * is while they change: asking with another number gives it as the decisions are now.
 */
export const FINDINGS_LIST = {
  sort: v.optional(FindingSort),
  filter: v.optional(FindingsFilter),
  edition: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
};

/** What is about decisions, and so changes with them: these orders and these conditions. */
const DECISION_SORTS: readonly FindingSort['by'][] = ['status', 'verdict', 'assignee', 'tags', 'notes'];
const DECISION_CONDITIONS: readonly (keyof FindingsFilter)[] = [
  'text',
  'status',
  'verdict',
  'tags',
  'assignee',
  'notes',
];

/** Whether decisions change which findings a list has, or their order. */
export function asksForDecisions({
  sort,
  filter,
}: {
  sort?: FindingSort | undefined;
  filter?: FindingsFilter | undefined;
}): boolean {
  if (sort && DECISION_SORTS.includes(sort.by)) return true;
  return filter !== undefined && DECISION_CONDITIONS.some((condition) => filter[condition] !== undefined);
}
