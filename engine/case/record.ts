import * as v from 'valibot';
import {
  Assignee,
  Author,
  DecisionTime,
  FindingId,
  NoteText,
  RecordId,
  Status,
  Subject,
  Tag,
  Verdict,
} from '../../shared/decisions';
import type { Activity, Change } from '../../shared/decisions';
import { DoppelError } from '../../shared/errors';

/** The version of the lines that this Doppel writes. Lines of others are kept and not applied. */
export const VERSION = 1;
/** What the first line of a journal follows. */
export const NO_LINE = '0'.repeat(64);
/** A longer line cannot be ours. */
export const LONGEST_LINE = 4 * 1024 * 1024;

const Seal = v.pipe(v.string(), v.length(64));

/** The first line of a journal. `case` ties the other files of the folder to it. */
export const Header = v.object({
  v: v.literal(VERSION),
  kind: v.literal('doppel.case'),
  case: RecordId,
  ts: DecisionTime,
  prev: v.literal(NO_LINE),
});
export type Header = v.InferOutput<typeof Header>;

/** `set` as it is written: every note has its id. */
const Set = v.looseObject({
  status: v.optional(Status),
  verdict: v.optional(v.nullable(Verdict)),
  assignee: v.optional(v.nullable(Assignee)),
  addTags: v.optional(v.array(Tag)),
  removeTags: v.optional(v.array(Tag)),
  note: v.optional(v.object({ id: RecordId, text: v.nullable(NoteText) })),
});

/**
 * One decision about one finding, as it lies in the journal and in the snapshot. Members that this version does not
 * know stay with it. `ts` and `id` order decisions: of two that set the same thing, the greater (ts, id) holds.
 */
export const DecisionRecord = v.looseObject({
  v: v.literal(VERSION),
  id: RecordId,
  /** The id of the first record of those that were acknowledged together, and how many they are. */
  batch: RecordId,
  of: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  ts: DecisionTime,
  author: Author,
  finding: FindingId,
  set: Set,
  /** Whom the finding is about, where that was not known before. */
  subject: v.optional(Subject),
  undoes: v.optional(RecordId),
  /** The seal of the line before it; absent until it has a line. */
  prev: v.optional(Seal),
});
export type DecisionRecord = v.InferOutput<typeof DecisionRecord>;

/** What any line of a journal must have, whatever its version, for its place in the chain to be judged. */
export const Link = v.looseObject({
  prev: Seal,
  batch: RecordId,
  of: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  id: RecordId,
});
export type Link = v.InferOutput<typeof Link>;

/** Decisions that came from elsewhere. Throws `bad-params` where one is not as it should be. */
export function decisionRecords(values: readonly unknown[]): DecisionRecord[] {
  return values.map((value) => {
    const result = v.safeParse(DecisionRecord, value);
    if (result.success) return result.output;
    throw new DoppelError('bad-params', 'A decision in the hand-over is not as it should be; none of them was taken.');
  });
}

/** The record without the members that tie it to one place of one journal. */
export function unlinked(record: DecisionRecord): DecisionRecord {
  const { prev: _prev, h: _h, ...rest } = record;
  return rest;
}

/** The record as the activity log shows it: without its seal, its subject and what later versions may add. */
export function activityOf(record: DecisionRecord): Activity {
  const { id, batch, of, ts, author, finding, set, undoes } = record;
  return { id, batch, of, ts, author, finding, set: knownChange(set), ...(undoes !== undefined && { undoes }) };
}

function knownChange({ status, verdict, assignee, addTags, removeTags, note }: DecisionRecord['set']): Change {
  return {
    ...(status !== undefined && { status }),
    ...(verdict !== undefined && { verdict }),
    ...(assignee !== undefined && { assignee }),
    ...(addTags !== undefined && { addTags }),
    ...(removeTags !== undefined && { removeTags }),
    ...(note !== undefined && { note }),
  };
}
