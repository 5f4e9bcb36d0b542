import type { Timeline } from '../../shared/timeline';
import { use, useCallback, useEffect, useState } from 'react';
import type { Client } from '../../shared/rpc';
import { OpenLogContext } from '../open-log';
import { problemOf } from '../problem';
import type { Problem } from '../problem';
import { timelineOf } from '../user/timeline-of';
import type { TimelineUser } from '../user/timeline-of';

interface Loaded {
  user: string;
  columns: Timeline | undefined;
  problem: Problem | undefined;
}

/** The timeline of a finding, as columns. While a newer one of the same user is on its way the older one stays. */
export function useTimeline(
  client: Client,
  finding: TimelineUser,
): { columns: Timeline | undefined; problem: Problem | undefined; retry: () => void } {
  const { run } = use(OpenLogContext);
  const [loaded, setLoaded] = useState<Loaded>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    const show = (load: () => Pick<Loaded, 'columns' | 'problem'>): void => {
      if (current) setLoaded({ user: finding.user, ...load() });
    };
    timelineOf(client, finding.user, run).then(
      (columns) => show(() => ({ columns, problem: undefined })),
      (error: unknown) => show(() => ({ columns: undefined, problem: problemOf(error) })),
    );
    return () => {
      current = false;
    };
  }, [client, finding, run, attempt]);
  const retry = useCallback(() => {
    setLoaded(undefined);
    setAttempt((before) => before + 1);
  }, []);
  const own = loaded?.user === finding.user ? loaded : undefined;
  return { columns: own?.columns, problem: own?.problem, retry };
}
