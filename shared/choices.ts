/** What an analyst can decide about how a file is read, and what Doppel took where nobody decided. */
import * as v from 'valibot';

/** What a column can hold, in the order in which people are asked, with the word for people and the one for `--map`. */
export const MAPPED_FIELDS = [
  'user',
  'sourceIp',
  'time',
  'action',
  'sessionId',
  'connectionId',
  'connectionStart',
  'connectionEnd',
  'country',
  'city',
  'deviceHostname',
  'platform',
  'clientType',
  'application',
  'closeReason',
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

export const FIELD_WORDS: Record<MappedField, { words: string; option: string }> = {
  user: { words: 'user', option: 'user' },
  sourceIp: { words: 'source IP', option: 'ip' },
  time: { words: 'time', option: 'time' },
  action: { words: 'action', option: 'action' },
  sessionId: { words: 'session id', option: 'session' },
  connectionId: { words: 'connection id', option: 'connection' },
  connectionStart: { words: 'connection start', option: 'start' },
  connectionEnd: { words: 'connection end', option: 'end' },
  country: { words: 'country', option: 'country' },
  city: { words: 'city', option: 'city' },
  deviceHostname: { words: 'device', option: 'device' },
  platform: { words: 'platform', option: 'platform' },
  clientType: { words: 'client type', option: 'client' },
  application: { words: 'application', option: 'application' },
  closeReason: { words: 'close reason', option: 'reason' },
};

export const DATE_ORDERS = ['day-first', 'month-first'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

const Column = v.pipe(v.string(), v.maxLength(10_000));

const SHAPE = v.pipe(v.string(), v.maxLength(100));

/** What somebody decided about one file; what is left out Doppel takes as the content has it. */
const OwnChoices = v.strictObject({
  /** The column of a field; null: none of them. Other fields keep the columns that Doppel knows by name. */
  mapping: v.optional(v.record(v.picklist(MAPPED_FIELDS), v.nullable(Column))),
  /** Whether the first row of a CSV file names the columns. Without names they are `column 1`, `column 2` and so on. */
  header: v.optional(v.boolean()),
  /** IANA name or offset (shared/time-zone.ts) of the times that do not name their zone. */
  timeZone: v.optional(v.pipe(v.string(), v.maxLength(100))),
  /** The order in dates such as 3/2/2026. */
  dateOrder: v.optional(v.picklist(DATE_ORDERS)),
});

/** The same about all that lies in a folder or an archive. */
export const Choices = v.strictObject({
  ...OwnChoices.entries,
  /** What goes before that for files of one shape. */
  byShape: v.optional(v.record(SHAPE, OwnChoices)),
});
export type Choices = v.InferOutput<typeof Choices>;

/** What is chosen for the files of one shape among those that came out of one file, beside what was chosen for others. */
export function withShape(
  { byShape, ...own }: Choices,
  shape: string,
  { byShape: _none, ...chosen }: Choices,
): Choices {
  return { ...own, byShape: { ...byShape, [shape]: chosen } };
}

/** True when nobody decided anything. */
export function isDefault({ mapping, header, timeZone, dateOrder }: Choices): boolean {
  const isMapped = Object.keys(mapping ?? {}).length > 0;
  return !isMapped && header === undefined && timeZone === undefined && dateOrder === undefined;
}

/** `user from "Account", first row is a record, times in Europe/Berlin`. */
export function choicesInWords({ mapping = {}, header, timeZone, dateOrder }: Choices): string {
  const parts = MAPPED_FIELDS.flatMap((field) => {
    const column = mapping[field];
    if (column === undefined) return [];
    return [`${FIELD_WORDS[field].words} from ${column === null ? 'no column' : `"${column}"`}`];
  });
  if (header !== undefined) parts.push(header ? 'the first row names the columns' : 'the first row is a record');
  if (dateOrder !== undefined)
    parts.push(dateOrder === 'day-first' ? 'dates are day/month/year' : 'dates are month/day/year');
  if (timeZone !== undefined) parts.push(`times without a zone are ${timeZone}`);
  return parts.length === 0 ? 'nothing chosen' : parts.join(', ');
}

/** Whether both read a file the same way, in whichever order they were made. */
export function sameChoices(a: Choices, b: Choices): boolean {
  const inOrder = ({ mapping = {}, header, timeZone, dateOrder }: Choices): string =>
    JSON.stringify([
      MAPPED_FIELDS.filter((each) => each in mapping).map((each) => [each, mapping[each]]),
      header,
      timeZone,
      dateOrder,
    ]);
  return inOrder(a) === inOrder(b);
}

/**
 * One thing that was taken for granted about a file, or chosen, in words. `open`: it could as well be otherwise.
 * `ofCollection`: it only matters for records without a time of their own.
 */
export const ReadingNote = v.object({
  about: v.picklist(['columns', 'dates', 'time-zone']),
  text: v.string(),
  sure: v.picklist(['chosen', 'certain', 'open']),
  ofCollection: v.optional(v.literal(true)),
});
export type ReadingNote = v.InferOutput<typeof ReadingNote>;

/** How a file is read. */
export const Reading = v.object({
  /** The columns that can be mapped, in order; empty where the format itself says what is what. */
  columns: v.array(v.string()),
  /** The column that each field is read from, as far as there are such columns. */
  mapping: v.record(v.picklist(MAPPED_FIELDS), v.string()),
  /** Columns that look as if they were these fields, for those that nothing is read from. */
  guesses: v.record(v.picklist(MAPPED_FIELDS), v.string()),
  /** Whether the first row names the columns; null where the file is no CSV. */
  header: v.nullable(v.boolean()),
  /** Null where no date leaves its order open. */
  dateOrder: v.nullable(v.picklist(DATE_ORDERS)),
  /** Of times that do not name their zone. */
  timeZone: v.string(),
  /**
   * Equal for files with the same columns, or where the format itself says what is what, of the same format: a saved reading
   * fits those. Empty for what is neither.
   */
  shape: v.string(),
  choices: Choices,
  /** The saved reading that was taken because it is for files of this shape and nobody chose otherwise. */
  saved: v.optional(v.object({ name: v.string(), savedAt: v.number() })),
  notes: v.array(ReadingNote),
});
export type Reading = v.InferOutput<typeof Reading>;

/** Choices that are kept under a name, for files of the shape that they were made for: in a file of its own, or with the preferences. */
export const SavedReading = v.strictObject({
  schema: v.literal('doppel.mapping/1'),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  /** ms since 1970, UTC. */
  savedAt: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(8.64e15)),
  shape: SHAPE,
  choices: OwnChoices,
});
export type SavedReading = v.InferOutput<typeof SavedReading>;

/** How many rows a preview shows. */
export const PREVIEW_ROWS = 50;

/** The first rows of a file, as they are and as they are read. */
export const Preview = v.object({
  /** Null: nobody can tell yet what the columns are. */
  format: v.nullable(v.string()),
  recognisedBy: v.string(),
  reading: Reading,
  /** What the raw cells of the rows are. */
  columns: v.array(v.string()),
  rows: v.array(
    v.object({
      /** From 1, as an editor counts; null where nobody knows it yet. */
      line: v.nullable(v.number()),
      cells: v.array(v.string()),
      /** `event`, or the class or reason of shared/domain.ts; null where nothing was read. */
      outcome: v.nullable(v.string()),
      /** ms since 1970, UTC. */
      time: v.nullable(v.number()),
      action: v.nullable(v.string()),
      user: v.nullable(v.string()),
      SrcIpAddr: v.nullable(v.string()),
      sessionId: v.nullable(v.string()),
    }),
  ),
});
export type Preview = v.InferOutput<typeof Preview>;
