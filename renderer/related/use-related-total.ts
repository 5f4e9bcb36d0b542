import { useCallback, useContext } from 'react';
import type { Client } from '../../shared/rpc';
import { OpenLogContext } from '../open-log';
import { useAnswer } from '../use-answer';
import { afterTimeline } from '../user/timeline-of';

/** How many other findings share something with the user; undefined until that is known, and where nobody asks. */
export function useRelatedTotal(client: Client, user: string, asked: boolean): number | undefined {
  const { run } = useContext(OpenLogContext);
  const ask = useCallback(
    async (signal: AbortSignal) => {
      await afterTimeline(client, user, run);
      const { total } = await client.call('related.page', { user, offset: 0, limit: 1 }, { signal });
      return { user, run, total };
    },
    [client, user, run],
  );
  const { value } = useAnswer(asked ? ask : undefined);
  return value?.user === user && value.run === run ? value.total : undefined;
}
