import { use, useCallback } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { OpenLogContext } from '../open-log';
import type { Problem } from '../problem';
import type { MarkedRecords } from '../timeline/record-ticks';
import { useAnswer } from '../use-answer';
import { sessionsOf, timelineOf } from '../user/timeline-of';
import { combinedRecords } from './combined';
import type { Compared } from './combined';

/** The timelines of these users, and, once they have come, their records. While others are on their way the earlier ones stay. */
export function useCompared(
  client: Client,
  findings: readonly Finding[],
): { compared: readonly Compared[] | undefined; records: MarkedRecords | undefined; problem: Problem | undefined } {
  const { run } = use(OpenLogContext);
  const ask = useCallback(
    (signal: AbortSignal) =>
      Promise.all(
        findings.map(async (finding) => {
          const { user } = finding;
          const [timeline, sessions] = await Promise.all([
            timelineOf(client, user, run),
            sessionsOf(client, user, signal),
          ]);
          return { finding, timeline, sessions };
        }),
      ),
    [client, findings, run],
  );
  const { value: compared, problem } = useAnswer(ask);
  const askRecords = useCallback(
    async (signal: AbortSignal) => {
      const of = compared ?? [];
      const parts = of.map(({ finding: { user } }) => client.call('timeline.records', { user }, { signal }));
      return { of: compared, records: combinedRecords(of, await Promise.all(parts)) };
    },
    [client, compared],
  );
  const { value } = useAnswer(compared && askRecords);
  return { compared, records: value?.of === compared ? value?.records : undefined, problem };
}
