/** What comes with a hand-over (docs/handover.md): what is told of it, and the decisions in it. */
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
  /** What the detection had found in all, where only some of its flagged users were handed over; else null. */
  outOf: v.nullable(v.object({ findings: Count, overlaps: Count })),
  /** The log itself is open, and its bytes are those that were handed over. */
  isAttached: v.boolean(),
});
export type HandedOver = v.InferOutput<typeof HandedOver>;

/** A decision as the journal of a case has it; only the case process looks into it. */
export const JournalRecord = v.looseObject({ id: v.pipe(v.string(), v.maxLength(100)), author: Short, finding: Short });
export type JournalRecord = v.InferOutput<typeof JournalRecord>;

/** As many as one message can take, whatever notes they hold. */
export const RECORDS_AT_ONCE = 20;
