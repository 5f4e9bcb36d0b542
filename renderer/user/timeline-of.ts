import type { Timeline } from '../../shared/timeline';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';

/** Whose timeline it is: a finding, or a user who is not flagged and so has no overlap. */
export type TimelineUser = Pick<Finding, 'user' | 'DstUserName' | 'overlapCount'>;

/** Timelines kept of one run, the least recent go first: each may be several MB. */
const MOST_KEPT = 8;

interface Kept {
  run: number;
  timelines: Map<string, Promise<Timeline>>;
}
const known = new WeakMap<Client, Kept>();

/**
 * One user's timeline as a run of the detection made it, fetched once for everything that shows it. What an earlier run
 * made is never given; a failure is forgotten, so that it can be tried again.
 */
export function timelineOf(client: Client, user: string, run: number): Promise<Timeline> {
  let kept = known.get(client);
  if (kept?.run !== run) {
    kept = { run, timelines: new Map() };
    known.set(client, kept);
  }
  const { timelines } = kept;
  const timeline = timelines.get(user) ?? client.call('timeline.get', { user });
  // newest last: the map is the order of use
  timelines.delete(user);
  timelines.set(user, timeline);
  for (const oldest of timelines.keys()) {
    if (timelines.size <= MOST_KEPT) break;
    timelines.delete(oldest);
  }
  timeline.catch(() => {
    if (timelines.get(user) === timeline) timelines.delete(user);
  });
  return timeline;
}
