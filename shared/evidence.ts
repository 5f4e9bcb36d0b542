/** The records behind what is shown, as they stand in the files that were read. */
import * as v from 'valibot';
import { ACTIONS, REJECT_REASONS } from './domain';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Ms = v.pipe(v.number(), v.safeInteger());
const Text = v.pipe(v.string(), v.maxLength(10_000));

/** Why the text of a record is not shown. */
export const RAW_PROBLEMS = ['file-changed', 'file-missing', 'file-unreadable'] as const;
export type RawProblem = (typeof RAW_PROBLEMS)[number];

/** Which records of a user: those whose time or connection touches the span, from these source IPs, of this session. */
export const EvidenceOf = v.strictObject({
  user: Text,
  from: v.optional(Ms),
  to: v.optional(Ms),
  /** One or two, as an overlap has; any when not given. */
  ips: v.optional(v.pipe(v.array(Text), v.minLength(1), v.maxLength(2))),
  /** Null: records without one. Any when not given. */
  session: v.optional(v.nullable(Text)),
});
export type EvidenceOf = v.InferOutput<typeof EvidenceOf>;

/** A record as it stands in its file. */
const raw = {
  /** From 1, as an editor counts. */
  line: Count,
  /** The byte at which it starts; null where the file is packed or is not UTF-8. */
  offset: v.nullable(Count),
  /** Its text, at most 64 kB of it (of a rejected record REJECTED_BYTES); null when there is a problem. */
  raw: v.nullable(v.string()),
  isCut: v.boolean(),
  problem: v.nullable(v.picklist(RAW_PROBLEMS)),
};

export const EvidenceRecord = v.object({
  file: v.string(),
  ...raw,
  /** What its text was written from, such as `Parquet`: such a file holds no text, and `line` is the row. Null: it is the file's own. */
  writtenFrom: v.nullable(v.string()),
  time: Ms,
  action: v.picklist(ACTIONS),
  SrcIpAddr: v.string(),
  sessionId: v.nullable(v.string()),
});
export type EvidenceRecord = v.InferOutput<typeof EvidenceRecord>;

/** More of the text of a rejected record is not given. */
export const REJECTED_BYTES = 2048;

/** A record that Doppel could not understand; `path` is the file as the user named it. */
export const Rejected = v.object({ path: v.string(), reason: v.picklist(REJECT_REASONS), ...raw });
export type Rejected = v.InferOutput<typeof Rejected>;

export const evidenceMethods = {
  /** By time. */
  'evidence.page': {
    params: v.strictObject({ of: EvidenceOf, offset: Count, limit: v.pipe(Count, v.maxValue(200)) }),
    result: v.object({ total: Count, rows: v.array(EvidenceRecord) }),
  },
  /** By file and line. */
  'rejected.page': {
    params: v.strictObject({ offset: Count, limit: v.pipe(Count, v.maxValue(1000)) }),
    result: v.object({ total: Count, rows: v.array(Rejected) }),
  },
};
