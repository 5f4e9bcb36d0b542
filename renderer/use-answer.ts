import { useCallback, useEffect, useRef, useState } from 'react';
import { isCancelled } from '../shared/errors';
import { problemOf } from './problem';
import type { Problem } from './problem';

/** Asks once. `tell` is for how far the answer is, where that is known. */
type Ask<T, P> = (signal: AbortSignal, tell: (progress: P) => void) => Promise<T>;

export interface Answer<T, P = never> {
  value: T | undefined;
  problem: Problem | undefined;
  /** A newer answer is on its way; what is shown is of the question before. */
  waiting: boolean;
  /** How far the answer that is on its way is; undefined where nothing was told. */
  progress: P | undefined;
  /** It was waited for no longer: there is no answer until it is asked for again. */
  cancelled: boolean;
  cancel: () => void;
  askAgain: () => void;
}

/** The answer to the latest question: it is asked again whenever `ask` is another function; an older one is cancelled. */
export function useAnswer<T, P = never>(ask: Ask<T, P> | undefined): Answer<T, P> {
  const [answer, setAnswer] = useState<{ of: unknown; value: T | undefined; problem: Problem | undefined }>();
  const [told, setTold] = useState<{ of: unknown; progress: P }>();
  const [cancelled, setCancelled] = useState<{ of: unknown }>();
  const [times, setTimes] = useState(0);
  const running = useRef<AbortController>(undefined);
  useEffect(() => {
    if (!ask) return undefined;
    const abort = new AbortController();
    running.current = abort;
    const tell = (progress: P): void => {
      if (!abort.signal.aborted) setTold({ of: ask, progress });
    };
    ask(abort.signal, tell).then(
      (value) => {
        if (!abort.signal.aborted) setAnswer({ of: ask, value, problem: undefined });
      },
      (error: unknown) => {
        if (abort.signal.aborted || isCancelled(error)) return;
        setAnswer({ of: ask, value: undefined, problem: problemOf(error) });
      },
    );
    return () => abort.abort();
  }, [ask, times]);
  const cancel = useCallback(() => {
    running.current?.abort();
    setTold(undefined);
    setCancelled({ of: ask });
  }, [ask]);
  const askAgain = useCallback(() => {
    setCancelled(undefined);
    setTimes((before) => before + 1);
  }, []);
  const isCancelledNow = ask !== undefined && cancelled?.of === ask;
  const waiting = ask !== undefined && answer?.of !== ask && !isCancelledNow;
  return {
    value: isCancelledNow ? undefined : answer?.value,
    problem: isCancelledNow ? undefined : answer?.problem,
    waiting,
    progress: waiting && told?.of === ask ? told.progress : undefined,
    cancelled: isCancelledNow,
    cancel,
    askAgain,
  };
}
