/** Findings that have something in common with one user: what turns one stolen password into a case. */
import * as v from 'valibot';
import { Finding } from './domain';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Of what is shared so many are named; the counts are of all. */
export const SHARED_LISTED = 5;

export const RelatedFinding = v.object({
  finding: Finding,
  sessions: v.array(v.string()),
  sessionCount: Count,
  /** Host names. */
  devices: v.array(v.string()),
  deviceCount: Count,
  /** Source IPs, those first that the fewest users were at. */
  ips: v.array(v.string()),
  ipCount: Count,
  /** Users of the log who were at the first of them; 0 when no IP is shared. */
  usersAtIp: Count,
});
export type RelatedFinding = v.InferOutput<typeof RelatedFinding>;

export const relatedMethods = {
  /**
   * Other findings that share a session id, a device or a source IP with the user. Those first that share the most sessions,
   * then the most devices, then a source IP that few users were at.
   */
  'related.page': {
    params: v.strictObject({
      user: v.pipe(v.string(), v.maxLength(10_000)),
      offset: Count,
      limit: v.pipe(Count, v.maxValue(1000)),
    }),
    result: v.object({ total: Count, rows: v.array(RelatedFinding) }),
  },
};
