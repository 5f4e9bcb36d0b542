/** One user's timeline, as columns that a canvas can draw. */
import * as v from 'valibot';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Ms = v.pipe(v.number(), v.safeInteger());
const User = v.pipe(v.string(), v.maxLength(10_000));
const bulk = <A>(type: new (...args: never[]) => A) => v.custom<A>((value) => value instanceof type);

/** Columns of one user's timeline. `lane` indexes `lanes`; times in ms. Segments are grouped by lane, by start within it. */
export const Timeline = v.object({
  user: v.string(),
  DstUserName: v.string(),
  /** One lane a source IP, by first presence. */
  lanes: v.array(
    v.object({
      SrcIpAddr: v.string(),
      countries: v.array(v.string()),
      network: v.picklist(['public', 'private', 'other']),
    }),
  ),
  segments: v.object({
    lane: bulk(Uint32Array),
    start: bulk(Float64Array),
    end: bulk(Float64Array),
    /** When it was last seen: the end, unless that is assumed. */
    lastSeen: bulk(Float64Array),
    /** Index into STARTINGS of domain.ts. */
    starting: bulk(Uint8Array),
    /** Index into ENDINGS of domain.ts. */
    ending: bulk(Uint8Array),
    records: bulk(Uint32Array),
  }),
  overlaps: v.object({
    lane: bulk(Uint32Array),
    previousLane: bulk(Uint32Array),
    start: bulk(Float64Array),
    end: bulk(Float64Array),
  }),
  /** The span of the user's presence; 0 and 0 when there is none. */
  from: Ms,
  to: Ms,
});
export type Timeline = v.InferOutput<typeof Timeline>;

/** Whose session each segment of the timeline is, in the order of its columns: `session` indexes `names`. A session without id is ''. */
export const TimelineSessions = v.object({ names: v.array(v.string()), session: bulk(Uint32Array) });
export type TimelineSessions = v.InferOutput<typeof TimelineSessions>;

/** Records of one user beyond this many are counted, not marked on the timeline. */
export const RECORDS_MARKED = 200_000;

/** When the user's records were written, by time; `lane` indexes `ips`. At most RECORDS_MARKED, the earliest. */
export const TimelineRecords = v.object({
  total: Count,
  ips: v.array(v.string()),
  lane: bulk(Uint32Array),
  time: bulk(Float64Array),
});
export type TimelineRecords = v.InferOutput<typeof TimelineRecords>;

/** What a stretch of time over some source IPs holds. */
export const AreaTotals = v.object({
  /** Records written in it. */
  records: Count,
  /** Segments of which it holds a part, and the source IPs that have any. */
  segments: Count,
  ips: Count,
  /** Overlaps of two of these IPs of which it holds a part. */
  overlaps: Count,
});
export type AreaTotals = v.InferOutput<typeof AreaTotals>;

export const timelineMethods = {
  'timeline.get': { params: v.strictObject({ user: User }), result: Timeline },
  /** Texts are dear to fetch, and the picture needs none of these: they are asked for once it is there. */
  'timeline.sessions': { params: v.strictObject({ user: User }), result: TimelineSessions },
  'timeline.records': { params: v.strictObject({ user: User }), result: TimelineRecords },
  /** Both ends of the stretch are in it. */
  'timeline.area': {
    params: v.strictObject({ user: User, ips: v.pipe(v.array(User), v.maxLength(100_000)), from: Ms, to: Ms }),
    result: AreaTotals,
  },
};
