import type { Timeline } from '../../shared/timeline';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';

/** Whose timeline it is: a finding, or a user who is not flagged and so has no overlap. */
export type TimelineUser = Pick<Finding, 'user' | 'DstUserName' | 'overlapCount'>;

/** Timelines kept of one run, the least recent go first: each may be several MB. */
const MOST_KEPT = 8;

/** The session of each segment of a user's timeline, in the order of its columns; '' where a session has no id. */
export async function sessionsOf(client: Client, user: string, signal: AbortSignal | undefined): Promise<string[]> {
  const { names, session } = await client.call('timeline.sessions', { user }, { signal });
  return Array.from(session, (place) => names[place] ?? '');
}

/** A timeline that has come is drawn by then, even one of 100,000 segments. */
const DRAWN_MS = 60;

/**
 * Resolves once the timeline has been drawn, or has failed. What stands beside the picture is asked for after it: asked for
 * at the same time, it would take the engine and the page from it.
 */
export async function afterTimeline(client: Client, user: string, run: number): Promise<void> {
  await timelineOf(client, user, run).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, DRAWN_MS));
}

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
