/**
 * What an analyst says about findings, as it goes over the wire. How it is kept on disk: engine/case.
 * The verdicts are Microsoft Sentinel's incident classifications, so that a case can be handed over to Sentinel.
 */
import * as v from 'valibot';
import { CaseHolder, CaseName, KnownCase } from './cases';
import { PseudonymKey } from './pseudonyms';
import { JournalRecord, RECORDS_AT_ONCE } from './handed-over';

export const STATUSES = ['new', 'in progress', 'closed'] as const;
export const Status = v.picklist(STATUSES);
export type Status = v.InferOutput<typeof Status>;

export const VERDICTS = [
  'true positive',
  'benign positive',
  'false positive: incorrect alert logic',
  'false positive: inaccurate data',
  'undetermined',
] as const;
export const Verdict = v.picklist(VERDICTS);
export type Verdict = v.InferOutput<typeof Verdict>;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Epoch ms within the years 1990 to 2100, like every time in Doppel. */
export const DecisionTime = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(631_152_000_000),
  v.maxValue(4_102_444_800_000),
);
export const FindingId = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
export const RecordId = v.pipe(v.string(), v.uuid());
export const NoteText = v.pipe(v.string(), v.minLength(1), v.maxLength(20_000));
export const Tag = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const Tags = v.pipe(v.array(Tag), v.maxLength(50));
export const Assignee = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
/** Why a finding that was decided about is not among the findings: its user is in the log and not flagged, or not in it, or not known. */
export const GONE_REASONS = ['not-flagged', 'not-in-log', 'user-unknown'] as const;
export type GoneReason = (typeof GONE_REASONS)[number];

export const Author = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));

/** How many source IPs are told of a subject. */
export const MOST_SUBJECT_IPS = 20;
/** Whom a finding is about, as it was when something was decided: what is left to show once a finding is gone. */
export const Subject = v.object({
  /** The user key. */
  user: v.pipe(v.string(), v.maxLength(10_000)),
  DstUserName: v.pipe(v.string(), v.maxLength(10_000)),
  /** Of the overlaps, sorted; the first of them where there are many. */
  ips: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(MOST_SUBJECT_IPS)),
  distinctIps: Count,
});
export type Subject = v.InferOutput<typeof Subject>;

/** What a decision changes; what is absent stays as it is. A finding is closed only with a verdict. */
export const Change = v.pipe(
  v.strictObject({
    status: v.optional(Status),
    verdict: v.optional(v.nullable(Verdict)),
    assignee: v.optional(v.nullable(Assignee)),
    addTags: v.optional(Tags),
    removeTags: v.optional(Tags),
    /** Without an id: a new note. With one: that note's new text, or null to take it away. */
    note: v.optional(v.strictObject({ id: v.optional(RecordId), text: v.nullable(NoteText) })),
  }),
  v.check((change) => Object.keys(change).length > 0, 'nothing to change'),
  v.check(
    (change) => change.note === undefined || change.note.text !== null || change.note.id !== undefined,
    'which note?',
  ),
);
export type Change = v.InferOutput<typeof Change>;

export const Note = v.object({ id: v.string(), text: v.string(), author: v.string(), ts: DecisionTime });
export type Note = v.InferOutput<typeof Note>;

/** All that has been decided about one finding. A finding nobody has touched is new and has no such state. */
export const FindingState = v.object({
  finding: v.string(),
  status: Status,
  verdict: v.nullable(Verdict),
  assignee: v.nullable(v.string()),
  /** Sorted. */
  tags: v.array(v.string()),
  /** Oldest first; a note that was edited counts from its last edit. */
  notes: v.array(Note),
  /** The latest decision about it. */
  changedAt: DecisionTime,
  changedBy: v.string(),
  /** Absent where it was never told. */
  subject: v.optional(Subject),
});
export type FindingState = v.InferOutput<typeof FindingState>;

/** One line of the activity log: who changed what and when. Decisions made together share `batch`. */
export const Activity = v.object({
  id: RecordId,
  batch: RecordId,
  /** How many decisions the batch has. */
  of: Count,
  ts: DecisionTime,
  author: v.string(),
  finding: v.string(),
  set: Change,
  /** The decision that this one takes back. */
  undoes: v.optional(RecordId),
});
export type Activity = v.InferOutput<typeof Activity>;

/** What came of a decision: `batch` is what undo takes. */
export const Decided = v.object({ batch: RecordId, states: v.array(FindingState) });
export type Decided = v.InferOutput<typeof Decided>;

export const Draft = v.object({ finding: FindingId, text: v.pipe(v.string(), v.maxLength(20_000)) });
export type Draft = v.InferOutput<typeof Draft>;

export const CaseState = v.object({
  id: v.string(),
  /** The case folder's name. */
  name: v.string(),
  /** Its absolute path. */
  folder: v.string(),
  /** Who decides where a decision does not say: the user of the operating system. */
  author: v.string(),
  createdAt: DecisionTime,
  decisions: Count,
  findings: Count,
  /** Null while decisions can be saved; else why they cannot, and the remedy. */
  readOnly: v.nullable(v.string()),
  /** Who else has it open, where that is why. */
  heldBy: v.nullable(CaseHolder),
  /** What was not as it should be when the case was opened, in words. */
  warnings: v.array(v.string()),
  drafts: v.array(Draft),
});
export type CaseState = v.InferOutput<typeof CaseState>;

const Findings = v.pipe(v.array(FindingId), v.minLength(1), v.maxLength(100_000));
const Limit = v.pipe(Count, v.minValue(1), v.maxValue(10_000));

/** The case that the caller believes to be open. Where it is another one by now, nothing is done: `other-case`. */
const CaseMeant = v.optional(RecordId);

/** The methods of the case process, in the form of contract.ts. */
export const caseMethods = {
  /** What is open. A case that was in use elsewhere is tried again by this. */
  'case.state': { params: v.strictObject({}), result: CaseState },
  'cases.list': { params: v.strictObject({}), result: v.array(KnownCase) },
  /** Opens a known case in place of the one that is open, for every page; where that fails, all stays as it is. */
  'cases.open': { params: v.strictObject({ id: v.pipe(v.string(), v.maxLength(100)) }), result: CaseState },
  /** Makes a case in the user's data folder and opens it. */
  'cases.make': { params: v.strictObject({ name: CaseName }), result: CaseState },
  /** The key of the pseudonyms of this case (shared/pseudonyms.ts), which is kept nowhere else. */
  'case.pseudonyms': { params: v.strictObject({}), result: v.object({ key: PseudonymKey }) },
  /** A half-typed note; an empty text forgets it. The page sends it at most a second after a key. */
  'case.draft': { params: v.strictObject({ ...Draft.entries, case: CaseMeant }), result: v.null() },
  /**
   * Makes one change to every finding named, all or none; answers once it is on disk. `author`: who decides, where it is not
   * the user of the operating system. `subjects`: whom the findings are about, by finding, where the caller knows it.
   */
  'decisions.make': {
    params: v.strictObject({
      findings: Findings,
      change: Change,
      author: v.optional(Author),
      subjects: v.optional(v.record(FindingId, Subject)),
      case: CaseMeant,
    }),
    result: Decided,
  },
  /** Restores what the decisions of that batch changed, by new decisions; undoing an undo brings them back. */
  'decisions.undo': {
    params: v.strictObject({ batch: RecordId, author: v.optional(Author), case: CaseMeant }),
    result: Decided,
  },
  /**
   * What has been decided, by finding, a page at a time: start with cursor 0 and go on with `next` until it is null. A page
   * holds fewer states than `limit` where they are large.
   */
  'decisions.page': {
    params: v.strictObject({ cursor: Count, limit: Limit }),
    result: v.object({ states: v.array(FindingState), next: v.nullable(Count) }),
  },
  /** Decisions as the journal has them, some at a time: to be handed over. */
  'decisions.records': {
    params: v.strictObject({ cursor: Count }),
    result: v.object({ records: v.array(JournalRecord), next: v.nullable(Count) }),
  },
  /**
   * Takes over decisions that were handed over, those that are not here yet. Answers once they are on disk. `look`: only
   * counts those that would be taken.
   */
  'decisions.take': {
    params: v.strictObject({
      records: v.pipe(v.array(JournalRecord), v.maxLength(RECORDS_AT_ONCE)),
      look: v.optional(v.boolean()),
      case: CaseMeant,
    }),
    result: v.object({ taken: Count, states: v.array(FindingState) }),
  },
  'decisions.get': { params: v.strictObject({ findings: Findings }), result: v.array(FindingState) },
  /** The activity log of one finding, or of the whole case; newest first. */
  'activity.page': {
    params: v.strictObject({ finding: v.optional(FindingId), offset: Count, limit: Limit }),
    result: v.object({ total: Count, rows: v.array(Activity) }),
  },
} as const;

/** What the case process tells every page but the one that did it. */
export const caseEvents = {
  /** Decisions were made or taken back: the states as they are now. Many come in several events. */
  'decisions.changed': v.object({ states: v.array(FindingState) }),
  /** A half-typed note; an empty text: there is none any more. */
  'case.drafted': Draft,
  /** Another case is open now. */
  'case.opened': CaseState,
  /** The case that a shell was asked to open could not be; the one that was open still is. For people. */
  'case.refused': v.object({ problem: v.string() }),
} as const;
