import * as v from 'valibot';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Ms = v.pipe(v.number(), v.safeInteger());

/** The condition of the intended rule (docs/detection.md) that decided about one user. */
const WHY_NOT_REASONS = [
  'flagged',
  /** Nothing proves presence: orphan closes alone, or open sessions that are left out. */
  'no-presence',
  'one-ip',
  /** The parameters' period leaves less than two source IPs. */
  'outside-period',
  /** Never at two source IPs at once: some time lies between. */
  'apart',
  /** One began at the very moment when the other ended, which is no overlap. */
  'touching',
  /** At two at once, but shorter than the minimum. */
  'too-short',
] as const;

/** Why one user is not flagged, with the values that decided it. */
export const WhyNot = v.object({
  user: v.string(),
  DstUserName: v.string(),
  reason: v.picklist(WHY_NOT_REASONS),
  records: Count,
  /** Close records that do not say when their connection began. */
  orphanCloses: Count,
  sessions: Count,
  /** Sessions without a close record. */
  openSessions: Count,
  /** Source IPs of the user's segments. */
  segmentIps: Count,
  /** Source IPs of the user's presence: those of the segments, cut to the parameters' period. */
  distinctIps: Count,
  /** Presence at two source IPs that came nearest to each other; null when there is only one. */
  nearest: v.nullable(
    v.object({
      PreviousSrcIpAddr: v.string(),
      previousEnd: Ms,
      SrcIpAddr: v.string(),
      start: Ms,
      /** How long both were there at once, in ms; 0 when never. */
      sharedMs: Count,
    }),
  ),
});
export type WhyNot = v.InferOutput<typeof WhyNot>;

/** A user of the log, flagged or not. */
export const ObservedUser = v.object({
  user: v.string(),
  DstUserName: v.string(),
  records: Count,
  /** Source IPs with presence. */
  distinctIps: Count,
  /** The id of the user's finding; null when the user is not flagged. */
  finding: v.nullable(v.string()),
});
export type ObservedUser = v.InferOutput<typeof ObservedUser>;
export const USER_SORTS = ['DstUserName', 'records', 'distinctIps'] as const;
