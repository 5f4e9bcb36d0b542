import type { Timeline } from '../../shared/contract';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';

/** Whose timeline it is: a finding, or a user who is not flagged and so has no overlap. */
export type TimelineUser = Pick<Finding, 'user' | 'DstUserName' | 'overlapCount'>;

const known = new WeakMap<TimelineUser, Promise<Timeline>>();

/**
 * One user's timeline, fetched once for everything that shows it. A finding read after another run is another object, so
 * nothing stale is given; a failure is forgotten, so that it can be tried again.
 */
export function timelineOf(client: Client, finding: TimelineUser): Promise<Timeline> {
  const before = known.get(finding);
  if (before) return before;
  const timeline = client.call('timeline.get', { user: finding.user });
  known.set(finding, timeline);
  timeline.catch(() => known.delete(finding));
  return timeline;
}
