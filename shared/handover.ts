/**
 * A case handed over as one file (docs/handover.md): findings, what they were computed from, decisions and the log records
 * of the flagged users, to be opened without the log.
 */
import * as v from 'valibot';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Ms = v.pipe(v.number(), v.safeInteger());
const Short = v.pipe(v.string(), v.maxLength(1000));

/** What is told of a hand-over that is open. */
export const HandedOver = v.object({
  /** The file, as the user named it. */
  name: v.string(),
  at: Ms,
  by: Short,
  /** The version of Doppel that wrote it. */
  doppel: Short,
  /** The case that the decisions are from. */
  case: v.nullable(v.object({ id: Short, name: Short })),
  /** How many decisions came with it, and by whom they are. */
  decisions: Count,
  authors: v.array(Short),
  /** Log records in it: all of the flagged users. */
  records: Count,
  /** Those of which the text could not be read when it was written. */
  withoutText: Count,
  /** The log itself is open, and its bytes are those that were handed over. */
  isAttached: v.boolean(),
});
export type HandedOver = v.InferOutput<typeof HandedOver>;

/** A decision as the journal of a case has it; only the case process looks into it. */
export const JournalRecord = v.looseObject({ id: v.pipe(v.string(), v.maxLength(100)), author: Short, finding: Short });
export type JournalRecord = v.InferOutput<typeof JournalRecord>;

/** As many as one message can take, whatever notes they hold. */
export const RECORDS_AT_ONCE = 20;
const Id = v.pipe(v.string(), v.maxLength(100));
const Records = v.pipe(v.array(JournalRecord), v.maxLength(RECORDS_AT_ONCE));

export const handoverMethods = {
  /** The decisions that the next hand-over is to hold, some at a time; `first` forgets those told before. */
  'handover.decisions': {
    params: v.strictObject({ records: Records, first: v.boolean() }),
    result: v.null(),
  },
  /** Writes what is open into a hand-over file in the engine's private folder, to be fetched by `handover.piece`. */
  'handover.write': {
    params: v.strictObject({ case: v.nullable(v.strictObject({ id: Short, name: Short })) }),
    progress: v.object({ done: Count, total: Count }),
    result: v.object({ id: Id, bytes: Count, sha256: v.string(), records: Count, withoutText: Count }),
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
