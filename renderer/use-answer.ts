import { useEffect, useState } from 'react';
import { isCancelled } from '../shared/errors';
import { problemOf } from './problem';
import type { Problem } from './problem';

export interface Answer<T> {
  value: T | undefined;
  problem: Problem | undefined;
  /** A newer answer is on its way; what is shown is of the question before. */
  waiting: boolean;
}

/** The answer to the latest question: it is asked again whenever `ask` is another function; an older one is cancelled. */
export function useAnswer<T>(ask: ((signal: AbortSignal) => Promise<T>) | undefined): Answer<T> {
  const [answer, setAnswer] = useState<{ of: unknown; value: T | undefined; problem: Problem | undefined }>();
  useEffect(() => {
    if (!ask) return undefined;
    const abort = new AbortController();
    ask(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setAnswer({ of: ask, value, problem: undefined });
      },
      (error: unknown) => {
        if (abort.signal.aborted || isCancelled(error)) return;
        setAnswer({ of: ask, value: undefined, problem: problemOf(error) });
      },
    );
    return () => abort.abort();
  }, [ask]);
  return { value: answer?.value, problem: answer?.problem, waiting: ask !== undefined && answer?.of !== ask };
}
