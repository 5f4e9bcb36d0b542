import { useCallback, useEffect, useState } from 'react';
import type { Client } from '../../shared/rpc';
import { problemOf } from '../problem';
import type { Problem } from '../problem';
import { timelineOf } from '../user/timeline-of';
import type { TimelineUser } from '../user/timeline-of';
import { TimelineModel } from './model';

interface Loaded {
  user: string;
  model: TimelineModel | undefined;
  problem: Problem | undefined;
}

/** The timeline of a finding, indexed. While a newer one of the same user is on its way the older one stays. */
export function useTimeline(
  client: Client,
  finding: TimelineUser,
): { model: TimelineModel | undefined; problem: Problem | undefined; retry: () => void } {
  const [loaded, setLoaded] = useState<Loaded>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    const show = (load: () => Pick<Loaded, 'model' | 'problem'>): void => {
      if (current) setLoaded({ user: finding.user, ...load() });
    };
    timelineOf(client, finding).then(
      (columns) => show(() => ({ model: new TimelineModel(columns), problem: undefined })),
      (error: unknown) => show(() => ({ model: undefined, problem: problemOf(error) })),
    );
    return () => {
      current = false;
    };
  }, [client, finding, attempt]);
  const retry = useCallback(() => {
    setLoaded(undefined);
    setAttempt((before) => before + 1);
  }, []);
  const own = loaded?.user === finding.user ? loaded : undefined;
  return { model: own?.model, problem: own?.problem, retry };
}
