/**
 * A case handed over as one file (docs/handover.md): findings, what they were computed from, decisions and the log records
 * of the flagged users, to be opened without the log.
 */
import * as v from 'valibot';
import { FindingsFilter } from './findings-filter';
import { JournalRecord, RECORDS_AT_ONCE } from './handed-over';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Short = v.pipe(v.string(), v.maxLength(1000));

const Id = v.pipe(v.string(), v.maxLength(100));
const Records = v.pipe(v.array(JournalRecord), v.maxLength(RECORDS_AT_ONCE));

export const handoverMethods = {
  /** The decisions that the next hand-over is to hold, some at a time; `first` forgets those told before. */
  'handover.decisions': {
    params: v.strictObject({ records: Records, first: v.boolean() }),
    result: v.null(),
  },
  /**
   * Writes what is open into a hand-over file in the engine's private folder, to be fetched by `handover.piece`: all flagged
   * users with every decision told, or those that the filter lets through, with the decisions about them.
   */
  'handover.write': {
    params: v.strictObject({
      case: v.nullable(v.strictObject({ id: Short, name: Short })),
      filter: v.optional(FindingsFilter),
    }),
    progress: v.object({ done: Count, total: Count }),
    result: v.object({
      id: Id,
      bytes: Count,
      sha256: v.string(),
      findings: Count,
      decisions: Count,
      records: Count,
      withoutText: Count,
    }),
  },
  /** Some bytes of it from `offset` on; none at its end. */
  'handover.piece': {
    params: v.strictObject({ id: Id, offset: Count }),
    result: v.object({ bytes: v.custom<Uint8Array>((value) => value instanceof Uint8Array) }),
  },
  /** Forgets the file. */
  'handover.drop': { params: v.strictObject({ id: Id }), result: v.null() },
  /** The decisions in the hand-over that is open, some at a time: start with cursor 0 and go on until `next` is null. */
  'handover.records': {
    params: v.strictObject({ cursor: Count }),
    result: v.object({ records: Records, next: v.nullable(Count) }),
  },
};
