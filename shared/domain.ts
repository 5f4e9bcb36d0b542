import * as v from 'valibot';
import { CacheUse } from './cache';
import { ArchiveSummary, LeftOutSummary } from './sources';
import { Reading } from './choices';
import { HandedOver } from './handed-over';

/** The Sentinel analytic rule that Doppel grew out of (detection: docs/detection.md). */
export const RULE = {
  id: '40a98355-0e52-479f-8c91-4ab659cba878',
  name: 'Zscaler - Shared ZPA session',
  variant: 'intended',
  severity: 'High',
  tactics: ['InitialAccess'],
  techniques: ['T1078', 'T1133'],
} as const;

export const OPEN_SESSIONS = ['last-seen', 'log-end', 'ignore'] as const;
export type OpenSessions = (typeof OPEN_SESSIONS)[number];

/** A whole number of ms since 1970 in UTC, or a length in ms. */
const Ms = v.pipe(v.number(), v.safeInteger());
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** The parameters of the intended rule. Lengths and times in ms; null = no bound. */
export const Parameters = v.strictObject({
  /** Evidence of one session further apart than this belongs to two segments: session ids outlive re-authentication. */
  idleGapMs: v.pipe(Ms, v.minValue(0)),
  /** Shorter overlaps are dropped. */
  minOverlapMs: v.pipe(Ms, v.minValue(0)),
  /** Where a session without a close record ends. */
  openSessions: v.picklist(OPEN_SESSIONS),
  /** Presence before this time is cut off. */
  fromMs: v.nullable(Ms),
  /** Presence after this time is cut off. */
  toMs: v.nullable(Ms),
});
export type Parameters = v.InferOutput<typeof Parameters>;

export const DEFAULT_PARAMETERS: Parameters = {
  idleGapMs: 4 * 3_600_000,
  minOverlapMs: 0,
  openSessions: 'last-seen',
  fromMs: null,
  toMs: null,
};

/** Why a record that Doppel recognises is not an event. */
export const SET_ASIDE_CLASSES = [
  'blank-line',
  'connector-status',
  'audit',
  'other-log-type',
  'query-row',
  'no-user',
  'no-source-ip',
  'auth-failed',
  'unknown-action',
] as const;
export type SetAsideClass = (typeof SET_ASIDE_CLASSES)[number];

/** Why a line cannot be understood at all. */
export const REJECT_REASONS = [
  'not-json',
  'not-an-object',
  'not-a-log-line',
  'line-too-long',
  'not-utf8',
  'too-few-cells',
  'too-many-cells',
  'bad-quoting',
  'no-time',
  'time-out-of-range',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** What one input file came to. records = events + the sum of setAside + rejected, or `incomplete` says why not. */
export const InputSummary = v.object({
  name: v.string(),
  path: v.string(),
  /** Size of the file as it lies on disk. */
  bytes: Count,
  /** Of the file as it lies on disk, lower-case hex. */
  sha256: v.string(),
  /** The format's name for people, such as `LSS JSON lines, gzip`. */
  format: v.string(),
  /** What in the content made Doppel read it so. */
  recognisedBy: v.string(),
  /** How its columns and times are read, by choice or for want of one. */
  reading: Reading,
  /** The id of the file's handle; empty outside of a shell. */
  file: v.string(),
  records: Count,
  events: Count,
  setAside: v.record(v.picklist(SET_ASIDE_CLASSES), Count),
  rejected: Count,
  /** Of the events: close records of sessions of which the log has nothing else and no start. They prove nothing. */
  orphanCloses: Count,
  /** Of the events: those that are the same as an earlier one, of any input, in all that Doppel reads. */
  duplicates: Count,
  /** Undefined when every record is accounted for; else what is missing and where. */
  incomplete: v.optional(v.string()),
  /** What a specialist would warn about, in words. */
  warnings: v.array(v.string()),
});
export type InputSummary = v.InferOutput<typeof InputSummary>;

/** A log with more gaps than this lists the longest. */
export const COVERAGE_GAPS_LISTED = 200;

export const LogSummary = v.object({
  inputs: v.array(InputSummary),
  records: Count,
  events: Count,
  rejected: Count,
  orphanCloses: Count,
  duplicates: Count,
  /** What a specialist would warn about in the log as a whole, in words. */
  warnings: v.array(v.string()),
  /** Where the log itself is silent (docs/detection.md, "Coverage gaps"), by time; at most COVERAGE_GAPS_LISTED, the longest. */
  coverageGaps: v.array(v.object({ from: Ms, to: Ms })),
  /** Times of the earliest and latest event; null when there is no event. */
  firstEvent: v.nullable(Ms),
  lastEvent: v.nullable(Ms),
  /** The archives whose entries are among the inputs; absent when there are none. */
  archives: v.optional(v.array(ArchiveSummary)),
  /** When it was handed over in a file; absent for a log that was opened as such. */
  handedOver: v.optional(HandedOver),
  /** Whether it came out of a case's cache; absent where no cache has to do with it. */
  cache: v.optional(CacheUse),
  /** What was found in folders and archives and is no input; absent when there is nothing. */
  leftOut: v.optional(LeftOutSummary),
});
export type LogSummary = v.InferOutput<typeof LogSummary>;

/** What a run of the intended rule found. */
export const DetectionSummary = v.object({
  parameters: Parameters,
  users: Count,
  segments: Count,
  findings: Count,
  overlaps: Count,
  orphanCloses: Count,
  /** Users whose overlaps are counted in full but listed only up to OVERLAPS_LISTED_PER_USER. */
  cappedUsers: Count,
  /** When there are no findings: why, in words. */
  whyNone: v.array(v.string()),
});
export type DetectionSummary = v.InferOutput<typeof DetectionSummary>;

/** Overlaps of one user beyond this many are counted, not listed. */
export const OVERLAPS_LISTED_PER_USER = 100_000;

/** One flagged user. */
export const Finding = v.object({
  id: v.string(),
  /** The user key: user name trimmed and lower-cased. */
  user: v.string(),
  /** As the user's earliest record spells it. */
  DstUserName: v.string(),
  distinctIps: Count,
  maxConcurrentIps: Count,
  overlapCount: Count,
  overlapSeconds: v.number(),
  firstOverlap: Ms,
  lastOverlap: Ms,
  /** Country codes of the user's records, sorted; empty when the log has none. */
  countries: v.array(v.string()),
});
export type Finding = v.InferOutput<typeof Finding>;

/** Two source IPs of one user that were present at once. `Previous` is the one that was there first. */
export const Overlap = v.object({
  id: v.string(),
  user: v.string(),
  DstUserName: v.string(),
  SrcIpAddr: v.string(),
  PreviousSrcIpAddr: v.string(),
  overlapStart: Ms,
  overlapEnd: Ms,
  overlapSeconds: v.number(),
  /** The first 50 of the sessions on each side; the counts are of all of them. */
  sessionIds: v.array(v.string()),
  previousSessionIds: v.array(v.string()),
  sessionIdCount: Count,
  previousSessionIdCount: Count,
});
export type Overlap = v.InferOutput<typeof Overlap>;

/** How the start of a segment is known: a record tells when its connection began, or it is the first record there is. */
export const STARTINGS = ['told', 'first-seen', 'handed-over'] as const;
export type Starting = (typeof STARTINGS)[number];

/** How the end of a segment is known: a close record, the last proof of presence, the end of the log, or it went on elsewhere. */
export const ENDINGS = ['closed', 'last-seen', 'log-end', 'handed-over'] as const;
export type Ending = (typeof ENDINGS)[number];

/** One stretch of one session at one source IP. */
export const Segment = v.object({
  user: v.string(),
  SrcIpAddr: v.string(),
  sessionId: v.string(),
  start: Ms,
  end: Ms,
  /** When it was last seen: the end, unless that is assumed. */
  lastSeen: Ms,
  starting: v.picklist(STARTINGS),
  ending: v.picklist(ENDINGS),
  records: Count,
});
export type Segment = v.InferOutput<typeof Segment>;

export const ACTIONS = ['open', 'active', 'close'] as const;
export type Action = (typeof ACTIONS)[number];

/** A record that Doppel understands, normalised (field names: the alias table in engine/ingest/fields.ts). */
export const LogEvent = v.object({
  time: Ms,
  action: v.picklist(ACTIONS),
  user: v.string(),
  SrcIpAddr: v.string(),
  sessionId: v.nullable(v.string()),
  connectionStart: v.nullable(Ms),
  connectionEnd: v.nullable(Ms),
  country: v.nullable(v.string()),
  city: v.nullable(v.string()),
  deviceHostname: v.nullable(v.string()),
  platform: v.nullable(v.string()),
  clientType: v.nullable(v.string()),
  application: v.nullable(v.string()),
  closeReason: v.nullable(v.string()),
  file: v.string(),
  line: Count,
});
export type LogEvent = v.InferOutput<typeof LogEvent>;
