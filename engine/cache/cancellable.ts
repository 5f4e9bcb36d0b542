import { DoppelError } from '../../shared/errors';

/** The same answer; whoever asked can stop waiting for it, and then it rejects with `cancelled`. What is waited for goes on. */
export function cancellable<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new DoppelError('cancelled', 'Cancelled.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
