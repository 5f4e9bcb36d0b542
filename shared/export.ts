/** What is written as CSV: the queue, its overlaps, and the log records of its users. */
import * as v from 'valibot';
import { FINDINGS_LIST } from './findings-filter';
import { PseudonymKey } from './pseudonyms';
import { ZoneText } from './time-zone';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const User = v.pipe(v.string(), v.maxLength(10_000));

/** How CSV is written: `timeZone` is that of its times, with their distance from UTC; UTC where none is named. */
const csv = { raw: v.boolean(), cursor: Count, timeZone: v.optional(ZoneText) };

/** The columns of the queue in CSV, in the order in which they come where nothing else is asked for. */
export const QUEUE_COLUMNS = [
  'FindingId',
  'DstUserName',
  'DistinctIps',
  'MaxConcurrentIps',
  'Overlaps',
  'OverlapSeconds',
  'Countries',
  'FirstOverlap',
  'LastOverlap',
  'Status',
  'Verdict',
  'Assignee',
  'Tags',
  'Notes',
  'ChangedAt',
  'ChangedBy',
] as const;
export type QueueColumn = (typeof QUEUE_COLUMNS)[number];

/** A part of a CSV text, where the next one begins (null after the last), and the rows up to its end and of the whole, without the header. */
const CsvPiece = v.object({ text: v.string(), next: v.nullable(Count), done: Count, total: Count });

export const exportMethods = {
  /** The rows that the table shows, in its order and with its columns, with decisions and notes: CSV in pieces, as export.csv. */
  'export.findings': {
    params: v.strictObject({
      ...FINDINGS_LIST,
      columns: v.optional(
        v.pipe(v.array(v.picklist(QUEUE_COLUMNS)), v.minLength(1), v.maxLength(QUEUE_COLUMNS.length)),
      ),
      ...csv,
      pseudonyms: v.optional(PseudonymKey),
    }),
    result: CsvPiece,
  },
  /**
   * The overlaps of the findings that the table shows, in the table's order, as CSV text, a piece at a time.
   * Start with cursor 0 (that piece holds the header) and go on with `next` until it is null.
   */
  'export.csv': {
    params: v.strictObject({
      ...FINDINGS_LIST,
      ...csv,
      pseudonyms: v.optional(PseudonymKey),
    }),
    result: CsvPiece,
  },
  /**
   * The log records of the users whom the table shows, or of one user who need not be flagged, in the order in which they
   * stand in the files: CSV in pieces, as export.csv.
   */
  'export.records': {
    params: v.strictObject({ ...FINDINGS_LIST, user: v.optional(User), ...csv }),
    result: CsvPiece,
  },
} satisfies Record<string, { params: v.GenericSchema; result: v.GenericSchema }>;
